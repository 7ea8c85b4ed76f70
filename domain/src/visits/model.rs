//! Visits as they are read back.

use chrono::{DateTime, Utc};
use contract::{
    ids::{TenantId, UserId, VisitId},
    visits::{VisitEnd, VisitMode},
};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Error, Result,
    audit::{Action, NO_TENANT, Names, Recorded},
    database::Transaction,
};

/// How many of a visit's acts are read at once.
const ACTS: i64 = 200;

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

/// One visit and what was done in it, the latest first.
#[derive(Debug, Clone)]
pub struct Detail {
    pub visit: Visited,
    pub acts: Vec<Act>,
    pub names: Names,
    /// Whether there are more acts than are told here.
    pub more: bool,
}

/// Something that was seen or done.
#[derive(Debug, Clone)]
pub struct Act {
    pub occurred_at: DateTime<Utc>,
    pub action: String,
    pub subject: Option<Uuid>,
    pub details: Option<Value>,
}

/// The visit with everything that the organization's log has of it.
pub(super) async fn detail(transaction: &mut Transaction, visit: Visited) -> Result<Detail> {
    let mut entries = sqlx::query_as!(
        Recorded,
        r#"select id, position, occurred_at, action, origin, actor_user_id as actor, on_behalf_of_user_id as on_behalf_of,
            subject_type, subject_id, before, after, address, user_agent, request_id, hash, redacted_at
        from audit_log
        where tenant_id = $1 and tenant_id <> $7 and actor_user_id = $2 and on_behalf_of_user_id = $3
            and occurred_at >= $4 and occurred_at <= $5 and action not in ($8, $9)
        order by position desc limit $6"#,
        visit.tenant.0,
        visit.operator.0,
        visit.subject.0,
        visit.began,
        visit.ended.unwrap_or(visit.expires),
        ACTS + 1,
        NO_TENANT.0,
        Action::VisitBegun.key(),
        Action::VisitEnded.key(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    let more = i64::try_from(entries.len()).is_ok_and(|found| found > ACTS);
    if more {
        entries.pop();
    }
    let names = Names::of(transaction, Some(visit.tenant), &entries).await?;
    let acts = entries.into_iter().map(|entry| Act {
        occurred_at: entry.occurred_at,
        action: entry.action,
        subject: entry.subject_id,
        details: entry.after.or(entry.before),
    });
    Ok(Detail {
        visit,
        acts: acts.collect(),
        names,
        more,
    })
}
