//! Minutes in which one's visit may change something.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn elevate_visit() -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    domain::visits::elevate::elevate(&actor, &deps).await?;
    crate::form::notice("visit_elevated");
    Ok(())
}
