//! Having everything tried again that was given up.

use contract::error::Result;
use leptos::prelude::server;

/// `counted` is how many there were when it was decided.
#[server]
pub async fn replay_failed(counted: String) -> Result<()> {
    use domain::billing::events::replay_failed::{ReplayedFailed, replay_failed};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::BillingRepair)?;
    let counted = counted
        .parse()
        .map_err(|_| contract::Error::field("counted", contract::FieldCode::Malformed))?;
    match replay_failed(&actor, &deps, counted).await? {
        ReplayedFailed::Queued(_) => {}
        // The page counts anew.
        ReplayedFailed::Changed(_) => return Err(contract::Error::Conflict),
    }
    crate::form::notice("webhooks_replayed");
    crate::response::redirect_to(super::view::INBOX);
    Ok(())
}
