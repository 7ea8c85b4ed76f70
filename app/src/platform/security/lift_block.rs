//! Letting people come in from a blocked address again.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn lift_block(address: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    domain::security::lift_block::lift_block(&actor, &deps, &address).await?;
    crate::form::notice("address_unblocked");
    crate::response::redirect_to("/platform/security");
    Ok(())
}
