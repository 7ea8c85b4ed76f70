//! The workspaces somebody may know of.

use contract::{error::Result, workspace::WorkspaceRow};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_workspaces(org: String) -> Result<Vec<WorkspaceRow>> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let workspaces = domain::workspaces::list::list(&actor, &deps).await?;
    Ok(workspaces.into_iter().map(super::rows::workspace_row).collect())
}
