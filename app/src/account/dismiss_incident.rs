//! Putting the notice of an incident away.

use contract::error::Result;
use leptos::prelude::server;

/// Back to the page it stood over.
#[server]
pub async fn dismiss_incident(incident: String, #[server(default)] next: Option<String>) -> Result<()> {
    let user = crate::session::user().await?;
    let deps = crate::session::deps()?;
    let incident = incident.parse().map_err(|_| contract::Error::NotFound)?;
    domain::incidents::dismiss::dismiss(&user, &deps, incident).await?;
    let next = next.as_deref().and_then(crate::response::safe_next);
    crate::response::redirect_to(next.unwrap_or("/account/profile"));
    Ok(())
}
