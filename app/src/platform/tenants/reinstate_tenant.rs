//! Opening an organization again.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn reinstate_tenant(tenant: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::TenantsManage)?;
    let tenant = crate::platform::input::tenant_id(&tenant)?;
    domain::customers::organizations::reinstate::reinstate(&actor, &deps, tenant).await?;
    crate::form::notice("tenant_reinstated");
    crate::response::redirect_to(&super::view::tenant_path(tenant));
    Ok(())
}
