//! Taking somebody out of a workspace.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn remove_workspace_member(org: String, workspace: String, person: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let workspace = super::input::workspace_id(&workspace)?;
    let person = super::input::person(&person)?;
    domain::workspaces::remove_member::remove_member(&actor, &deps, workspace, person).await?;
    super::landing::land(&actor, &format!("/{workspace}"), "workspace_member_removed");
    Ok(())
}
