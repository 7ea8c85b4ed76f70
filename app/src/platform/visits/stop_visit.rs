//! Leaving a visit, whatever has become of it.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn stop_visit() -> Result<()> {
    // Whoever presses it wants to be out, also when there is nothing left to end.
    crate::session::clear_visit();
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let left = domain::visits::stop::stop(&actor, &deps).await?;
    crate::form::notice("visit_left");
    crate::response::redirect_to(&left.map_or_else(
        || "/platform/visits".to_owned(),
        |left| format!("/platform/visits/{}", left.visit),
    ));
    Ok(())
}
