//! Putting an end to somebody's support session.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn revoke_support(session: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::SecurityManage)?;
    let session = super::input::session_id(&session)?;
    domain::support_sessions::close::by_staff(&actor, &deps, session).await?;
    crate::form::notice("support_ended");
    crate::response::redirect_to(&format!("/platform/support/{session}"));
    Ok(())
}
