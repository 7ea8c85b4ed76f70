//! Incidents, the last to begin first.

use contract::{error::Result, incident::IncidentList};
use leptos::prelude::server;

/// `filter` is the key of one; `before` the id of the incident behind which the page begins.
#[server(input = server_fn::codec::GetUrl)]
pub async fn list_incidents(
    #[server(default)] filter: Option<String>,
    #[server(default)] before: Option<String>,
) -> Result<IncidentList> {
    use contract::incident::IncidentFilter;

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let filter = filter.as_deref().and_then(IncidentFilter::from_key).unwrap_or_default();
    let behind = before.and_then(|id| id.parse().ok());
    let page = domain::incidents::list::list(&actor, &deps, filter, behind).await?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    Ok(IncidentList {
        incidents: page
            .incidents
            .into_iter()
            .map(|incident| super::rows::row(incident, deps.now(), formatter))
            .collect(),
        more: page.more,
    })
}
