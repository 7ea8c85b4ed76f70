//! What another role would come to for somebody.

use contract::{error::Result, people::RoleChange};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn preview_role(org: String, person: String, role: String) -> Result<RoleChange> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let (person, role) = (super::input::person_id(&person)?, super::input::role_id(&role)?);
    let change = domain::people::change_role::preview(&actor, &deps, person, role).await?;
    Ok(super::rows::role_change(change))
}
