//! Accepting the organization.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn accept_ownership(org: String, offer: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let offer = super::input::offer_id(&offer)?;
    domain::people::accept_ownership::accept_ownership(&actor, &deps, offer).await?;
    super::landing::land(&actor, "/people", "ownership_accepted");
    Ok(())
}
