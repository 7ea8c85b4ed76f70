//! What exceeds the plan, to choose from what stays in use.

use contract::{billing, error::Result};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn keep_choices(org: String) -> Result<billing::KeepChoices> {
    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    let found = domain::billing::keep::choices(&actor, &deps).await?;
    Ok(super::rows::keepable(found))
}
