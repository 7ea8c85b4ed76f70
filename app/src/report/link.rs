//! The way to the report, with what a report is to know of where one comes from.

use leptos::prelude::*;
use url::form_urlencoded::Serializer;

use super::PAGE;
use crate::{messages, page, session};

/// From a page that is the same for everybody: nothing of this request is in it. Nothing on the page of the report itself.
pub(crate) fn from_public_page() -> Option<String> {
    path(None, false)
}

/// From a page that is drawn for one person.
pub(crate) fn from_here() -> Option<String> {
    path(Some(&session::request_id()), false)
}

/// From what stands in for a page that cannot be shown.
pub(crate) fn from_failure() -> Option<String> {
    path(Some(&session::request_id()), true)
}

/// The path without its query, which may hold what lets somebody in.
fn path(request: Option<&str>, failed: bool) -> Option<String> {
    let requested = page::requested();
    let here = requested.split('?').next().unwrap_or_default();
    (here != PAGE).then(|| to(here, request.filter(|id| !id.is_empty()), failed))
}

pub(crate) fn to(page: &str, request: Option<&str>, failed: bool) -> String {
    let mut query = Serializer::new(String::new());
    if !page.is_empty() {
        query.append_pair("page", page);
    }
    if let Some(request) = request {
        query.append_pair("request", request);
    }
    if failed {
        query.append_pair("failed", "1");
    }
    match query.finish() {
        query if query.is_empty() => PAGE.to_owned(),
        query => format!("{PAGE}?{query}"),
    }
}

/// The last entry of the navigation of who is signed in.
#[component]
pub(crate) fn ReportEntry() -> impl IntoView {
    from_here().map(|href| {
        let label = messages::current().reports.report;
        view! { <ui::NavGroup><ui::NavLink href=href label=label icon=ui::IconName::Help/></ui::NavGroup> }
    })
}

#[cfg(test)]
mod tests {
    use super::to;

    #[test]
    fn the_way_there_carries_what_is_known() {
        assert_eq!(to("", None, false), "/report");
        assert_eq!(to("/pricing", None, false), "/report?page=%2Fpricing");
        assert_eq!(
            to("/o/acme/a b", Some("req-7"), true),
            "/report?page=%2Fo%2Facme%2Fa+b&request=req-7&failed=1"
        );
    }
}
