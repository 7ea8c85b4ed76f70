//! Who asks, as far as the edge can tell: the cookie, the address, the device. It looks nobody up; pages and server
//! functions do, through the handle that is put into the request.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use app::session::{SessionHandle, cookie_name};
use axum::{
    extract::{ConnectInfo, Request, State as Extract},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method,
        header::{SET_COOKIE, USER_AGENT},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{actor::RequestInfo, visits::record::Request as Recorded};

use server_fn::error::SERVER_FN_ERROR_HEADER;

use super::{State, accept, cookies, faults::Course, request_id};

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
    let visit = cookies::visit(request.headers(), state.settings.insecure_cookies).map(str::to_owned);
    let info = RequestInfo {
        address: client_address(request.headers(), socket, state.trusted_proxies),
        user_agent: user_agent(request.headers()),
        request_id: request_id::of(&request),
    };
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let session = SessionHandle::new(state.deps.clone(), token, visit, info);
    if method == Method::GET && accept::html(request.headers()) {
        session.look_up_visit().await;
    }
    if let Some(course) = request.extensions().get::<Course>() {
        course.is_of(&session);
    }
    request.extensions_mut().insert(session.clone());
    let mut response = next.run(request).await;
    if session.is_visit()
        && let Err(error) = session.record(visited(&method, &path, &response)).await
    {
        // What is not on record is not shown. The words are those of failures, with the way out of the visit.
        return error.status().into_response();
    }
    if signs_out(response.headers(), name) {
        // What pages have left in the browser goes with the session. Its cookie is named one by one: the data of other
        // programs on the host's siblings is not ours to clear.
        response
            .headers_mut()
            .insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
    }
    response
}

/// What a request of a visit came to. A function is named by the last part of its path.
fn visited<'a>(method: &Method, path: &'a str, answer: &Response) -> Recorded<'a> {
    let name = match path.strip_prefix("/api/") {
        Some(function) => function.rsplit('/').next().unwrap_or(function),
        None => path,
    };
    let status = answer.status();
    let refused =
        status.is_client_error() || status.is_server_error() || answer.headers().contains_key(SERVER_FN_ERROR_HEADER);
    if refused {
        Recorded::Refused(name)
    } else if *method == Method::GET {
        Recorded::Seen(name)
    } else {
        Recorded::Done(name)
    }
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
/// `X-Forwarded-For` are what anybody may have written there, so that each entry counts as a hop, whatever it says.
fn client_address(headers: &HeaderMap, socket: Option<IpAddr>, trusted_proxies: u8) -> String {
    let entries: Vec<&[u8]> = headers
        .get_all(X_FORWARDED_FOR)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .collect();
    let seen = match usize::from(trusted_proxies) {
        0 => None,
        hops => entries
            .len()
            .checked_sub(hops)
            .and_then(|index| forwarded_address(entries[index])),
    };
    seen.or(socket)
        .map(|address| address.to_canonical().to_string())
        .unwrap_or_default()
}

/// One entry of `X-Forwarded-For`: `ip`, `ip:port`, `[v6]` or `[v6]:port`.
fn forwarded_address(entry: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(entry).ok()?.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    text.parse()
        .ok()
        .or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
        .or_else(|| bare?.parse::<Ipv6Addr>().ok().map(IpAddr::V6))
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
    fn a_proxy_that_names_the_port_is_read_and_hides_no_hop() {
        let socket = Some("10.0.0.9".parse().unwrap());
        for (entry, address) in [
            ("198.51.100.4:52311", "198.51.100.4"),
            ("2001:db8::4", "2001:db8::4"),
            ("[2001:db8::4]", "2001:db8::4"),
            ("[2001:db8::4]:52311", "2001:db8::4"),
            ("[::ffff:198.51.100.4]:52311", "198.51.100.4"),
            // What is no address is nobody's: neither the entry beside it nor the one in the next header takes its place.
            ("unknown", "10.0.0.9"),
            ("", "10.0.0.9"),
            ("[198.51.100.4]", "10.0.0.9"),
            ("198.51.100.4:http", "10.0.0.9"),
            ("\u{e9}", "10.0.0.9"),
        ] {
            for hops in [1, 2] {
                let mut headers = HeaderMap::new();
                let nearer = if hops == 2 { ", 10.0.0.1:443" } else { "" };
                for line in ["203.0.113.66, 203.0.113.67".to_owned(), format!("{entry}{nearer}")] {
                    headers.append(X_FORWARDED_FOR, HeaderValue::from_bytes(line.as_bytes()).unwrap());
                }
                assert_eq!(client_address(&headers, socket, hops), address, "{entry}, {hops} hops");
            }
        }
        let short = forwarded(&["203.0.113.66"]);
        assert_eq!(client_address(&short, socket, 2), "10.0.0.9", "it came past a proxy");
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
