//! What being a guest, or a member, would come to for somebody.

use contract::{error::Result, people::RoleChange};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn preview_type(org: String, person: String, member_type: String) -> Result<RoleChange> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let (person, member_type) = (
        super::input::person_id(&person)?,
        super::input::member_type(&member_type)?,
    );
    let change = domain::people::change_type::preview(&actor, &deps, person, member_type).await?;
    Ok(super::rows::role_change(change))
}
