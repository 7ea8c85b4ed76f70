//! Making a workspace.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn create_workspace(org: String, name: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let name = super::input::name(&name)?;
    let workspace = domain::workspaces::create::create(&actor, &deps, name).await?;
    super::landing::land(&actor, &format!("/{workspace}"), "workspace_created");
    Ok(())
}
