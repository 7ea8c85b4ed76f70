//! The way in, between the press that asked for it and the page that has the button. It travels in a cookie that lives as long as
//! it is good and that no script can read, and from there in a form: it stands in no address.

use std::time::Duration;

use axum_extra::extract::CookieJar;
use domain::random::Secret;
use http::request::Parts;
use leptos::prelude::use_context;

use crate::session::{append_cookie, cookie};

const COOKIE: &str = "plinth_handoff";
/// How long it is good.
pub const KEPT: Duration = Duration::from_mins(1);

pub fn remember(ticket: &Secret) {
    append_cookie(&cookie(COOKIE, ticket.expose().to_owned(), KEPT));
}

/// Once: the page takes the cookie away.
pub fn take() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let jar = CookieJar::from_headers(&parts.headers);
    let ticket = jar.get(COOKIE)?.value().to_owned();
    append_cookie(&cookie(COOKIE, String::new(), Duration::ZERO));
    let written_by_us = ticket
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    (written_by_us && !ticket.is_empty()).then_some(ticket)
}
