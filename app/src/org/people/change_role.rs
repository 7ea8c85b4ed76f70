//! Giving somebody another role.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn change_role(org: String, person: String, role: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let (person, role) = (super::input::person_id(&person)?, super::input::role_id(&role)?);
    domain::people::change_role::change_role(&actor, &deps, person, role).await?;
    super::landing::land(&actor, &format!("/people/{person}"), "role_changed");
    Ok(())
}
