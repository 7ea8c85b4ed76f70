//! One workspace with its people.

use contract::{error::Result, workspace::Workspace};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_workspace(org: String, workspace: String) -> Result<Workspace> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let workspace = super::input::workspace_id(&workspace)?;
    let detail = domain::workspaces::get::get(&actor, &deps, workspace).await?;
    let manages = actor
        .permissions()
        .contains(contract::iam::Permission::WorkspacesManage);
    Ok(Workspace {
        workspace: super::rows::workspace_row(detail.workspace),
        people: super::rows::person_rows(detail.people, manages),
        candidates: super::rows::person_rows(detail.candidates, manages),
        all_projects: if manages { detail.all_projects } else { 0 },
    })
}
