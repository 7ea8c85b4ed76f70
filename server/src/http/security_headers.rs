//! What the browser is told to refuse.
//!
//! Pages get a policy of their own with the nonce of the page; everything else may do nothing at all.

use axum::{
    extract::{Request, State as Extract},
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS},
    },
    middleware::Next,
    response::Response,
};
use leptos::nonce::Nonce;

use super::State;

/// For what is not a page: were it shown as one, it could do nothing.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// For pages that run no script.
pub const PAGE_WITHOUT_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// For pages. Modules that the boot script fetches carry no nonce, hence `'self'`; WebAssembly is the one exception to
/// compiling nothing at run time. A form may lead to where people pay: browsers ask the policy for what its answer redirects
/// to as well.
pub fn page(nonce: &Nonce, payment_origins: &[String]) -> Option<HeaderValue> {
    let payment: String = payment_origins.iter().flat_map(|origin| [" ", origin]).collect();
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; form-action 'self'{payment}; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    );
    HeaderValue::from_str(&policy).ok()
}

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const CROSS_ORIGIN_OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

pub async fn security_headers(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    unless_set(headers, CONTENT_SECURITY_POLICY, NOTHING);
    unless_set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Not `no-referrer`: a form without JavaScript finds its way back by the `Referer`.
    unless_set(headers, REFERRER_POLICY, "same-origin");
    unless_set(
        headers,
        PERMISSIONS_POLICY,
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    );
    unless_set(headers, CROSS_ORIGIN_OPENER_POLICY, "same-origin");
    if state.settings.base_url.starts_with("https://") {
        unless_set(
            headers,
            STRICT_TRANSPORT_SECURITY,
            "max-age=63072000; includeSubDomains",
        );
    }
    response
}

fn unless_set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
