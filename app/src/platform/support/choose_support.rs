//! The organization one is about to ask, and what stands in the way.

use contract::{error::Result, support::SupportChoice};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn choose_support(tenant: String) -> Result<SupportChoice> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::Support)?;
    let tenant = crate::platform::input::tenant_id(&tenant)?;
    let choice = domain::support_sessions::choice::choice(&actor, &deps, tenant).await?;
    Ok(SupportChoice {
        tenant,
        organization: choice.organization,
        policy: choice.policy,
        obstacle: choice.obstacle,
    })
}
