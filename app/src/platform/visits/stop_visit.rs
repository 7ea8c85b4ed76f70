//! Leaving a visit, whatever has become of it.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn stop_visit() -> Result<()> {
    use domain::actor::{Ground, VisitStanding};

    // Whoever presses it wants to be out, also when there is nothing left to end.
    let standing = crate::session::visit().await;
    crate::session::clear_visit();
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    // A page that could not tell what it was on leads here from a support session as well.
    if let Ok(Some(VisitStanding::Live(visit))) = standing
        && let Ground::Support(session) = visit.ground()
    {
        domain::support_sessions::close::by_support(&actor, &deps, session).await?;
        crate::form::notice("support_left");
        crate::response::redirect_to(&format!("/platform/support/{session}"));
        return Ok(());
    }
    let left = domain::visits::stop::stop(&actor, &deps).await?;
    crate::form::notice("visit_left");
    crate::response::redirect_to(&left.map_or_else(
        || "/platform/visits".to_owned(),
        |left| format!("/platform/visits/{}", left.visit),
    ));
    Ok(())
}
