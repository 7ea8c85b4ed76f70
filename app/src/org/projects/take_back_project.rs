//! Taking a project back from a guest.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn take_back_project(org: String, project: String, person: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let project = super::input::project_id(&project)?;
    let person = crate::org::workspaces::input::person(&person)?;
    domain::projects::give::take_back(&actor, &deps, project, person).await?;
    super::landing::land(&actor, None, &format!("/{project}/access"), "project_taken_back");
    Ok(())
}
