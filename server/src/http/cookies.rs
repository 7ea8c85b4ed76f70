//! Cookies of the edge itself: read without copying, and taken away again.

use app::session::visit_cookie_name;
use axum::http::{HeaderMap, HeaderValue, header::COOKIE};
use axum_extra::extract::cookie::{Cookie, SameSite};

/// The value as it was sent. The cookies read here hold nothing that is encoded.
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The secret of a visit or a support session, which may be going on.
pub fn visit(headers: &HeaderMap, insecure: bool) -> Option<&str> {
    value(headers, visit_cookie_name(insecure)).filter(|token| !token.is_empty())
}

/// A cookie that only the server reads, for so many seconds; for none, it is taken away.
pub fn set(name: &str, value: String, seconds: u64, insecure: bool) -> Option<HeaderValue> {
    let cookie = Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .secure(!insecure)
        .same_site(SameSite::Lax)
        .max_age(std::time::Duration::from_secs(seconds).try_into().unwrap_or_default());
    HeaderValue::from_str(&cookie.build().to_string()).ok()
}
