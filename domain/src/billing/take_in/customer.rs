//! Who an organization is at the provider.

use contract::ids::TenantId;

use crate::{Deps, Result, billing::provider, database::Transaction};

/// Keeps it unless something newer is known. One that was deleted there is left as it is: what we know of it is what
/// reconciliation names. The caller holds the organization's row.
pub(crate) async fn customer(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    told: &provider::Customer,
) -> Result<bool> {
    if told.deleted {
        return Ok(false);
    }
    let kept = sqlx::query!(
        "insert into billing_customers as c (tenant_id, provider, provider_customer_id, created_at, updated_at) \
        values ($1, $2, $3, $4, $5) \
        on conflict (tenant_id) do update set provider = excluded.provider, \
            provider_customer_id = excluded.provider_customer_id, created_at = excluded.created_at, \
            updated_at = excluded.updated_at \
        where (excluded.updated_at, excluded.provider_customer_id) > (c.updated_at, c.provider_customer_id)",
        tenant.0,
        deps.payments.name(),
        told.id.as_str(),
        told.created_at,
        told.modified_at,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(kept.rows_affected() > 0)
}
