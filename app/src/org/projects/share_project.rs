//! Deciding who sees a project.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn share_project(
    org: String,
    project: String,
    #[server(default)] workspace: Option<String>,
    visibility: String,
) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let project = super::input::project_id(&project)?;
    let place = super::input::place(workspace.as_deref(), Some(&visibility))?;
    domain::projects::share::share(&actor, &deps, project, place).await?;
    super::landing::land(&actor, None, &format!("/{project}/access"), "project_shared");
    Ok(())
}
