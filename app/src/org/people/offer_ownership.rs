//! Offering the organization to a member.

use contract::error::Result;
use leptos::prelude::server;

/// `confirm` is the organization's name, typed: nobody gives it away by a slip.
#[server]
pub async fn offer_ownership(org: String, person: String, #[server(default)] confirm: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let person = super::input::person_id(&person)?;
    domain::people::offer_ownership::offer_ownership(&actor, &deps, person, &confirm).await?;
    super::landing::land(&actor, "/ownership", "ownership_offered");
    Ok(())
}
