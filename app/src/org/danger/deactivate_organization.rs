//! Pausing the organization.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn deactivate_organization(org: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    domain::tenants::deactivate::deactivate(&actor, &deps).await?;
    crate::form::notice("organization_paused");
    crate::response::redirect_to(&super::place::path(actor.tenant().slug.as_str()));
    Ok(())
}
