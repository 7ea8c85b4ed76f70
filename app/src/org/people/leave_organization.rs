//! Leaving an organization.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn leave_organization(org: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    domain::people::leave::leave(&actor, &deps).await?;
    crate::form::notice("organization_left");
    crate::response::redirect_to("/account/organizations");
    Ok(())
}
