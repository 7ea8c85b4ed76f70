//! Asking an organization to be let in.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn request_support(
    tenant: String,
    #[server(default)] areas: Vec<String>,
    mode: String,
    hours: String,
    reason: String,
    #[server(default)] ticket: String,
) -> Result<()> {
    use domain::support_sessions::request::{Requested, request};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::Support)?;
    let tenant = crate::platform::input::tenant_id(&tenant)?;
    let asked = super::input::asked(&areas, &mode, &hours, &reason, &ticket)?;
    let (session, notice) = match request(&actor, &deps, tenant, &asked).await? {
        Requested::Waiting(session) => (session, "support_requested"),
        Requested::LetIn(session) => (session, "support_let_in"),
        // The page says which obstacle it is.
        Requested::Refused(_) => return Err(contract::Error::Conflict),
    };
    crate::form::notice(notice);
    crate::response::redirect_to(&format!("/platform/support/{session}"));
    Ok(())
}
