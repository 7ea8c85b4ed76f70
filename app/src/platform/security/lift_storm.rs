//! Letting everybody try something again who has to wait for it.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn lift_storm(policy: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    domain::security::lift_storm::lift_storm(&actor, &deps, &policy).await?;
    crate::form::notice("storm_lifted");
    crate::response::redirect_to("/platform/security");
    Ok(())
}
