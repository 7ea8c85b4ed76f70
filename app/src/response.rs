//! What a server function says to the browser beside its value.

use contract::Error;
use http::{
    HeaderValue, StatusCode,
    header::{ACCEPT, RETRY_AFTER},
    request::Parts,
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Sends the browser on. The caller returns right after: a redirect does not stop a function.
pub fn redirect_to(path: &str) {
    leptos_axum::redirect(path, false);
}

/// Whether the answer is shown as a page. An island asks for JSON, and stays where it is.
pub fn is_for_a_page() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        parts
            .headers
            .get(ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"))
    })
}

/// Where `next` may lead: an absolute path on this host, and nothing that a browser could read as another one.
pub fn safe_next(next: &str) -> Option<&str> {
    let harmless = next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/\\")
        && !next.starts_with("/api/")
        && next.chars().all(|c| !c.is_control() && c != '\\');
    harmless.then_some(next)
}

/// Sets when to come back, where an error says so.
pub fn say_when(error: &Error) {
    if let (Some(response), Error::Throttled { retry_after_seconds } | Error::Maintenance { retry_after_seconds }) =
        (use_context::<ResponseOptions>(), error)
    {
        response.insert_header(RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
    }
}

/// Sets what an error asks for beside its body, and passes it on.
pub fn note(error: Error) -> Error {
    say_when(&error);
    error
}

/// The status of the page that is being rendered.
pub fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn next_leads_nowhere_else() {
        for next in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "evil",
            "",
            "/a\r\nb",
            "/a\\b",
            "/api/app/x",
        ] {
            assert_eq!(safe_next(next), None, "{next:?}");
        }
        for next in ["/", "/o/acme/projects?page=2", "/account/profile#name"] {
            assert_eq!(safe_next(next), Some(next));
        }
    }
}
