//! How much the plan of an organization allows. Whoever counts against it holds the organization's row.

use chrono::{DateTime, Utc};
use contract::{billing::PlanLimits, error::Limit, ids::TenantId};

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

/// How many of it the plan of this moment allows, or `None` for as many as one likes.
pub async fn allowed(
    transaction: &mut Transaction,
    tenant: TenantId,
    limit: Limit,
    now: DateTime<Utc>,
) -> Result<Option<u32>> {
    let allowed = sqlx::query_scalar!(
        "select case $2 when 'projects' then project_limit when 'members' then member_limit when 'guests' then guest_limit end \
         from tenants t cross join lateral plan_at(t.id, t.plan_key, $3) where t.id = $1",
        tenant.0,
        key(limit),
        now,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .flatten();
    Ok(figure(allowed))
}

/// The limits of a plan, as a row has them.
pub(super) fn of_row(projects: Option<i32>, members: Option<i32>, guests: Option<i32>) -> PlanLimits {
    PlanLimits {
        projects: figure(projects),
        members: figure(members),
        guests: figure(guests),
    }
}

/// No figure is no limit.
fn figure(allowed: Option<i32>) -> Option<u32> {
    allowed.and_then(|allowed| u32::try_from(allowed).ok())
}
