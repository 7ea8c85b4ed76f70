//! Coming back from the pay page: whether the plan is there.

use contract::{billing::CheckoutState, error::Result, iam::Permission};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn confirm_checkout(org: String, checkout: String) -> Result<CheckoutState> {
    let actor = crate::session::org_for_billing(&org).await?;
    actor
        .require(Permission::BillingManage)
        .map_err(contract::Error::from)?;
    drop((checkout,));
    Err(contract::Error::PaymentProviderUnavailable)
}
