//! Going to the pay page with a plan.

use contract::{error::Result, iam::Permission};
use leptos::prelude::server;

#[server]
pub async fn start_checkout(org: String, plan: String, interval: String, seats: String) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    actor
        .require(Permission::BillingManage)
        .map_err(contract::Error::from)?;
    drop((plan, interval, seats));
    Err(contract::Error::PaymentProviderUnavailable)
}
