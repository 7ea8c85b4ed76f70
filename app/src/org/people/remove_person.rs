//! Taking somebody out of the organization.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn remove_person(org: String, person: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let person = super::input::person_id(&person)?;
    domain::people::remove::remove(&actor, &deps, person).await?;
    super::landing::land(&actor, "/people", "person_removed");
    Ok(())
}
