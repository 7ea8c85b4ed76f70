//! Starting a project.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn create_project(org: String, name: String, #[server(default)] description: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let fields = super::input::project_fields(&name, &description)?;
    let project = domain::projects::create::create(&actor, &deps, fields).await?;
    super::landing::land(&actor, None, &format!("/{project}"), "project_created");
    Ok(())
}
