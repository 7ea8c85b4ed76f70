//! Going in, by a ticket that is good once.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn enter_support(session: String, ticket: String) -> Result<()> {
    use domain::{actor::VisitStanding, support_sessions::enter::enter};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::Support)?;
    let session = super::input::session_id(&session)?;
    if let Some(VisitStanding::Live(_)) = crate::session::visit().await? {
        // This browser is somewhere already.
        return Err(contract::Error::Conflict);
    }
    let entered = enter(&actor, &deps, session, &ticket)
        .await?
        .ok_or(contract::Error::Conflict)?;
    crate::session::set_visit(&entered.token, entered.until - deps.now());
    crate::response::redirect_to(&format!("/o/{}/projects", entered.slug));
    Ok(())
}
