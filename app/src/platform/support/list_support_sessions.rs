//! Support sessions over all organizations.

use contract::{
    error::Result,
    support::{SupportList, SupportQuery},
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_support_sessions(#[server(default)] query: SupportQuery) -> Result<SupportList> {
    use domain::support_sessions::list::{Filter, Stage, list};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let filter = Filter {
        stage: match query.state.as_str() {
            "waiting" => Some(Stage::Waiting),
            "granted" => Some(Stage::Granted),
            "over" => Some(Stage::Over),
            _ => None,
        },
        tenant: query.tenant,
        text: query.search,
    };
    let page = list(&actor, &deps, &filter, query.before).await?;
    Ok(SupportList {
        sessions: page
            .sessions
            .into_iter()
            .map(|session| super::rows::row(session, actor.id(), formatter))
            .collect(),
        older: page.older,
    })
}
