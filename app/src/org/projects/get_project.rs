//! One project with its tasks.

use contract::{error::Result, task::Project};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_project(org: String, project: String) -> Result<Project> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let detail = domain::projects::get::get(&actor, &deps, super::input::project_id(&project)?).await?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let today = formatter.today(deps.now());
    let rows = |tasks: Vec<domain::tasks::Task>| {
        tasks
            .into_iter()
            .map(|task| super::rows::task_row(task, formatter, today))
            .collect::<Vec<_>>()
    };
    Ok(Project {
        project: super::rows::project_row(detail.project, formatter),
        tasks: rows(detail.tasks),
        bin: rows(detail.bin),
        assignees: detail
            .assignees
            .into_iter()
            .map(|(id, name)| contract::task::Assignee { id, name })
            .collect(),
    })
}
