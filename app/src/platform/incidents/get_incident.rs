//! One incident with everything that was said.

use contract::{error::Result, incident::IncidentDetails};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_incident(incident: String) -> Result<IncidentDetails> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let id = super::input::incident_id(&incident)?;
    let (incident, updates) = domain::incidents::get::get(&actor, &deps, id).await?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    Ok(super::rows::details(incident, updates, deps.now(), formatter))
}
