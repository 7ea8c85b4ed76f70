//! Forms that come back, without JavaScript: what was wrong and what was typed travel in a cookie to the next page.
//!
//! Leptos answers a refused form by a redirect that carries the error in the query. Here it moves into the cookie, so that
//! addresses stay clean and typed values are not lost. The cookie is taken away by the page that shows it.

use app::{
    form::{Flash, NOTICE_COOKIE, Notice},
    page::second_factor_path,
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State as Extract},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, SET_COOKIE},
    },
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use base64::{
    Engine,
    engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD},
};
use contract::Error;
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};

use super::{State, accept, cookies, faults};

/// Forms up to this many bytes are remembered.
const FORM_LIMIT: usize = 64 * 1024;

/// Browsers keep 4096 bytes of a cookie, its name and attributes included.
const COOKIE_LIMIT: usize = 3500;

const SECONDS: u64 = 60;

/// Parts of the names of fields that are never sent back. What a link carried is in the address of its page already.
const SECRET_FIELDS: [&str; 6] = ["password", "token", "secret", "code", "invite", "credential"];

/// Set by Leptos on the answer of a server function that failed.
const SERVER_FN_ERROR: &str = server_fn::error::SERVER_FN_ERROR_HEADER;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Remembered {
    path: String,
    err: String,
    values: Vec<(String, String)>,
}

const fn cookie_name(insecure: bool) -> &'static str {
    if insecure {
        "plinth_flash"
    } else {
        "__Host-plinth_flash"
    }
}

pub async fn flash(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    if is_form(&request) {
        take_back(&state, request, next).await
    } else if is_visit(&request) {
        show(&state, request, next).await
    } else {
        next.run(request).await
    }
}

fn is_form(request: &Request) -> bool {
    let headers = request.headers();
    let encoded = headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    *request.method() == Method::POST && encoded && accept::html(headers)
}

/// A browser going to a page, and not only fetching it ahead of time.
fn is_visit(request: &Request) -> bool {
    let headers = request.headers();
    let ahead = headers
        .get("sec-purpose")
        .is_some_and(|purpose| purpose.as_bytes().starts_with(b"prefetch"));
    *request.method() == Method::GET && accept::html(headers) && !ahead
}

/// Runs a posted form, and remembers it when it is refused. Where a second factor is missing, that is seen to first, and the
/// form is filled in again.
async fn take_back(state: &State, request: Request, next: Next) -> Response {
    let length = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let (request, form) = if length.is_some_and(|length| length <= FORM_LIMIT) {
        let (parts, body) = request.into_parts();
        let Ok(form) = to_bytes(body, FORM_LIMIT).await else {
            return StatusCode::BAD_REQUEST.into_response();
        };
        (Request::from_parts(parts, Body::from(form.clone())), form)
    } else {
        (request, Bytes::new())
    };
    let response = next.run(request).await;
    let Some(path) = refused(&response) else {
        return response;
    };
    let (mut parts, body) = response.into_parts();
    // The error itself, as the server function serialized it: it is there whether or not the browser sent a `Referer`.
    let Ok(error) = to_bytes(body, FORM_LIMIT).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let back = parts
        .headers
        .get(LOCATION)
        .and_then(|location| location.to_str().ok())
        .map_or("/".to_owned(), clean);
    let refusal: Option<Error> = serde_json::from_slice(&error).ok();
    if refusal == Some(Error::SecondFactorRequired) {
        return Redirect::to(&second_factor_path(&back)).into_response();
    }
    let flash = Flash {
        path,
        err: URL_SAFE.encode(&error),
        values: values(&form),
    };
    if let Some(cookie) = cookie(state, flash) {
        parts.headers.append(SET_COOKIE, cookie);
    }
    parts.headers.insert(
        LOCATION,
        HeaderValue::from_str(&back).unwrap_or(HeaderValue::from_static("/")),
    );
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.remove(CONTENT_TYPE);
    let mut response = Response::from_parts(parts, Body::empty());
    if let Some(refusal) = refusal {
        faults::tell(&mut response, &refusal);
    }
    response
}

/// An error as pages read it.
pub fn encoded(error: &Error) -> String {
    URL_SAFE.encode(serde_json::to_vec(error).unwrap_or_default())
}

/// What a page is to show of a form that was refused.
pub fn cookie(state: &State, Flash { path, err, values }: Flash) -> Option<HeaderValue> {
    let insecure = state.settings.insecure_cookies;
    let value = fit(Remembered { path, err, values });
    cookies::set(cookie_name(insecure), value, SECONDS, insecure)
}

/// The path of the server function that refused, when the answer is such a refusal.
fn refused(response: &Response) -> Option<String> {
    let path = response
        .headers()
        .get(SERVER_FN_ERROR)
        .filter(|_| response.status().is_redirection())?;
    path.to_str().ok().map(str::to_owned)
}

