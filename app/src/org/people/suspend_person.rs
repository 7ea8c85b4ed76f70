//! Locking somebody out for a while.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn suspend_person(org: String, person: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let person = super::input::person_id(&person)?;
    domain::people::suspend::suspend(&actor, &deps, person).await?;
    super::landing::land(&actor, &format!("/people/{person}"), "person_suspended");
    Ok(())
}
