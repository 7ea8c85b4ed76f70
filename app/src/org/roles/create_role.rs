//! Making a role.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn create_role(
    org: String,
    name: String,
    #[server(default)] description: String,
    #[server(default)] permissions: Vec<String>,
) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let fields = super::input::role_fields(&name, &description, &permissions)?;
    domain::roles::create::create(&actor, &deps, fields).await?;
    crate::form::notice("role_created");
    let may_see = actor.permissions().contains(contract::iam::Permission::RolesRead);
    crate::response::redirect_to(&crate::org::home::or_home(&actor, may_see, "/settings/roles"));
    Ok(())
}
