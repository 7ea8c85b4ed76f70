//! What would be tried again at once.

use contract::{error::Result, webhooks::ReplayPreview};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn preview_replay() -> Result<ReplayPreview> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let found = domain::billing::events::replay_failed::preview(&actor, &deps).await?;
    Ok(ReplayPreview {
        events: found.events,
        organizations: found.organizations,
        oldest: found.oldest.map(|at| formatter.moment(at)),
        types: found.types,
    })
}
