//! A page of the messages.

use contract::{
    error::Result,
    webhooks::{EventList, EventQuery},
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_events(#[server(default)] query: EventQuery) -> Result<EventList> {
    use domain::billing::events::inbox::{Query, inbox};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let said = |text: String| Some(text.replace('\0', "").trim().to_owned()).filter(|text| !text.is_empty());
    let query = Query {
        status: query.status,
        event_type: said(query.event_type),
        organization: said(query.organization),
        before: query.before,
    };
    let page = inbox(&actor, &deps, &query).await?;
    Ok(EventList {
        rows: page
            .events
            .into_iter()
            .map(|event| super::rows::row(event, formatter))
            .collect(),
        older: page.older,
        types: page.types,
        any_failed: page.any_failed,
    })
}
