//! The part of the URL that names an organization.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldCode;

/// 3 to 40 characters: lower-case letters, digits and single hyphens between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Words that mean something else in a URL or would pass for us.
const RESERVED: &[&str] = &[
    "account", "admin", "api", "app", "assets", "auth", "billing", "blog", "dev", "docs", "help", "internal", "new",
    "plinth", "platform", "portal", "pricing", "root", "security", "settings", "sign-in", "sign-up", "staff", "static",
    "status", "support", "system", "webhooks", "welcome", "www",
];

impl Slug {
    pub const MIN: u32 = 3;
    pub const MAX: u32 = 40;

    pub fn parse(text: &str) -> Result<Self, FieldCode> {
        let text = text.trim().to_ascii_lowercase();
        let length = text.chars().count();
        if length == 0 {
            return Err(FieldCode::Required);
        }
        if length < Self::MIN as usize {
            return Err(FieldCode::TooShort { min: Self::MIN });
        }
        if length > Self::MAX as usize {
            return Err(FieldCode::TooLong { max: Self::MAX });
        }
        let well_formed = text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        if !well_formed {
            return Err(FieldCode::Malformed);
        }
        if RESERVED.contains(&text.as_str()) {
            return Err(FieldCode::Reserved);
        }
        Ok(Self(text))
    }

    /// A slug made from a name, for a start; `None` when nothing usable is left of it.
    pub fn suggest(name: &str) -> Option<Self> {
        let mut text = String::new();
        for c in name.chars() {
            if c.is_ascii_alphanumeric() {
                text.push(c.to_ascii_lowercase());
            } else if !text.is_empty() && !text.ends_with('-') {
                text.push('-');
            }
            if text.len() >= Self::MAX as usize {
                break;
            }
        }
        Self::parse(text.trim_end_matches('-')).ok()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not a slug")
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

/// What the live check of a slug answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlugState {
    Available,
    Taken,
    Reserved,
    Invalid,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn refuses_what_a_url_should_not_hold() {
        assert_eq!(Slug::parse("ab"), Err(FieldCode::TooShort { min: 3 }));
        assert_eq!(Slug::parse(&"a".repeat(41)), Err(FieldCode::TooLong { max: 40 }));
        assert_eq!(Slug::parse("sign-in"), Err(FieldCode::Reserved));
        for text in ["-abc", "abc-", "a--b", "a_b", "a/b", "äbc"] {
            assert_eq!(Slug::parse(text), Err(FieldCode::Malformed), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_suggested_is_valid(name in "\\PC{0,80}") {
            if let Some(slug) = Slug::suggest(&name) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug));
            }
        }

        #[test]
        fn parsing_is_idempotent(text in "[a-zA-Z0-9-]{1,50}") {
            if let Ok(slug) = Slug::parse(&text) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug));
            }
        }
    }
}
