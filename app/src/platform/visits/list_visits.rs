//! Who visited whom.

use contract::{
    error::Result,
    visits::{VisitList, VisitQuery},
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_visits(#[server(default)] query: VisitQuery) -> Result<VisitList> {
    use domain::visits::list::{Filter, list};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let filter = Filter {
        open: match query.state.as_str() {
            "open" => Some(true),
            "ended" => Some(false),
            _ => None,
        },
        tenant: query.tenant,
        text: query.search,
    };
    let page = list(&actor, &deps, &filter, query.before).await?;
    Ok(VisitList {
        visits: page
            .visits
            .into_iter()
            .map(|visit| super::rows::row(visit, actor.id(), deps.now(), formatter))
            .collect(),
        older: page.older,
    })
}
