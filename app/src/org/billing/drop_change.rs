//! Taking back what waits for the renewal.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn drop_change(org: String) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    domain::billing::drop_change::drop_change(&actor, &deps).await?;
    super::landing::land(&actor, "billing_change_dropped");
    Ok(())
}
