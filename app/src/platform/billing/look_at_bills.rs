//! Ours beside the provider's.

use contract::{billing::RepairDesk, error::Result};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn look_at_bills(tenant: String) -> Result<RepairDesk> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::BillingRead)?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let tenant = crate::platform::input::tenant_id(&tenant)?;
    let found = domain::billing::desk::look::look(&actor, &deps, tenant).await?;
    Ok(super::rows::desk(found, formatter, deps.now()))
}
