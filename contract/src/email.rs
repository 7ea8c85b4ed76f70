//! E-mail addresses.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldCode;

/// An address a mail can be sent to: one `@`, a local part of at most 64 characters, a domain with a dot, 254 characters
/// in all (RFC 5321, 4.5.3.1). Whether it exists is proven by a mail, not by syntax. Compared without regard to case.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The longest address that can be delivered, in characters.
    pub const MAX: u32 = 254;

    pub fn parse(text: &str) -> Result<Self, FieldCode> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldCode::Required);
        }
        if text.chars().count() > Self::MAX as usize {
            return Err(FieldCode::TooLong { max: Self::MAX });
        }
        let (local, domain) = text.rsplit_once('@').ok_or(FieldCode::Malformed)?;
        let local_is_fine = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-.".contains(c));
        let domain_is_fine = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            });
        if local_is_fine && domain_is_fine {
            Ok(Self(text.to_owned()))
        } else {
            Err(FieldCode::Malformed)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which addresses are counted and compared outside of the database.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for EmailAddress {}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not an e-mail address")
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn refuses_what_no_mail_can_reach() {
        for text in [
            "plain",
            "@b.example",
            "a@",
            "a@b",
            "a b@c.example",
            "a@b..example",
            "a@-b.example",
            ".a@b.example",
            "a@b.example\r\nBcc: c@d.example",
        ] {
            assert_eq!(EmailAddress::parse(text).unwrap_err(), FieldCode::Malformed, "{text}");
        }
        assert_eq!(EmailAddress::parse("  ").unwrap_err(), FieldCode::Required);
    }

    #[test]
    fn compares_without_case() {
        assert_eq!(
            EmailAddress::parse("Ann@B.example"),
            EmailAddress::parse("ann@b.EXAMPLE")
        );
    }

    proptest! {
        #[test]
        fn accepts_ordinary_addresses(text in "[a-z0-9]{1,20}(\\+[a-z]{1,5})?@[a-z0-9]{1,10}\\.[a-z]{2,6}") {
            let address = EmailAddress::parse(&text).unwrap();
            prop_assert_eq!(address.as_str(), text);
        }

        #[test]
        fn never_lets_a_header_through(text in "\\PC*[\\r\\n\\x00]\\PC*@b\\.example") {
            prop_assume!(text.trim().contains(['\r', '\n', '\0']));
            prop_assert!(EmailAddress::parse(&text).is_err());
        }
    }
}
