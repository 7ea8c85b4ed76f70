//! One visit, and what was done in it.

use contract::{error::Result, visits::VisitDetail};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_access(org: String, visit: String) -> Result<VisitDetail> {
    use crate::platform::visits::rows;

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    actor.require(contract::iam::Permission::AuditRead)?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let found = domain::visits::access::get(&actor, &deps, rows::visit_id(&visit)?).await?;
    Ok(rows::detail(found, actor.user().id(), deps.now(), formatter))
}
