//! Correcting the title of an incident, and when it begins and ends.

use contract::error::Result;
use leptos::prelude::server;

/// `seen` is what the form was shown with, as it came. `starts` and `ends` are instants of the person's own zone, as a browser's
/// field sends them; empty for the beginning it has, and for no end.
#[server]
pub async fn correct_incident(
    incident: String,
    seen: String,
    title: String,
    #[server(default)] starts: Option<String>,
    #[server(default)] ends: Option<String>,
) -> Result<()> {
    use contract::Error;
    use domain::incidents::correct::{Corrected, correct};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let id = super::input::incident_id(&incident)?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let correction = super::input::correction(formatter, &seen, &title, starts.as_deref(), ends.as_deref())?;
    let done = match correct(&actor, &deps, id, &correction).await? {
        Corrected::Done => "incident_corrected",
        Corrected::Unchanged => "incident_unchanged",
        Corrected::Over | Corrected::Meanwhile => return Err(Error::Conflict),
    };
    crate::form::notice(done);
    crate::response::redirect_to(&format!("/platform/incidents/{id}"));
    Ok(())
}
