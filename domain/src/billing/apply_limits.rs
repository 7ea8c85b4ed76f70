//! What exceeds the plan of an organization is paused once the days of grace are over, and taken up again when it fits.
//! Nothing is ever deleted.

use chrono::{DateTime, Utc};
use contract::ids::TenantId;
use serde_json::json;
use uuid::Uuid;

use super::{
    excess::{self, Excess},
    over_limits, standing,
};
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    database::{self, PlatformDatabase, Reach, Transaction},
    jobs::{self, apply_limits::ApplyLimits},
};

/// What was done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Applied {
    /// Since when there is more than the plan allows; `None` when everything fits.
    pub over_since: Option<DateTime<Utc>>,
    /// How many projects and people were paused.
    pub paused: usize,
    /// How many were taken up again.
    pub taken_up: usize,
}

/// Holds what is there against the plan of this moment. In a transaction that is in the organization, or that is the platform's;
/// from here on it sees everything. Harmless to repeat: what is as it should be stays, and is not recorded.
///
/// For as long as the policy's grace, which each limit has for itself, only new ones are refused. After it the newest are paused,
/// unless somebody chose others before. As soon as there is room again, the oldest of those that are paused are taken up.
pub(crate) async fn apply(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Applied> {
    let now = deps.now();
    sqlx::query_scalar!("select id from tenants where id = $1 for update", tenant.0)
        .fetch_optional(&mut **transaction)
        .await?
        .ok_or(contract::Error::NotFound)?;
    database::set_reach(transaction, Reach::All).await?;
    // Statements of their own, because they must see what was committed while the lock was waited for.
    let plan = standing::of(transaction, tenant, deps.billing, now).await?;
    let excess = excess::of(transaction, tenant, plan.limits).await?;
    let before = over_limits::of(transaction, tenant).await?;
    let over = before.next(excess.exceeds, now);
    over_limits::write(transaction, tenant, before, over).await?;
    let taken_up = take_up(transaction, tenant, &excess).await?;
    let is_due = |since| over_limits::is_due(since, deps.billing.grace, now);
    let due = excess.only(is_due(over.projects), is_due(over.members), is_due(over.guests));
    let paused = pause(transaction, tenant, &due, now).await?;
    let applied = Applied {
        over_since: over.earliest(),
        paused: paused.len(),
        taken_up: taken_up.len(),
    };
    if !(paused.is_empty() && taken_up.is_empty()) {
        let request = RequestInfo::default();
        let mut entry = Entry::new(Action::BillingLimitsApplied, Origin::System, &request).subject(tenant.0);
        entry.tenant = tenant;
        entry
            .after(json!({ "plan": plan.key, "paused": paused, "taken_up": taken_up }))
            .write(transaction, deps)
            .await?;
    }
    Ok(applied)
}

/// For whoever makes an organization smaller, which may leave room for what is paused. Done by a job, because they hold no more
/// of the organization than they need.
pub(crate) async fn later(transaction: &mut Transaction, tenant: TenantId) -> Result<()> {
    let over = sqlx::query_scalar!(
        r#"select over_limit_since is not null as "over!" from tenants where id = $1"#,
        tenant.0
    )
    .fetch_optional(&mut **transaction)
    .await?;
    if over == Some(true) {
        let job = ApplyLimits { tenant };
        jobs::enqueue(transaction, &job, Some(&job.key())).await?;
    }
    Ok(())
}

/// The organizations whose days of grace are over.
pub(crate) async fn due(platform: &PlatformDatabase, deps: &Deps) -> Result<Vec<TenantId>> {
    let due = sqlx::query_scalar!(
        "select t.id from tenants t join billing_over_limits o on o.tenant_id = t.id \
         where o.since <= $1 and t.deleted_at is null group by t.id order by min(o.since) limit 1000",
        deps.now() - deps.billing.grace,
    )
    .fetch_all(platform.pool())
    .await?;
    Ok(due.into_iter().map(TenantId).collect())
}

/// Whatever has room, or takes none any more.
async fn take_up(transaction: &mut Transaction, tenant: TenantId, excess: &Excess) -> Result<Vec<Uuid>> {
    let (projects, people) = ids(excess);
    let mut taken_up = sqlx::query_scalar!(
        "update projects set paused_at = null where tenant_id = $1 and paused_at is not null and id <> all($2) returning id",
        tenant.0,
        &projects,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let people = sqlx::query_scalar!(
        "update tenant_members set paused_at = null \
         where tenant_id = $1 and paused_at is not null and user_id <> all($2) returning user_id",
        tenant.0,
        &people,
    )
    .fetch_all(&mut **transaction)
    .await?;
    taken_up.extend(people);
    Ok(taken_up)
}

/// Whatever has no room.
async fn pause(
    transaction: &mut Transaction,
    tenant: TenantId,
    excess: &Excess,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    let (projects, people) = ids(excess);
    let mut paused = sqlx::query_scalar!(
        "update projects set paused_at = $3 where tenant_id = $1 and paused_at is null and id = any($2) returning id",
        tenant.0,
        &projects,
        now,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let people = sqlx::query_scalar!(
        "update tenant_members set paused_at = $3 \
         where tenant_id = $1 and paused_at is null and user_id = any($2) returning user_id",
        tenant.0,
        &people,
        now,
    )
    .fetch_all(&mut **transaction)
    .await?;
    paused.extend(people);
    Ok(paused)
}

fn ids(excess: &Excess) -> (Vec<Uuid>, Vec<Uuid>) {
    let people = excess.members.iter().chain(&excess.guests);
    (
        excess.projects.iter().map(|project| project.0).collect(),
        people.map(|person| person.0).collect(),
    )
}

#[cfg(test)]
mod tests;
