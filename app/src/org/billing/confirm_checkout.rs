//! Coming back from the pay page: whether the plan is there.

use contract::{billing::CheckoutState, error::Result};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn confirm_checkout(org: String, checkout: String) -> Result<CheckoutState> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    let found = domain::billing::confirm::confirm(&actor, &deps, &checkout).await?;
    Ok(super::rows::state(found))
}
