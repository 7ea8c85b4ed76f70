//! What the organization has decided about support, and who was let in.

use contract::{error::Result, support};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn support_overview(org: String) -> Result<support::SupportOverview> {
    use crate::platform::support::rows;

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let overview = domain::support_sessions::access::overview(&actor, &deps).await?;
    Ok(support::SupportOverview {
        policy: overview.policy,
        sessions: overview
            .sessions
            .into_iter()
            .map(|session| rows::row(session, actor.user().id(), formatter))
            .collect(),
    })
}
