//! Changing what a role is called and what it may do.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn update_role(
    org: String,
    role: String,
    version: String,
    name: String,
    #[server(default)] description: String,
    #[server(default)] permissions: Vec<String>,
) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let role = super::input::role_id(&role)?;
    let version = super::input::version(&version)?;
    let fields = super::input::role_fields(&name, &description, &permissions)?;
    let still_seen = role != actor.role().id || fields.permissions.contains(contract::iam::Permission::RolesRead);
    domain::roles::update::update(&actor, &deps, role, version, fields).await?;
    crate::form::notice("role_saved");
    let slug = &actor.tenant().slug;
    // Who has just taken the roles out of their own sight is not led to a closed door.
    crate::response::redirect_to(&if still_seen {
        format!("/o/{slug}/settings/roles/{role}")
    } else {
        format!("/o/{slug}/projects")
    });
    Ok(())
}
