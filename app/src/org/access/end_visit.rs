//! An owner puts an end to a visit of their organization.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn end_visit(org: String, visit: String) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    actor.require(contract::iam::Permission::TenantDelete)?;
    let visit = crate::platform::visits::rows::visit_id(&visit)?;
    domain::visits::revoke::by_tenant(&actor, &deps, visit).await?;
    crate::form::notice("visit_ended");
    // The page is for who reads the log, which is another right.
    let reads = actor.permissions().contains(contract::iam::Permission::AuditRead);
    let page = format!("/settings/access?visit={visit}");
    crate::response::redirect_to(&crate::org::home::or_home(&actor, reads, &page));
    Ok(())
}
