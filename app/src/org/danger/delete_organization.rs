//! Deleting the organization, by its typed name.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn delete_organization(org: String, confirm: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    domain::tenants::delete::delete(&actor, &deps, &confirm).await?;
    crate::form::notice("organization_deleted");
    crate::response::redirect_to(&super::place::path(actor.tenant().slug.as_str()));
    Ok(())
}
