//! Leaving an organization, or taking back what was asked of it.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn leave_support(session: String) -> Result<()> {
    use domain::actor::{Ground, VisitStanding};

    let session = super::input::session_id(&session);
    // Whoever presses it wants to be out, also when nobody is signed in any more; only where they are in meanwhile they stay.
    let elsewhere = match (crate::session::visit().await, &session) {
        (Ok(Some(VisitStanding::Live(visit))), Ok(session)) => visit.ground() != Ground::Support(*session),
        _ => false,
    };
    if !elsewhere {
        crate::session::clear_visit();
    }
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::Support)?;
    let session = session?;
    domain::support_sessions::close::by_support(&actor, &deps, session).await?;
    crate::form::notice("support_left");
    crate::response::redirect_to(&format!("/platform/support/{session}"));
    Ok(())
}
