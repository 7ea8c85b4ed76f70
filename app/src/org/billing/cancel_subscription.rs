//! Ending the subscription: with its period, or at once where it is paused.

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
    let ends = domain::billing::cancel::cancel(&actor, &deps, reason, &comment).await?;
    let over = ends.is_some_and(|end| end <= deps.now());
    super::landing::land(&actor, if over { "billing_ended" } else { "billing_canceled" });
    Ok(())
}
