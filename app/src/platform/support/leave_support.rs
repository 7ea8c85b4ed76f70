//! Leaving an organization, or taking back what was asked of it.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn leave_support(session: String) -> Result<()> {
    use domain::actor::{Ground, VisitStanding};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::Support)?;
    let session = super::input::session_id(&session)?;
    let elsewhere = match crate::session::visit().await? {
        Some(VisitStanding::Live(visit)) => visit.ground() != Ground::Support(session),
        Some(VisitStanding::Over { .. }) | None => false,
    };
    if !elsewhere {
        crate::session::clear_visit();
    }
    domain::support_sessions::close::by_support(&actor, &deps, session).await?;
    crate::form::notice("support_left");
    crate::response::redirect_to(&format!("/platform/support/{session}"));
    Ok(())
}
