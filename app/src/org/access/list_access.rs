//! The visits the organization had.

use contract::{error::Result, visits::VisitRow};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_access(org: String) -> Result<Vec<VisitRow>> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let visits = domain::visits::access::list(&actor, &deps).await?;
    let row = |visit| crate::platform::visits::rows::row(visit, actor.user().id(), deps.now(), formatter);
    Ok(visits.into_iter().map(row).collect())
}
