//! What became of the addresses that one has pasted.

use contract::{error::Result, invitation};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn invite_report(org: String, batch: String) -> Result<invitation::InviteReport> {
    let actor = crate::session::org(&org).await?;
    actor.require(contract::iam::Permission::MembersInvite)?;
    let deps = crate::session::deps()?;
    let batch = batch.parse().map_err(|_| contract::Error::NotFound)?;
    Ok(domain::people::report::report(&actor, &deps, batch).await?)
}
