//! Not letting in who has asked.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn deny_support(org: String, session: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    actor.require(contract::iam::Permission::TenantUpdate)?;
    let session = crate::platform::support::input::session_id(&session)?;
    domain::support_sessions::answer::deny(&actor, &deps, session).await?;
    crate::form::notice("support_denied");
    crate::response::redirect_to(&format!("/o/{}/settings/support", actor.tenant().slug));
    Ok(())
}
