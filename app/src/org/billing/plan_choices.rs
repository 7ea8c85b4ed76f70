//! The plans that can be chosen.

use contract::{billing, error::Result, iam::Permission};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn plan_choices(org: String) -> Result<billing::PlanChoices> {
    let actor = crate::session::org_for_billing(&org).await?;
    actor.require(Permission::BillingRead).map_err(contract::Error::from)?;
    Err(contract::Error::PaymentProviderUnavailable)
}
