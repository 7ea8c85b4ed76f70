//! How much the plan of an organization allows. Whoever counts against it holds the organization's row.

use chrono::{DateTime, Utc};
use contract::{error::Limit, ids::TenantId};

use crate::{Result, database::Transaction};

/// The key of a limit in the catalogue; `None` for what is the same in every plan.
pub const fn key(limit: Limit) -> Option<&'static str> {
    match limit {
        Limit::Projects => Some("projects"),
        Limit::Members => Some("members"),
        Limit::Guests => Some("guests"),
        Limit::Roles | Limit::Workspaces => None,
    }
}

/// How many of it the plan of this moment allows, or `None` for as many as one likes. What the operator gave goes before what
/// is paid for, and that before what the trial is of. Of members there are no more than seats that are paid for.
pub async fn allowed(
    transaction: &mut Transaction,
    tenant: TenantId,
    limit: Limit,
    now: DateTime<Utc>,
) -> Result<Option<u32>> {
    let allowed = sqlx::query_scalar!(
        r#"select case when l.limit_key = 'members' and o.id is null and s.status in ('trialing', 'active', 'past_due', 'paused')
            then least(l.allowed, s.seats) else l.allowed end as allowed
        from tenants t
        left join billing_tenant_subscriptions s on s.tenant_id = t.id and s.is_current
        left join billing_overrides o on o.tenant_id = t.id and o.ended_at is null and (o.expires_at is null or o.expires_at > $3)
        join plan_limits l on l.plan_key = coalesce(o.plan_key, s.plan_key, t.plan_key) and l.limit_key = $2
        where t.id = $1"#,
        tenant.0,
        key(limit),
        now,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .flatten();
    Ok(allowed.and_then(|allowed| u32::try_from(allowed).ok()))
}
