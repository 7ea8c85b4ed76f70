//! Visits as their reader sees them: moments in the reader's own zone.

use contract::{
    Error, FieldCode,
    error::Result,
    ids::{UserId, VisitId},
    visits::{VisitAct, VisitDetail, VisitRow},
};
use domain::{
    audit::Named,
    visits::{Act, Acts, Detail, Visited},
};

use crate::format::Formatter;

pub fn visit_id(text: &str) -> Result<VisitId> {
    text.parse().map_err(|_| Error::field("visit", FieldCode::Malformed))
}

pub fn row(visit: Visited, reader: UserId, now: chrono::DateTime<chrono::Utc>, formatter: Formatter) -> VisitRow {
    let until = visit.ended.unwrap_or(now);
    let seconds = (until - visit.began).num_seconds().max(0);
    VisitRow {
        id: visit.id,
        tenant: visit.tenant,
        organization: visit.organization,
        operator: visit.operator,
        operator_name: visit.operator_name,
        subject: visit.subject,
        subject_name: visit.subject_name,
        mode: visit.mode,
        reason: visit.reason,
        ticket: visit.ticket,
        began: formatter.moment(visit.began),
        expires: formatter.moment(visit.expires),
        ended: visit.ended.map(|ended| formatter.moment(ended)),
        end: visit.end,
        ended_by: visit.ended_by,
        minutes: u32::try_from(seconds).unwrap_or_default().div_ceil(60),
        mine: visit.operator == reader,
    }
}

/// What was seen and done, by the names that things go by today.
pub fn acts(found: &Acts, formatter: Formatter) -> Vec<VisitAct> {
    let told = |act: &Act| {
        let said = |field: &str| Some(act.details.as_ref()?.get(field)?.as_str()?.to_owned());
        let today = act.subject.and_then(|id| match found.names.get(id) {
            Named::Person(name) | Named::Thing(name) => Some(name.to_owned()),
            Named::Gone | Named::Nothing => None,
        });
        ["page", "act", "name", "title"]
            .iter()
            .find_map(|field| said(field))
            .or(today)
    };
    let told = |act: &Act| VisitAct {
        when: formatter.moment(act.occurred_at),
        action: act.action.clone(),
        what: told(act),
    };
    found.acts.iter().map(told).collect()
}

pub fn detail(detail: Detail, reader: UserId, now: chrono::DateTime<chrono::Utc>, formatter: Formatter) -> VisitDetail {
    VisitDetail {
        acts: acts(&detail.acts, formatter),
        more: detail.acts.more,
        visit: row(detail.visit, reader, now, formatter),
    }
}
