//! Deleting a role, and moving whoever has it.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn delete_role(org: String, role: String, #[server(default)] target: Option<String>) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let role = super::input::role_id(&role)?;
    let target = super::input::target(target.as_deref())?;
    domain::roles::delete::delete(&actor, &deps, role, target).await?;
    crate::form::notice("role_deleted");
    // Who had it may not see the roles any more.
    let may_see = role != actor.role().id && actor.permissions().contains(contract::iam::Permission::RolesRead);
    crate::response::redirect_to(&crate::org::home::or_home(&actor, may_see, "/settings/roles"));
    Ok(())
}
