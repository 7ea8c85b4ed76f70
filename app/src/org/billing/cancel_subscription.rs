//! Ending the subscription with its period.

use contract::{error::Result, iam::Permission};
use leptos::prelude::server;

#[server]
pub async fn cancel_subscription(org: String, reason: String, #[server(default)] comment: String) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    actor
        .require(Permission::BillingManage)
        .map_err(contract::Error::from)?;
    drop((reason, comment));
    Err(contract::Error::PaymentProviderUnavailable)
}
