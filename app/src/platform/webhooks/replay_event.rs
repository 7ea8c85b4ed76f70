//! Having a message taken in once more.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn replay_event(event: String) -> Result<()> {
    use domain::billing::events::replay::{Replayed, replay};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::BillingRepair)?;
    let event = super::rows::id(&event)?;
    crate::form::notice(match replay(&actor, &deps, event).await? {
        Replayed::Queued => "webhook_replayed",
        Replayed::Waiting => "webhook_waiting",
    });
    crate::response::redirect_to(&super::view::event_path(event));
    Ok(())
}
