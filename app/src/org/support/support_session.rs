//! One support session, and what was done in it.

use contract::{error::Result, support::SupportDetail};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn support_session(org: String, session: String) -> Result<SupportDetail> {
    use crate::platform::support::{input::session_id, rows};

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    actor.require(contract::iam::Permission::TenantUpdate)?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let found = domain::support_sessions::access::get(&actor, &deps, session_id(&session)?).await?;
    Ok(rows::detail(found, actor.user().id(), formatter))
}
