//! Who sees a project, for the page that changes it.

use contract::{error::Result, workspace::ProjectAccess};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_project_access(org: String, project: String) -> Result<ProjectAccess> {
    use crate::org::workspaces::rows::{named_workspace, person_rows};

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let project = super::input::project_id(&project)?;
    let access = domain::projects::access::access(&actor, &deps, project).await?;
    let addresses = actor.permissions().contains(contract::iam::Permission::MembersRead);
    Ok(ProjectAccess {
        visibility: access.visibility,
        workspace: access.workspace.map(named_workspace),
        workspaces: access.workspaces.into_iter().map(named_workspace).collect(),
        people: person_rows(access.people, false),
        guests: person_rows(access.guests, addresses),
        candidates: person_rows(access.candidates, addresses),
    })
}
