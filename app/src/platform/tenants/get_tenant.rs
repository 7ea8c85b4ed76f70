//! Everything about one organization.

use contract::{customers::OrganizationDetail, error::Result};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_tenant(tenant: String) -> Result<OrganizationDetail> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::TenantsRead)?;
    let tenant = crate::platform::input::tenant_id(&tenant)?;
    let found = domain::customers::organizations::get::get(&actor, &deps, tenant).await?;
    Ok(super::rows::detail(&actor, found))
}
