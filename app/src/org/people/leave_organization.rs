//! Leaving an organization.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn leave_organization(org: String) -> Result<()> {
    let user = crate::session::user().await?;
    let deps = crate::session::deps()?;
    domain::people::leave::leave(&user, &deps, &org).await?;
    crate::form::notice("organization_left");
    crate::response::redirect_to("/account/organizations");
    Ok(())
}
