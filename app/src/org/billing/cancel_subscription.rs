//! Ending the subscription with its period.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn cancel_subscription(
    org: String,
    #[server(default)] reason: String,
    #[server(default)] comment: String,
) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    actor
        .require(contract::iam::Permission::BillingManage)
        .map_err(contract::Error::from)?;
    let (reason, comment) = super::input::cancellation(&reason, &comment)?;
    domain::billing::cancel::cancel(&actor, &deps, reason, &comment).await?;
    super::landing::land(&actor, "billing_canceled");
    Ok(())
}
