//! Starting a project.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn create_project(
    org: String,
    name: String,
    #[server(default)] description: String,
    #[server(default)] workspace: Option<String>,
    #[server(default)] visibility: Option<String>,
) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let fields = super::input::project_fields(&name, &description)?;
    let place = super::input::place(workspace.as_deref(), visibility.as_deref())?;
    let project = domain::projects::create::create_in(&actor, &deps, fields, place).await?;
    super::landing::land(&actor, None, &format!("/{project}"), "project_created");
    Ok(())
}
