//! Deleting a workspace, with what becomes of its projects.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn delete_workspace(
    org: String,
    workspace: String,
    confirm: String,
    #[server(default)] projects: Option<String>,
    #[server(default)] target: Option<String>,
) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let workspace = super::input::workspace_id(&workspace)?;
    let destination = super::input::destination(projects.as_deref(), target.as_deref())?;
    domain::workspaces::delete::delete(&actor, &deps, workspace, &confirm, destination).await?;
    super::landing::land(&actor, "", "workspace_deleted");
    Ok(())
}
