//! Who asks, as far as the edge can tell: the cookie, the address, the device. It looks nobody up; pages and server
//! functions do, through the handle that is put into the request.

use std::net::{IpAddr, SocketAddr};

use app::session::{SessionHandle, cookie_name};
use axum::{
    extract::{ConnectInfo, Request, State as Extract},
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{SET_COOKIE, USER_AGENT},
    },
    middleware::Next,
    response::Response,
};
use domain::actor::RequestInfo;

use super::{State, cookies, request_id};

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
const X_FORWARDED_FOR: &str = "x-forwarded-for";

/// As much of a device's own description as is kept.
const USER_AGENT_LENGTH: usize = 400;

pub async fn session(Extract(state): Extract<State>, mut request: Request, next: Next) -> Response {
    let name = cookie_name(state.settings.insecure_cookies);
    let socket = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    let token = cookies::value(request.headers(), name)
        .filter(|token| !token.is_empty())
        .map(str::to_owned);
    let info = RequestInfo {
        address: client_address(request.headers(), socket, state.trusted_proxies),
        user_agent: user_agent(request.headers()),
        request_id: request_id::of(&request),
    };
    request
        .extensions_mut()
        .insert(SessionHandle::new(state.deps.clone(), token, info));
    let mut response = next.run(request).await;
    if signs_out(response.headers(), name) {
        // What pages have left in the browser goes with the session. Its cookie is named one by one: the data of other
        // programs on the host's siblings is not ours to clear.
        response
            .headers_mut()
            .insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
    }
    response
}

/// Whether the answer takes the session's cookie away.
fn signs_out(answer: &HeaderMap, name: &str) -> bool {
    answer
        .get_all(SET_COOKIE)
        .iter()
        .filter_map(|cookie| cookie.to_str().ok())
        .any(|cookie| {
            let mut parts = cookie.split(';').map(str::trim);
            parts.next().and_then(|pair| pair.strip_prefix(name)) == Some("=")
                && parts.any(|part| part.eq_ignore_ascii_case("max-age=0"))
        })
}

/// What the outermost trusted proxy saw; without proxies, the other end of the connection. Entries further left in
/// `X-Forwarded-For` are what anybody may have written there.
fn client_address(headers: &HeaderMap, socket: Option<IpAddr>, trusted_proxies: u8) -> String {
    let hops = usize::from(trusted_proxies);
    let forwarded: Vec<IpAddr> = headers
        .get_all(X_FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|entry| entry.trim().parse().ok())
        .collect();
    let seen = match hops {
        0 => socket,
        _ => forwarded.get(forwarded.len().saturating_sub(hops)).copied().or(socket),
    };
    seen.map(|address| address.to_canonical().to_string())
        .unwrap_or_default()
}

fn user_agent(headers: &HeaderMap) -> String {
    let text = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    text.chars().take(USER_AGENT_LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(X_FORWARDED_FOR, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn only_what_trusted_proxies_wrote_counts() {
        let socket = Some("10.0.0.9".parse().unwrap());
        let forged = forwarded(&["203.0.113.66, 198.51.100.4"]);
        assert_eq!(client_address(&forged, socket, 0), "10.0.0.9");
        assert_eq!(client_address(&forged, socket, 1), "198.51.100.4");
        assert_eq!(
            client_address(&forwarded(&["203.0.113.66", "198.51.100.4, 10.0.0.1"]), socket, 2),
            "198.51.100.4"
        );
        assert_eq!(client_address(&forwarded(&[]), socket, 1), "10.0.0.9");
        assert_eq!(client_address(&forwarded(&["nonsense"]), None, 1), "");
        assert_eq!(
            client_address(&HeaderMap::new(), Some("::ffff:192.0.2.1".parse().unwrap()), 0),
            "192.0.2.1"
        );
    }

    #[test]
    fn signing_out_is_told_from_signing_in() {
        let answer = |cookie: &'static str| {
            let mut headers = HeaderMap::new();
            headers.append(SET_COOKIE, HeaderValue::from_static("plinth_theme=dark; Max-Age=0"));
            headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
            headers
        };
        assert!(signs_out(
            &answer("__Host-plinth_session=; HttpOnly; Max-Age=0; Path=/"),
            "__Host-plinth_session"
        ));
        assert!(!signs_out(
            &answer("__Host-plinth_session=abc; Max-Age=1209600"),
            "__Host-plinth_session"
        ));
    }
}
