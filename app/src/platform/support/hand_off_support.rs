//! Asking for the way into an organization that has let one in.

use contract::error::Result;
use leptos::prelude::server;

/// The way is led to by a cookie and shown as a button, once.
#[server]
pub async fn hand_off_support(session: String) -> Result<()> {
    use domain::support_sessions::hand_off::{HandedOff, hand_off};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::Support)?;
    let session = super::input::session_id(&session)?;
    match hand_off(&actor, &deps, session).await? {
        HandedOff::Ticket(ticket) => {
            super::ticket::remember(&ticket);
            crate::response::redirect_to(&format!("/platform/support/{session}"));
            Ok(())
        }
        // The page says which obstacle it is.
        HandedOff::Refused(_) => Err(contract::Error::Conflict),
    }
}
