//! The roles of an organization.

use contract::{error::Result, role::RoleList};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_roles(org: String) -> Result<RoleList> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let roles = domain::roles::list::list(&actor, &deps).await?;
    Ok(RoleList {
        roles: roles.into_iter().map(|role| super::rows::role(role, &actor)).collect(),
        allowed: domain::roles::MAXIMUM,
    })
}
