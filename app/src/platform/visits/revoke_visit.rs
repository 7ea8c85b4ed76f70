//! Putting an end to somebody's visit.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn revoke_visit(visit: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let visit = super::rows::visit_id(&visit)?;
    domain::visits::revoke::by_staff(&actor, &deps, visit).await?;
    crate::form::notice("visit_ended");
    Ok(())
}
