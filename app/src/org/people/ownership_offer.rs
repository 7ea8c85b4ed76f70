//! The offer of the organization that waits for an answer, for the two it is between.

use contract::{error::Result, people};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn ownership_offer(org: String) -> Result<Option<people::OwnershipOffer>> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let offer = domain::people::offers::open(&actor, &deps).await?;
    Ok(offer.map(|offer| super::rows::offer(&actor, offer)))
}
