//! Letting somebody in again.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn restore_person(org: String, person: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let person = super::input::person_id(&person)?;
    domain::people::restore::restore(&actor, &deps, person).await?;
    super::landing::land(&actor, &format!("/people/{person}"), "person_restored");
    Ok(())
}
