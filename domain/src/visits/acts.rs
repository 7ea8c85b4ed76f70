//! What the log of an organization has of somebody of the staff in it.

use chrono::{DateTime, Utc};
use contract::ids::{TenantId, UserId};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Result,
    audit::{Action, NO_TENANT, Names, Origin, Recorded},
    database::Transaction,
};

/// How many acts are read at once.
const ACTS: i64 = 200;

/// What was seen and done, the latest first.
#[derive(Debug, Clone, Default)]
pub struct Acts {
    pub acts: Vec<Act>,
    pub names: Names,
    /// Whether there are more than are told here.
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

/// Who did it, as whom, and when.
pub(crate) struct Span {
    pub tenant: TenantId,
    pub operator: UserId,
    /// The member whose eyes it was seen with.
    pub subject: UserId,
    pub origin: Origin,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// What is told of elsewhere: how it began and ended.
    pub without: [Action; 2],
}

pub(crate) async fn read(transaction: &mut Transaction, span: &Span) -> Result<Acts> {
    let mut entries = sqlx::query_as!(
        Recorded,
        r#"select id, position, occurred_at, action, origin, actor_user_id as actor, on_behalf_of_user_id as on_behalf_of,
            subject_type, subject_id, before, after, address, user_agent, request_id, hash, redacted_at
        from audit_log
        where tenant_id = $1 and tenant_id <> $7 and actor_user_id = $2 and on_behalf_of_user_id = $3
            and occurred_at >= $4 and occurred_at <= $5 and action not in ($8, $9) and origin = $10
        order by position desc limit $6"#,
        span.tenant.0,
        span.operator.0,
        span.subject.0,
        span.from,
        span.until,
        ACTS + 1,
        NO_TENANT.0,
        span.without[0].key(),
        span.without[1].key(),
        span.origin.key(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    let more = i64::try_from(entries.len()).is_ok_and(|found| found > ACTS);
    if more {
        entries.pop();
    }
    let names = Names::of(transaction, Some(span.tenant), &entries).await?;
    let acts = entries.into_iter().map(|entry| Act {
        occurred_at: entry.occurred_at,
        action: entry.action,
        subject: entry.subject_id,
        details: entry.after.or(entry.before),
    });
    Ok(Acts {
        acts: acts.collect(),
        names,
        more,
    })
}
