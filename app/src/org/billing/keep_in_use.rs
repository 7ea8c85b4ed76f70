//! What stays in use of what exceeds the plan.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn keep_in_use(
    org: String,
    #[server(default)] projects: Vec<String>,
    #[server(default)] people: Vec<String>,
) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    actor
        .require(contract::iam::Permission::BillingManage)
        .map_err(contract::Error::from)?;
    let kept = super::input::kept(&projects, &people)?;
    domain::billing::keep::keep(&actor, &deps, &kept).await?;
    super::landing::land(&actor, "billing_kept");
    Ok(())
}
