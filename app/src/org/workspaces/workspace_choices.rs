//! The workspaces somebody may put a project into.

use contract::{error::Result, workspace::NamedWorkspace};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn workspace_choices(org: String) -> Result<Vec<NamedWorkspace>> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let choices = domain::workspaces::list::choices(&actor, &deps).await?;
    Ok(choices.into_iter().map(super::rows::named_workspace).collect())
}
