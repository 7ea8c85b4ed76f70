//! What may be kept, by whom and for how long.
//!
//! Files whose name carries their content's hash are kept for good. What somebody sees signed in is kept by nobody. The
//! public pages are the same for everybody and may be kept for a moment, as long as nothing in the request or the answer
//! is somebody's own.

use axum::{
    extract::{Request, State as Extract},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, COOKIE, SET_COOKIE, VARY},
    },
    middleware::Next,
    response::Response,
};

use super::{State, cookies};

const FOREVER: &str = "public, max-age=31536000, immutable";
const A_MINUTE: &str = "public, max-age=60";
const ASK_FIRST: &str = "no-cache";
const NOT_AT_ALL: &str = "no-store";
const PRIVATE_NOT_AT_ALL: &str = "private, no-store";

/// Pages that look the same to everybody, but for the theme's cookie. Not how we are doing: who asks that asks about now.
const PUBLIC_PAGES: [&str; 2] = ["/", "/pricing"];

pub async fn caching(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let settings = &state.settings;
    let insecure = settings.insecure_cookies;
    let own = [
        app::session::cookie_name(insecure),
        app::session::visit_cookie_name(insecure),
    ];
    let stranger = own.iter().all(|name| cookies::value(request.headers(), name).is_none()) && !settings.dev_reload;
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    if response.headers().contains_key(CACHE_CONTROL) {
        return response;
    }
    let kept = policy(&path, reads, stranger, response.status(), response.headers());
    if kept == A_MINUTE {
        response.headers_mut().append(VARY, HeaderValue::from(COOKIE));
    }
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}

fn policy(path: &str, reads: bool, stranger: bool, status: StatusCode, answer: &HeaderMap) -> &'static str {
    let good = status.is_success() || status == StatusCode::NOT_MODIFIED;
    if let Some(file) = path.strip_prefix("/pkg/") {
        return match (good, is_hashed(file)) {
            (true, true) => FOREVER,
            (true, false) => ASK_FIRST,
            (false, _) => NOT_AT_ALL,
        };
    }
    let page = answer
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let for_everybody = stranger && !answer.contains_key(SET_COOKIE) && PUBLIC_PAGES.contains(&path);
    match page {
        true if reads && status == StatusCode::OK && for_everybody => A_MINUTE,
        true => PRIVATE_NOT_AT_ALL,
        false => NOT_AT_ALL,
    }
}

/// `name.0123456789ab.ext`, as the build writes it.
fn is_hashed(file: &str) -> bool {
    let mut parts = file.rsplit('.');
    parts.next();
    parts
        .next()
        .is_some_and(|hash| hash.len() == 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
        && parts.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(cookie: bool) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        if cookie {
            headers.insert(SET_COOKIE, HeaderValue::from_static("a=b"));
        }
        headers
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_good() {
        let none = HeaderMap::new();
        assert_eq!(
            policy("/pkg/main.0123456789ab.css", true, true, StatusCode::OK, &none),
            FOREVER
        );
        assert_eq!(policy("/pkg/main.css", true, true, StatusCode::OK, &none), ASK_FIRST);
        assert_eq!(
            policy("/pkg/snippets/x/inline0.js", true, true, StatusCode::OK, &none),
            ASK_FIRST
        );
        assert_eq!(
            policy("/pkg/main.0123456789ab.css", true, true, StatusCode::NOT_FOUND, &none),
            NOT_AT_ALL
        );
    }

    #[test]
    fn a_public_page_is_kept_unless_something_is_somebodys_own() {
        assert_eq!(policy("/", true, true, StatusCode::OK, &html(false)), A_MINUTE);
        assert_eq!(
            policy("/", true, false, StatusCode::OK, &html(false)),
            PRIVATE_NOT_AT_ALL
        );
        assert_eq!(policy("/", true, true, StatusCode::OK, &html(true)), PRIVATE_NOT_AT_ALL);
        assert_eq!(
            policy("/", true, true, StatusCode::INTERNAL_SERVER_ERROR, &html(false)),
            PRIVATE_NOT_AT_ALL
        );
        for own in ["/sign-in", "/status"] {
            assert_eq!(
                policy(own, true, true, StatusCode::OK, &html(false)),
                PRIVATE_NOT_AT_ALL,
                "{own}"
            );
        }
        assert_eq!(
            policy("/api/app/x", true, true, StatusCode::OK, &HeaderMap::new()),
            NOT_AT_ALL
        );
    }
}
