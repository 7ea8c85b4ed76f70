//! Which address a mail was just asked for, so that the next page can name it.
//!
//! It is kept in the browser that asked and not in the URL, which ends up in histories and logs. It says nothing about
//! whether the address has an account: it is what was typed.

use std::time::Duration;

use axum_extra::extract::CookieJar;
use contract::email::EmailAddress;
use http::request::Parts;
use leptos::prelude::use_context;

use crate::session::{append_cookie, cookie};

const COOKIE: &str = "plinth_mailed";
const KEPT: Duration = Duration::from_mins(15);

/// What the mail was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailed {
    Verification,
    PasswordReset,
    MagicLink,
}

impl Mailed {
    const fn key(self) -> &'static str {
        match self {
            Self::Verification => "verification",
            Self::PasswordReset => "password_reset",
            Self::MagicLink => "magic_link",
        }
    }
}

pub fn remember(what: Mailed, address: &EmailAddress) {
    append_cookie(&cookie(COOKIE, format!("{}:{address}", what.key()), KEPT));
}

pub fn recall(what: Mailed) -> Option<EmailAddress> {
    let parts = use_context::<Parts>()?;
    let jar = CookieJar::from_headers(&parts.headers);
    read(what, jar.get(COOKIE)?.value())
}

fn read(what: Mailed, value: &str) -> Option<EmailAddress> {
    let (key, address) = value.split_once(':')?;
    if key == what.key() {
        EmailAddress::parse(address).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_for_its_purpose_and_only_when_it_is_an_address() {
        let ann = EmailAddress::parse("ann@b.example").unwrap();
        assert_eq!(read(Mailed::MagicLink, "magic_link:ann@b.example"), Some(ann));
        assert_eq!(read(Mailed::Verification, "magic_link:ann@b.example"), None);
        assert_eq!(read(Mailed::MagicLink, "magic_link:<script>"), None);
        assert_eq!(read(Mailed::MagicLink, "ann@b.example"), None);
    }
}
