//! One visit and what was done in it.

use contract::{error::Result, visits::VisitDetail};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_visit(visit: String) -> Result<VisitDetail> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let visit = super::rows::visit_id(&visit)?;
    let found = domain::visits::get::get(&actor, &deps, visit).await?;
    Ok(super::rows::detail(found, actor.id(), deps.now(), formatter))
}
