//! The document of an invoice.

use contract::iam::Permission;

use super::{
    provider::OrderId,
    refusal::{refusal, require_provider},
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    database::end_of_reading,
    throttle::{self, Policy},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// Where it can be fetched, for a short time.
    At(String),
    /// The provider is writing it. Asked again in a moment, it is there.
    BeingWritten,
}

/// Somebody else's invoice is not there.
pub async fn document(org: &OrgActor, deps: &Deps, invoice: &str) -> Result<Document> {
    org.require(Permission::BillingRead)?;
    org.require_own_hands()?;
    require_provider(org, deps)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let order = sqlx::query_scalar!(
        "select provider_order_id from billing_invoices where tenant_id = $1 and provider_order_id = $2 and paid",
        tenant.0,
        invoice,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    end_of_reading(transaction);
    throttle::attempt(deps, Policy::BillingLookByOrganization, &tenant.to_string()).await?;
    Ok(
        match deps.payments.invoice(OrderId::from(order)).await.map_err(refusal)? {
            Some(url) => Document::At(url),
            None => Document::BeingWritten,
        },
    )
}
