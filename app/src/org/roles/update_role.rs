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
    let rights = if role == actor.role().id {
        fields.permissions
    } else {
        actor.permissions()
    };
    let may_see = rights.contains(contract::iam::Permission::RolesRead);
    domain::roles::update::update(&actor, &deps, role, version, fields).await?;
    crate::form::notice("role_saved");
    // Who has just taken the roles out of their own sight is not led to a closed door.
    crate::response::redirect_to(&crate::org::home::or_home(
        &actor,
        may_see,
        &format!("/settings/roles/{role}"),
    ));
    Ok(())
}
