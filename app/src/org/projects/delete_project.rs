//! Putting a project into the bin.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn delete_project(org: String, project: String, #[server(default)] back: Option<String>) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let project = super::input::project_id(&project)?;
    domain::projects::delete::delete(&actor, &deps, project).await?;
    super::landing::land(&actor, back.as_deref(), "", "project_deleted");
    Ok(())
}
