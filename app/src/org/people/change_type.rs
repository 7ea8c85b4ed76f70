//! Making a member a guest, or a guest a member.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn change_type(org: String, person: String, member_type: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let (person, member_type) = (
        super::input::person_id(&person)?,
        super::input::member_type(&member_type)?,
    );
    domain::people::change_type::change_type(&actor, &deps, person, member_type).await?;
    super::landing::land(&actor, &format!("/people/{person}"), "type_changed");
    Ok(())
}
