//! Taking the paused organization up again.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn reactivate_organization(org: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    domain::tenants::reactivate::reactivate(&actor, &deps).await?;
    crate::form::notice("organization_taken_up");
    crate::response::redirect_to(&super::place::path(actor.tenant().slug.as_str()));
    Ok(())
}
