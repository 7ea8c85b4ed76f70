//! Short texts a person types: trimmed, of bounded length, without control characters.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldCode;

fn parse(text: &str, min: u32, max: u32, line_breaks: bool) -> Result<String, FieldCode> {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 && min > 0 {
        return Err(FieldCode::Required);
    }
    if length < min as usize {
        return Err(FieldCode::TooShort { min });
    }
    if length > max as usize {
        return Err(FieldCode::TooLong { max });
    }
    let refused = |c: char| c.is_control() && !(line_breaks && (c == '\n' || c == '\r' || c == '\t'));
    if text.chars().any(refused) {
        return Err(FieldCode::Malformed);
    }
    Ok(text.to_owned())
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident($min:literal..=$max:literal, line_breaks: $breaks:literal)),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            pub const MIN: u32 = $min;
            pub const MAX: u32 = $max;

            pub fn parse(text: &str) -> Result<Self, FieldCode> {
                parse(text, Self::MIN, Self::MAX, $breaks).map(Self)
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).map_err(|_| concat!("not a ", stringify!($name)))
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    )+};
}

texts! {
    /// What a person is called.
    PersonName(1..=100, line_breaks: false),
    /// What an organization is called.
    OrganizationName(1..=80, line_breaks: false),
    /// What a role is called; unique in its organization, without regard to case.
    RoleName(1..=60, line_breaks: false),
    /// What a role is for; may be empty.
    RoleDescription(0..=200, line_breaks: false),
    /// What a workspace is called; unique in its organization, without regard to case.
    WorkspaceName(1..=80, line_breaks: false),
    /// What a project is called; unique in its organization, without regard to case.
    ProjectName(1..=80, line_breaks: false),
    /// What a project is about; may be empty.
    ProjectDescription(0..=2000, line_breaks: true),
    /// What is to be done.
    TaskTitle(1..=200, line_breaks: false),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn trims_counts_characters_and_refuses_control_characters() {
        assert_eq!(ProjectName::parse("  Ünïcode  ").unwrap().as_str(), "Ünïcode");
        assert_eq!(ProjectName::parse(" "), Err(FieldCode::Required));
        assert_eq!(ProjectName::parse(&"ü".repeat(81)), Err(FieldCode::TooLong { max: 80 }));
        assert_eq!(ProjectName::parse("a\u{0}b"), Err(FieldCode::Malformed));
        assert!(ProjectDescription::parse("two\nlines").is_ok());
        assert!(ProjectDescription::parse("").is_ok());
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_within_bounds(text in "\\PC{0,120}") {
            if let Ok(name) = ProjectName::parse(&text) {
                prop_assert!((1..=80).contains(&name.as_str().chars().count()));
                prop_assert_eq!(name.as_str(), name.as_str().trim());
            }
        }
    }
}
