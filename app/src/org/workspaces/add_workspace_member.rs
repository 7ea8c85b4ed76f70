//! Adding somebody to a workspace.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn add_workspace_member(org: String, workspace: String, person: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let workspace = super::input::workspace_id(&workspace)?;
    let person = super::input::person(&person)?;
    domain::workspaces::add_member::add_member(&actor, &deps, workspace, person).await?;
    super::landing::land(&actor, &format!("/{workspace}"), "workspace_member_added");
    Ok(())
}
