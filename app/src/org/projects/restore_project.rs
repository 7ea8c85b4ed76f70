//! Taking a project out of the bin.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn restore_project(org: String, project: String, #[server(default)] back: Option<String>) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let project = super::input::project_id(&project)?;
    domain::projects::restore::restore(&actor, &deps, project).await?;
    super::landing::land(&actor, back.as_deref(), "", "project_restored");
    Ok(())
}