/// What was typed. Secrets stay out.
fn values(form: &[u8]) -> Vec<(String, String)> {
    let secret = |name: &str| {
        SECRET_FIELDS
            .iter()
            .any(|part| name.to_ascii_lowercase().contains(part))
    };
    form_urlencoded::parse(form)
        .into_owned()
        .filter(|(name, _)| !secret(name))
        .collect()
}

/// As a cookie's value. Of a form that does not fit, the longest values are left out.
fn fit(mut remembered: Remembered) -> String {
    loop {
        let encoded = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&remembered).unwrap_or_default());
        let longest = (0..remembered.values.len()).max_by_key(|&index| remembered.values[index].1.len());
        match longest.filter(|_| encoded.len() > COOKIE_LIMIT) {
            Some(index) => remembered.values.remove(index),
            None => return encoded,
        };
    }
}

/// The path and query on this host, without what Leptos has added. A path alone is where a function itself leads back to.
fn clean(location: &str) -> String {
    if location.starts_with('/') && !location.starts_with("//") {
        return location.to_owned();
    }
    let Ok(mut url) = Url::parse(location) else {
        return "/".to_owned();
    };
    let pairs: Vec<(String, String)> = url
        .query_pairs()
        .into_owned()
        .filter(|(name, _)| name != "__path" && name != "__err")
        .collect();
    url.set_query(None);
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
    // Two slashes would lead to another host.
    let path = format!("/{}", url.path().trim_start_matches('/'));
    match url.query() {
        Some(query) => format!("{path}?{query}"),
        None => path,
    }
}

/// Hands what is remembered to the page, and forgets it once a page was shown.
async fn show(state: &State, mut request: Request, next: Next) -> Response {
    let insecure = state.settings.insecure_cookies;
    let mut seen = Vec::new();
    if let Some(value) = cookies::value(request.headers(), cookie_name(insecure)) {
        seen.push(cookie_name(insecure));
        if let Some(Remembered { path, err, values }) = remembered(value) {
            request.extensions_mut().insert(Flash { path, err, values });
        }
    }
    if let Some(code) = cookies::value(request.headers(), NOTICE_COOKIE).map(str::to_owned) {
        seen.push(NOTICE_COOKIE);
        request.extensions_mut().insert(Notice(code));
    }
    let mut response = next.run(request).await;
    if !response.status().is_redirection() {
        forget(response.headers_mut(), &seen, insecure);
    }
    response
}

fn remembered(value: &str) -> Option<Remembered> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).ok()?).ok()
}

fn forget(headers: &mut HeaderMap, names: &[&str], insecure: bool) {
    for name in names {
        if let Some(cookie) = cookies::set(name, String::new(), 0, insecure) {
            headers.append(SET_COOKIE, cookie);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_remembered() {
        let form =
            b"email=a%40b.example&password=hunter2&new_password=x&Token=y&invite=z&code=z&credential=z&name=Ann+B";
        let kept = values(form);
        assert_eq!(
            kept,
            [
                ("email".to_owned(), "a@b.example".to_owned()),
                ("name".to_owned(), "Ann B".to_owned())
            ]
        );
    }

    #[test]
    fn of_a_form_that_is_too_long_the_longest_value_goes_first() {
        let long = Remembered {
            path: "/api/x".into(),
            err: "e".into(),
            values: vec![
                ("project".into(), "7".into()),
                ("description".into(), "d".repeat(5000)),
                ("name".into(), "n".into()),
            ],
        };
        let cookie = fit(long);
        assert!(cookie.len() <= COOKIE_LIMIT);
        let names: Vec<_> = remembered(&cookie)
            .unwrap()
            .values
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["project", "name"]);
    }

    #[test]
    fn the_way_back_is_clean_and_on_this_host() {
        let added = "http://localhost:3000/sign-in?next=%2Fo%2Facme&__path=%2Fapi%2Fx&__err=abc";
        assert_eq!(clean(added), "/sign-in?next=%2Fo%2Facme");
        assert_eq!(clean("https://evil.example/welcome?__err=abc"), "/welcome");
        assert_eq!(clean("https://here.example//evil.example?__err=abc"), "/evil.example");
        assert_eq!(clean("/"), "/");
        assert_eq!(clean("/accept-invite?code=a"), "/accept-invite?code=a");
        assert_eq!(clean("//evil.example"), "/");
    }

    #[test]
    fn a_cookie_that_is_not_ours_is_nothing() {
        assert_eq!(remembered("%%%"), None);
        assert_eq!(remembered(&URL_SAFE_NO_PAD.encode("[1]")), None);
    }
}
