//! What the inbox shows, as it stands in its URL; what the URL says wrongly is taken as not said. And the looks of a report.

use contract::{
    ids::ReportId,
    reports::{ReportFilter, ReportQuery, ReportState},
};
use leptos::prelude::*;
use url::form_urlencoded::Serializer;

use crate::{messages, page, platform::tenants::view::searched, session};

pub const LIST: &str = "/platform/reports";

pub fn report_path(report: ReportId) -> String {
    format!("{LIST}/{report}")
}

/// The query of the inbox, read from the URL of this request.
pub fn query() -> ReportQuery {
    ReportQuery {
        search: searched(&page::query("search").unwrap_or_default()),
        filter: page::query("state")
            .and_then(|key| ReportFilter::from_key(&key))
            .unwrap_or_default(),
        mine: page::query("mine").is_some(),
        before: page::query("before").and_then(|id| id.parse().ok()),
    }
}

/// The inbox at this query, without what goes without saying.
pub fn list_path(query: &ReportQuery) -> String {
    let mut pairs = Serializer::new(String::new());
    if !query.search.is_empty() {
        pairs.append_pair("search", &query.search);
    }
    if query.filter != ReportFilter::default() {
        pairs.append_pair("state", query.filter.key());
    }
    if query.mine {
        pairs.append_pair("mine", "true");
    }
    if let Some(before) = query.before {
        pairs.append_pair("before", &before.to_string());
    }
    match pairs.finish() {
        query if query.is_empty() => LIST.to_owned(),
        query => format!("{LIST}?{query}"),
    }
}

/// Where the trace of a request is, when the configuration says where traces are.
pub fn trace(request_id: &str) -> Option<String> {
    let template = session::settings().trace_url.clone()?;
    (!request_id.is_empty()).then(|| template.replace("{request}", request_id))
}

pub fn state_badge(state: ReportState) -> AnyView {
    let tone = match state {
        ReportState::Open => ui::Tone::Warning,
        ReportState::InProgress => ui::Tone::Info,
        ReportState::Resolved => ui::Tone::Success,
        ReportState::Dismissed => ui::Tone::Neutral,
    };
    view! { <ui::Badge tone=tone>{(messages::current().reports.state)(state)}</ui::Badge> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_only_what_differs() {
        assert_eq!(list_path(&ReportQuery::default()), LIST);
        let query = ReportQuery {
            search: "ann@".to_owned(),
            filter: ReportFilter::All,
            mine: true,
            before: None,
        };
        assert_eq!(list_path(&query), "/platform/reports?search=ann%40&state=all&mine=true");
    }
}
