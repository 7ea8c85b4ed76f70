//! Closing an organization.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn suspend_tenant(tenant: String, reason: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::TenantsManage)?;
    let tenant = crate::platform::input::tenant_id(&tenant)?;
    let reason =
        contract::text::SuspensionReason::parse(&reason).map_err(|code| contract::Error::field("reason", code))?;
    domain::customers::organizations::suspend::suspend(&actor, &deps, tenant, reason).await?;
    crate::form::notice("tenant_suspended");
    crate::response::redirect_to(&super::view::tenant_path(tenant));
    Ok(())
}
