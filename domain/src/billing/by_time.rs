//! Which organizations time alone has brought into another state, or to the day of a reminder.

use contract::ids::TenantId;
use serde_json::json;

use super::{
    notice,
    refresh::{Refreshed, refresh},
    standing, take_in,
};
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    database::{PlatformDatabase, Transaction},
};

/// One piece of the search.
#[derive(Debug)]
pub(crate) struct LookedAt {
    pub due: Vec<TenantId>,
    /// Where the next piece begins; `None` when there is none.
    pub last: Option<TenantId>,
}

/// Among the next so many behind one, by id. Few of all organizations have anything that runs out at a time; of those it is
/// worked out by the one function that knows.
pub(crate) async fn due(platform: &PlatformDatabase, deps: &Deps, after: TenantId, limit: i64) -> Result<LookedAt> {
    let now = deps.now();
    let candidates = sqlx::query!(
        r#"select t.id, t.billing_state, coalesce(o.expires_at <= $1, false) as "expired!"
        from tenants t
        left join billing_tenant_subscriptions s on s.tenant_id = t.id and s.is_current
        left join billing_overrides o on o.tenant_id = t.id and o.ended_at is null
        where t.id > $2 and t.deleted_at is null
            and (t.billing_state in ('trialing', 'past_due', 'restricted', 'canceling') or s.cancel_at_period_end or o.expires_at <= $1)
        order by t.id limit $3"#,
        now,
        after.0,
        limit,
    )
    .fetch_all(platform.pool())
    .await?;
    let last = candidates.last().map(|row| TenantId(row.id));
    let mut due = Vec::new();
    let mut transaction = platform.begin().await?;
    for candidate in candidates {
        let tenant = TenantId(candidate.id);
        let row = standing::row(&mut transaction, tenant, now).await?;
        let facts = row.facts()?;
        let effective = row.plan(now, deps.billing)?.effective;
        let moved = candidate.expired || effective.state.key() != candidate.billing_state;
        let untold = match notice::reminder(&facts, &effective, now) {
            Some((notice, occasion)) => !notice::was_told(&mut transaction, tenant, notice, &occasion).await?,
            None => false,
        };
        if moved || untold {
            due.push(tenant);
        }
    }
    Ok(LookedAt { due, last })
}

/// What time has done to one of them. What the operator gave until now has ended.
pub(crate) async fn catch_up(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Refreshed> {
    if !take_in::hold(transaction, tenant).await? {
        return Err(contract::Error::NotFound.into());
    }
    let ended = sqlx::query!(
        "update billing_overrides set ended_at = expires_at \
         where tenant_id = $1 and ended_at is null and expires_at <= $2 returning plan_key, kind, expires_at",
        tenant.0,
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let refreshed = refresh(transaction, deps, tenant).await?;
    if let Some(ended) = ended {
        let request = RequestInfo::default();
        let mut entry = Entry::new(Action::BillingOverrideEnded, Origin::System, &request).subject(tenant.0);
        entry.tenant = tenant;
        entry
            .before(json!({ "plan": ended.plan_key, "kind": ended.kind, "expires_at": ended.expires_at }))
            .write(transaction, deps)
            .await?;
    }
    Ok(refreshed)
}
