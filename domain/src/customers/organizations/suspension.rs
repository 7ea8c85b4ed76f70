//! The suspension of an organization that is open.

use chrono::{DateTime, Utc};
use contract::ids::TenantId;

use crate::{Result, database::Transaction};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    pub reason: String,
    /// The name of who did it.
    pub by: String,
    pub at: DateTime<Utc>,
    /// Whether its owners had paused it, so that it is paused again afterwards.
    pub was_paused: bool,
}

pub(super) async fn open(transaction: &mut Transaction, tenant: TenantId) -> Result<Option<Suspension>> {
    let suspension = sqlx::query_as!(
        Suspension,
        "select s.reason, u.name as by, s.suspended_at as at, s.was_paused from platform_tenant_suspensions s \
         join users u on u.id = s.suspended_by where s.tenant_id = $1 and s.ended_at is null",
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(suspension)
}
