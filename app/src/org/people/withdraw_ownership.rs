//! Taking an offer of the organization back.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn withdraw_ownership(org: String, offer: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let offer = super::input::offer_id(&offer)?;
    domain::people::end_offer::withdraw_ownership(&actor, &deps, offer).await?;
    super::landing::land(&actor, "/ownership", "ownership_withdrawn");
    Ok(())
}
