//! Requiring two-step sign-in of everybody in an organization.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn require_second_factor(org: String, #[server(default)] required: Option<String>) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    domain::tenants::require_second_factor::set(&actor, &deps, required.is_some()).await?;
    crate::form::notice("organization_saved");
    crate::response::redirect_to(&format!("/o/{}/settings/general", actor.tenant().slug));
    Ok(())
}
