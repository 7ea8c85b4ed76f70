//! How a visit to the provider's pay page went.

use contract::ids::TenantId;

use crate::{
    Result,
    billing::provider::{self, CheckoutStatus},
    database::Transaction,
};

/// One that we opened ends once: paid is paid, whatever was told before, and what was replaced does not open again. The caller
/// holds the organization's row.
pub(crate) async fn checkout(
    transaction: &mut Transaction,
    tenant: TenantId,
    told: &provider::Checkout,
) -> Result<bool> {
    let becomes = match told.status {
        CheckoutStatus::Succeeded => "succeeded",
        CheckoutStatus::Expired | CheckoutStatus::Failed => "expired",
        // A button that was pressed is not money yet.
        CheckoutStatus::Open | CheckoutStatus::Confirmed | CheckoutStatus::Other(_) => return Ok(false),
    };
    let ended = sqlx::query!(
        "update billing_checkouts set status = $3 where tenant_id = $1 and provider_checkout_id = $2 and status <> $3 \
         and (status = 'open' or $3 = 'succeeded')",
        tenant.0,
        told.id.as_str(),
        becomes,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(ended.rows_affected() > 0)
}
