//! Ending a window before its time, or calling it off.

use contract::error::Result;
use leptos::prelude::server;

/// Also when it is over already: that is what was wanted.
#[server]
pub async fn end_maintenance(window: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let window = window.parse().map_err(|_| contract::Error::NotFound)?;
    domain::maintenance::end::end(&actor, &deps, window).await?;
    crate::form::notice("maintenance_ended");
    crate::response::redirect_to("/platform/maintenance");
    Ok(())
}
