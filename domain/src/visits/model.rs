//! Visits as they are read back.

use chrono::{DateTime, Utc};
use contract::{
    ids::{TenantId, UserId, VisitId},
    visits::{VisitEnd, VisitMode},
};
use uuid::Uuid;

use super::acts::{self, Acts};
use crate::{
    Error, Result,
    audit::{Action, Origin},
    database::Transaction,
};

/// One visit, and by what names its people go today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visited {
    pub id: VisitId,
    pub tenant: TenantId,
    pub organization: String,
    pub operator: UserId,
    pub operator_name: String,
    pub subject: UserId,
    pub subject_name: String,
    /// The furthest it went.
    pub mode: VisitMode,
    pub reason: String,
    pub ticket: Option<String>,
    pub began: DateTime<Utc>,
    pub expires: DateTime<Utc>,
    /// Also when it has run out and nobody has closed it yet.
    pub ended: Option<DateTime<Utc>>,
    pub end: Option<VisitEnd>,
    pub ended_by: Option<String>,
}

/// The same as a row.
pub(super) struct Row {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub organization: String,
    pub operator_id: Uuid,
    pub operator_name: String,
    pub subject_id: Uuid,
    pub subject_name: String,
    pub mode: String,
    pub reason: String,
    pub ticket: Option<String>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub end_cause: Option<String>,
    pub ended_by: Option<String>,
}

/// The visits that the clauses leave, as rows. Each statement is checked as a whole, as any other is.
macro_rules! visits {
    ($clauses:literal, $($value:expr),+ $(,)?) => {
        sqlx::query_as!(
            $crate::visits::model::Row,
            r#"select v.id, v.tenant_id, v.organization, v.operator_id, o.name as operator_name, v.subject_id, u.name as subject_name,
            v.mode, v.reason, v.ticket, v.created_at, v.expires_at, v.ended_at, v.end_cause, b.name as "ended_by?"
        from platform_impersonation_sessions v
        join users o on o.id = v.operator_id join users u on u.id = v.subject_id left join users b on b.id = v.ended_by
        "# + $clauses,
            $($value),+
        )
    };
}
pub(super) use visits;

impl Row {
    pub(super) fn visited(self, now: DateTime<Utc>) -> Result<Visited> {
        let mode = VisitMode::ALL.iter().copied().find(|mode| mode.key() == self.mode);
        let over = self.ended_at.is_none() && self.expires_at <= now;
        Ok(Visited {
            id: self.id.into(),
            tenant: self.tenant_id.into(),
            organization: self.organization,
            operator: self.operator_id.into(),
            operator_name: self.operator_name,
            subject: self.subject_id.into(),
            subject_name: self.subject_name,
            mode: mode.ok_or_else(|| Error::fault("unknown mode of a visit"))?,
            reason: self.reason,
            ticket: self.ticket,
            began: self.created_at,
            expires: self.expires_at,
            ended: self.ended_at.or(over.then_some(self.expires_at)),
            end: if over {
                Some(VisitEnd::Expired)
            } else {
                self.end_cause.as_deref().and_then(VisitEnd::from_key)
            },
            ended_by: self.ended_by,
        })
    }
}

/// One visit and what was done in it.
#[derive(Debug, Clone)]
pub struct Detail {
    pub visit: Visited,
    pub acts: Acts,
}

/// The visit with everything that the organization's log has of it.
pub(super) async fn detail(transaction: &mut Transaction, visit: Visited) -> Result<Detail> {
    let span = acts::Span {
        tenant: visit.tenant,
        operator: visit.operator,
        subject: visit.subject,
        origin: Origin::Impersonation,
        from: visit.began,
        until: visit.ended.unwrap_or(visit.expires),
        without: [Action::VisitBegun, Action::VisitEnded],
    };
    let acts = acts::read(transaction, &span).await?;
    Ok(Detail { visit, acts })
}
