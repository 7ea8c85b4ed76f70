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
    let slug = &actor.tenant().slug;
    // Who had it may not see the roles any more.
    crate::response::redirect_to(&if role == actor.role().id {
        format!("/o/{slug}/projects")
    } else {
        format!("/o/{slug}/settings/roles")
    });
    Ok(())
}
