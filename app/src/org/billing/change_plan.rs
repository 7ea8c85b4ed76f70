//! Another plan, interval or number of seats, as it was previewed.

use contract::{error::Result, iam::Permission};
use leptos::prelude::server;

#[server]
pub async fn change_plan(org: String, plan: String, interval: String, seats: String, version: String) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    actor
        .require(Permission::BillingManage)
        .map_err(contract::Error::from)?;
    drop((plan, interval, seats, version));
    Err(contract::Error::PaymentProviderUnavailable)
}
