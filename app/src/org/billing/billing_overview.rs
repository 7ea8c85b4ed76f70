//! How the organization stands with its bills.

use contract::{billing, error::Result};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn billing_overview(org: String) -> Result<billing::BillingOverview> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    let found = domain::billing::overview::overview(&actor, &deps).await?;
    Ok(super::rows::overview(&actor, found))
}
