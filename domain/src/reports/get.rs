//! One report with everything about it but its picture.

use chrono::{DateTime, Utc};
use contract::{
    ids::{ReportId, TenantId, UserId},
    reports::ReportState,
    staff::StaffRight,
};

use super::state;
use crate::{Deps, Error, Result, actor::StaffActor, database::end_of_reading};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub id: ReportId,
    pub state: ReportState,
    pub note: String,
    pub page: String,
    pub failed: bool,
    pub reporter: Option<(UserId, String)>,
    pub organization: Option<(TenantId, String)>,
    pub in_visit: bool,
    pub browser: String,
    pub facts: String,
    pub client_error: String,
    pub release: String,
    pub request_id: String,
    pub screenshot: Option<Size>,
    pub assignee: Option<(UserId, String)>,
    pub received_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
    /// The newest first.
    pub notes: Vec<Note>,
}

/// Of a picture, in pixels and bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
    pub bytes: u32,
}

/// What staff have written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub body: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// Notes on the page of a report.
const SHOWN: i64 = 100;

pub async fn get(staff: &StaffActor, deps: &Deps, report: ReportId) -> Result<Report> {
    staff.require(StaffRight::ReportsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let row = sqlx::query!(
        r#"select r.state, r.note, r.page, r.failed, r.visit_id is not null as "in_visit!", r.browser, r.facts, r.client_error,
            r.release, r.request_id, r.received_at, r.closed_at, u.id as "user_id?", u.name as "user_name?",
            t.id as "tenant_id?", t.name as "tenant_name?", a.id as "assignee_id?", a.name as "assignee_name?",
            s.width as "width?", s.height as "height?", octet_length(s.content) as "bytes?"
        from problem_reports r
        left join users u on u.id = r.user_id
        left join tenants t on t.id = r.tenant_id
        left join users a on a.id = r.assigned_to
        left join problem_report_screenshots s on s.report_id = r.id
        where r.id = $1"#,
        report.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let notes = sqlx::query_as!(
        Note,
        "select n.body, w.name as by, n.written_at as at from problem_report_notes n join users w on w.id = n.written_by \
         where n.report_id = $1 order by n.id desc limit $2",
        report.0,
        SHOWN,
    )
    .fetch_all(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    let figure = |value: i32| u32::try_from(value).map_err(Error::fault);
    let screenshot = match (row.width, row.height, row.bytes) {
        (Some(width), Some(height), Some(bytes)) => Some(Size {
            width: figure(width)?,
            height: figure(height)?,
            bytes: figure(bytes)?,
        }),
        _ => None,
    };
    Ok(Report {
        id: report,
        state: state(&row.state)?,
        note: row.note,
        page: row.page,
        failed: row.failed,
        reporter: row.user_id.map(UserId).zip(row.user_name),
        organization: row.tenant_id.map(TenantId).zip(row.tenant_name),
        in_visit: row.in_visit,
        browser: row.browser,
        facts: row.facts,
        client_error: row.client_error,
        release: row.release,
        request_id: row.request_id,
        screenshot,
        assignee: row.assignee_id.map(UserId).zip(row.assignee_name),
        received_at: row.received_at,
        closed_at: row.closed_at,
        notes,
    })
}
