//! What a change of plan, interval or seats would come to.

use contract::{billing::ChangePreview, error::Result};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn preview_change(org: String, plan: String, interval: String, seats: String) -> Result<ChangePreview> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    actor
        .require(contract::iam::Permission::BillingManage)
        .map_err(contract::Error::from)?;
    let wanted = super::input::wanted(plan, &interval, &seats)?;
    let found = domain::billing::preview::preview(&actor, &deps, &wanted).await?;
    Ok(super::rows::preview(&actor, found))
}
