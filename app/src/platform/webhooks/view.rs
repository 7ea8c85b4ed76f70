//! What the pages about messages share, and what the list shows as it stands in its URL.

use contract::{
    ids::PaymentEventId,
    webhooks::{EventQuery, EventStatus},
};
use leptos::prelude::*;
use url::form_urlencoded::Serializer;

use crate::{messages, page};

pub const INBOX: &str = "/platform/webhooks";
pub const REPLAY: &str = "/platform/webhooks/replay";

/// Longer than any type or address.
const LONGEST: usize = 100;

pub fn event_path(event: PaymentEventId) -> String {
    format!("{INBOX}/{event}")
}

/// The query of the list, read from the URL of this request. What it says wrongly is taken as not said.
pub fn query() -> EventQuery {
    let text = |name: &str| {
        let text = page::query(name).unwrap_or_default();
        text.trim()
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST)
            .collect::<String>()
    };
    EventQuery {
        status: EventStatus::from_key(&text("status")),
        event_type: text("type"),
        organization: text("organization"),
        before: text("before").parse().ok(),
    }
}

/// The list at this query, without what goes without saying.
pub fn list_path(query: &EventQuery) -> String {
    let before = query.before.map(|before| before.to_string()).unwrap_or_default();
    let mut pairs = Serializer::new(String::new());
    for (name, value) in [
        ("status", query.status.map(EventStatus::key).unwrap_or_default()),
        ("type", query.event_type.as_str()),
        ("organization", query.organization.as_str()),
        ("before", before.as_str()),
    ] {
        if !value.is_empty() {
            pairs.append_pair(name, value);
        }
    }
    match pairs.finish() {
        query if query.is_empty() => INBOX.to_owned(),
        query => format!("{INBOX}?{query}"),
    }
}

#[component]
pub fn Status(of: EventStatus) -> impl IntoView {
    let tone = match of {
        EventStatus::Received => ui::Tone::Info,
        EventStatus::Processed => ui::Tone::Success,
        EventStatus::Ignored => ui::Tone::Neutral,
        EventStatus::Failed => ui::Tone::Danger,
    };
    view! { <ui::Badge tone=tone>{(messages::current().webhooks.status)(of)}</ui::Badge> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_only_what_differs() {
        assert_eq!(list_path(&EventQuery::default()), INBOX);
        let query = EventQuery {
            status: Some(EventStatus::Failed),
            event_type: "order.paid".to_owned(),
            organization: "a&b".to_owned(),
            before: "01890a5d-ac96-774b-bcce-b302099a8057".parse().ok(),
        };
        assert_eq!(
            list_path(&query),
            "/platform/webhooks?status=failed&type=order.paid&organization=a%26b\
             &before=01890a5d-ac96-774b-bcce-b302099a8057"
        );
    }
}
