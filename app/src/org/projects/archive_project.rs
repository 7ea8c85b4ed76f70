//! Putting a project away.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn archive_project(org: String, project: String, #[server(default)] back: Option<String>) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let project = super::input::project_id(&project)?;
    domain::projects::archive::set_status(&actor, &deps, project, contract::project::ProjectStatus::Archived).await?;
    super::landing::land(&actor, back.as_deref(), "", "project_archived");
    Ok(())
}
