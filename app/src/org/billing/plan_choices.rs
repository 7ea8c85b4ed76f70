//! The plans that can be chosen.

use contract::{billing, error::Result};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn plan_choices(org: String) -> Result<billing::PlanChoices> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    let found = domain::billing::choices::choices(&actor, &deps).await?;
    Ok(super::rows::choices(&actor, found))
}
