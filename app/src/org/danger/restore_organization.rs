//! Taking back that the organization was deleted.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn restore_organization(org: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    domain::tenants::restore::restore(&actor, &deps).await?;
    crate::form::notice("organization_restored");
    crate::response::redirect_to(&super::place::path(actor.tenant().slug.as_str()));
    Ok(())
}
