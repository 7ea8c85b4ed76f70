//! Changing a project's name where it stands; the description stays.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn rename_project(org: String, project: String, name: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let project = super::input::project_id(&project)?;
    let mut check = contract::error::Check::default();
    let name = check.field("name", contract::text::ProjectName::parse(&name));
    domain::projects::rename::rename(&actor, &deps, project, check.done(name)?).await?;
    super::landing::land(&actor, None, &format!("/{project}"), "project_saved");
    Ok(())
}
