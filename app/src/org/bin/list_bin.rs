//! What is in the bin.

use contract::{error::Result, project};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_bin(org: String) -> Result<project::Bin> {
    use contract::project::{BinnedProject, BinnedTask};
    use domain::projects::bin::KEPT;

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let bin = domain::projects::bin::bin(&actor, &deps).await?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    Ok(project::Bin {
        projects: bin
            .projects
            .into_iter()
            .map(|one| BinnedProject {
                id: one.id,
                name: one.name,
                deleted: formatter.moment(one.deleted_at),
                deleted_by: one.deleted_by,
                gone: formatter.moment(one.deleted_at + KEPT),
            })
            .collect(),
        tasks: bin
            .tasks
            .into_iter()
            .map(|one| BinnedTask {
                id: one.id,
                title: one.title,
                project: one.project,
                project_name: one.project_name,
                project_archived: one.project_archived,
                deleted: formatter.moment(one.deleted_at),
                deleted_by: one.deleted_by,
                gone: formatter.moment(one.deleted_at + KEPT),
            })
            .collect(),
        shown: domain::projects::bin::SHOWN,
    })
}
