//! Changing a project's name and description.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn update_project(
    org: String,
    project: String,
    name: String,
    #[server(default)] description: String,
) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let project = super::input::project_id(&project)?;
    let fields = super::input::project_fields(&name, &description)?;
    domain::projects::update::update(&actor, &deps, project, fields).await?;
    super::landing::land(&actor, None, &format!("/{project}"), "project_saved");
    Ok(())
}
