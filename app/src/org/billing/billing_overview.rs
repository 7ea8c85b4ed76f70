//! How the organization stands with its bills.

use contract::{billing, error::Result, iam::Permission};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn billing_overview(org: String) -> Result<billing::BillingOverview> {
    let actor = crate::session::org_for_billing(&org).await?;
    actor.require(Permission::BillingRead).map_err(contract::Error::from)?;
    Err(contract::Error::PaymentProviderUnavailable)
}
