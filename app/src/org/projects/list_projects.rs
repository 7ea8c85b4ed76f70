//! The projects of an organization, a page at a time.

use contract::{
    error::Result,
    project::{ProjectList, ProjectQuery},
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_projects(org: String, #[server(default)] query: ProjectQuery) -> Result<ProjectList> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let page = domain::projects::list::list(&actor, &deps, &query).await?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    Ok(ProjectList {
        rows: page
            .rows
            .into_iter()
            .map(|project| super::rows::project_row(project, formatter))
            .collect(),
        total: page.total,
        page: page.page,
        used: page.used,
        limit: page.limit,
        workspaces: page
            .workspaces
            .into_iter()
            .map(crate::org::workspaces::rows::named_workspace)
            .collect(),
    })
}
