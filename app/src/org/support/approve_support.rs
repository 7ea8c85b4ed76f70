//! Letting in who has asked.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn approve_support(org: String, session: String, hours: String) -> Result<()> {
    use crate::platform::support::input;

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    actor.require(contract::iam::Permission::TenantUpdate)?;
    let session = input::session_id(&session)?;
    let hours = input::hours(&hours).map_err(|code| contract::Error::field("hours", code))?;
    domain::support_sessions::answer::approve(&actor, &deps, session, hours).await?;
    crate::form::notice("support_approved");
    crate::response::redirect_to(&format!("/o/{}/settings/support", actor.tenant().slug));
    Ok(())
}
