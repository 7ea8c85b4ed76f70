//! One support session and what was done in it.

use contract::{error::Result, support::SupportDetail};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_support_session(session: String) -> Result<SupportDetail> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::VisitsRead)?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let session = super::input::session_id(&session)?;
    let found = domain::support_sessions::get::get(&actor, &deps, session).await?;
    Ok(SupportDetail {
        obstacle: found.obstacle,
        fresh: actor.has_fresh_factor(&deps),
        ..super::rows::detail(found.detail, actor.id(), formatter)
    })
}
