//! The link that was just copied, on its way to the page that shows it. It travels in a cookie that lives a minute and that no
//! script can read: not in an address, which ends up in histories.

use std::time::Duration;

use axum_extra::extract::CookieJar;
use domain::random::Secret;
use http::request::Parts;
use leptos::prelude::use_context;

use crate::session::{append_cookie, cookie};

const COOKIE: &str = "plinth_copied";
const KEPT: Duration = Duration::from_mins(1);

pub fn remember(code: &Secret) {
    append_cookie(&cookie(COOKIE, code.expose().to_owned(), KEPT));
}

/// Once: the page takes the cookie away.
pub fn take() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let jar = CookieJar::from_headers(&parts.headers);
    let code = jar.get(COOKIE)?.value().to_owned();
    append_cookie(&cookie(COOKIE, String::new(), Duration::ZERO));
    let written_by_us = code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    (written_by_us && !code.is_empty()).then_some(code)
}
