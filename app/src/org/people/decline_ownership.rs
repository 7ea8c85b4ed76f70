//! Declining the organization.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn decline_ownership(org: String, offer: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let offer = super::input::offer_id(&offer)?;
    domain::people::end_offer::decline_ownership(&actor, &deps, offer).await?;
    super::landing::land(&actor, "/projects", "ownership_declined");
    Ok(())
}
