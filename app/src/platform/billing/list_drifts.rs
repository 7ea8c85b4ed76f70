//! A page of the differences.

use contract::{
    billing::{DriftList, DriftQuery},
    error::Result,
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_drifts(#[server(default)] query: DriftQuery) -> Result<DriftList> {
    use domain::billing::{
        desk::list::{Query, list},
        drifts::DriftKind,
    };

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let query = Query {
        kind: DriftKind::from_key(&query.kind),
        after: super::input::place(&query.after),
    };
    let page = list(&actor, &deps, &query).await?;
    Ok(super::rows::list(page, formatter, deps.now()))
}
