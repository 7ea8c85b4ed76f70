//! Changing a project's name where it stands; the description stays.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn rename_project(org: String, project: String, name: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let project = super::input::project_id(&project)?;
    let description = domain::projects::get::get(&actor, &deps, project)
        .await?
        .project
        .description;
    let fields = super::input::project_fields(&name, &description)?;
    domain::projects::update::update(&actor, &deps, project, fields).await?;
    super::landing::land(&actor, None, &format!("/{project}"), "project_saved");
    Ok(())
}
