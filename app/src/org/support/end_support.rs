//! Putting an end to a support session, or taking back what was granted.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn end_support(org: String, session: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    actor.require(contract::iam::Permission::TenantUpdate)?;
    let session = crate::platform::support::input::session_id(&session)?;
    domain::support_sessions::close::by_customer(&actor, &deps, session).await?;
    crate::form::notice("support_ended");
    crate::response::redirect_to(&format!(
        "/o/{}/settings/support?session={session}",
        actor.tenant().slug
    ));
    Ok(())
}
