//! Saying more about an incident.

use contract::error::Result;
use leptos::prelude::server;

/// `state` is how far it has come with this, by key.
#[server]
pub async fn post_update(incident: String, state: String, text: String) -> Result<()> {
    use contract::{Error, FieldCode};
    use domain::incidents::post_update::{Posted, post_update};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let id = super::input::incident_id(&incident)?;
    let (state, text) = super::input::update(&state, &text)?;
    match post_update(&actor, &deps, id, state, &text).await? {
        Posted::Done => {}
        Posted::NotFrom(_) => return Err(Error::field("state", FieldCode::Malformed)),
        Posted::Archived => return Err(Error::Conflict),
    }
    crate::form::notice("incident_updated");
    crate::response::redirect_to(&format!("/platform/incidents/{id}"));
    Ok(())
}
