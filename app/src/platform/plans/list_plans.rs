//! The catalogue, with how many have each plan.

use contract::{billing::PlanRow, error::Result};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_plans() -> Result<Vec<PlanRow>> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let listed = domain::billing::editor::list::list(&actor, &deps).await?;
    Ok(listed
        .into_iter()
        .map(|listed| super::rows::row(listed, formatter))
        .collect())
}
