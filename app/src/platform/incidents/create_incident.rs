//! Telling everybody of something.

use contract::error::Result;
use leptos::prelude::server;

/// `starts` and `ends` are instants of the person's own zone, as a browser's field sends them; empty for now and for none.
#[server]
pub async fn create_incident(
    kind: String,
    title: String,
    text: String,
    #[server(default)] starts: Option<String>,
    #[server(default)] ends: Option<String>,
) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let new = super::input::new_incident(formatter, &kind, &title, &text, starts.as_deref(), ends.as_deref())?;
    let id = domain::incidents::create::create(&actor, &deps, new).await?;
    crate::form::notice("incident_created");
    crate::response::redirect_to(&format!("/platform/incidents/{id}"));
    Ok(())
}
