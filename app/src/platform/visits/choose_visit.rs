//! Whom one is about to visit, and what stands in the way.

use contract::{error::Result, visits::VisitChoice};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn choose_visit(tenant: String, user: String) -> Result<VisitChoice> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let (tenant, subject) = ids(&tenant, &user)?;
    let choice = domain::visits::choice::choice(&actor, &deps, tenant, subject).await?;
    Ok(VisitChoice {
        tenant,
        organization: choice.organization,
        subject,
        subject_name: choice.name,
        subject_email: choice.email,
        obstacle: choice.obstacle,
        fresh: actor.has_fresh_factor(&deps),
    })
}

#[cfg(feature = "ssr")]
pub(super) fn ids(tenant: &str, user: &str) -> Result<(contract::ids::TenantId, contract::ids::UserId)> {
    match (tenant.parse(), user.parse()) {
        (Ok(tenant), Ok(user)) => Ok((tenant, user)),
        _ => Err(contract::Error::NotFound),
    }
}
