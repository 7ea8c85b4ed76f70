//! Taking an incident off the status page.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn archive_incident(incident: String) -> Result<()> {
    use domain::incidents::archive::{Archived, archive};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let id = super::input::incident_id(&incident)?;
    match archive(&actor, &deps, id).await? {
        Archived::Done | Archived::Already => {}
        Archived::StillOpen => return Err(contract::Error::Conflict),
    }
    crate::form::notice("incident_archived");
    crate::response::redirect_to("/platform/incidents");
    Ok(())
}
