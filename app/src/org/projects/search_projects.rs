//! The projects a few letters may mean, for the palette: archived ones too, those in the bin not.

use contract::error::Result;
use leptos::prelude::server;
use serde::{Deserialize, Serialize};

/// In the form that the palette of `ui` reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundProject {
    pub label: String,
    pub href: String,
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn search_projects(org: String, #[server(default)] text: String) -> Result<Vec<FoundProject>> {
    use contract::project::{ProjectFilter, ProjectQuery};

    /// More would be a list, and there is a page for that.
    const MOST: usize = 8;

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let subject = domain::flags::Subject::of(&actor);
    if !deps
        .flags
        .is_on(&deps.database, contract::flag::Flag::PaletteProjects, &subject)
        .await
    {
        return Err(contract::Error::NotFound);
    }
    let query = ProjectQuery {
        search: super::view::searched(&text),
        filter: ProjectFilter::All,
        ..ProjectQuery::default()
    };
    let found = domain::projects::list::list(&actor, &deps, &query).await?;
    let slug = &actor.tenant().slug;
    Ok(found
        .rows
        .into_iter()
        .take(MOST)
        .map(|project| FoundProject {
            label: project.name,
            href: format!("/o/{slug}/projects/{}", project.id),
        })
        .collect())
}
