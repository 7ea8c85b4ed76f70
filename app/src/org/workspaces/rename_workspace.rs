//! Changing what a workspace is called.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn rename_workspace(org: String, workspace: String, name: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let workspace = super::input::workspace_id(&workspace)?;
    let name = super::input::name(&name)?;
    domain::workspaces::rename::rename(&actor, &deps, workspace, name).await?;
    super::landing::land(&actor, &format!("/{workspace}"), "workspace_renamed");
    Ok(())
}
