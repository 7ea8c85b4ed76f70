//! One role.

use contract::{error::Result, role::Role};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_role(org: String, role: String) -> Result<Role> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let role = domain::roles::get::get(&actor, &deps, super::input::role_id(&role)?).await?;
    Ok(super::rows::role(role, &actor))
}
