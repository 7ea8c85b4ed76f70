//! Short texts a person types: trimmed, of bounded length, without what steers a text instead of standing in it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldCode;

fn parse(text: &str, min: u32, max: u32, line_breaks: bool) -> Result<String, FieldCode> {
    let text = text.trim();
    let length = text.chars().count();
    if min > 0 && text.chars().all(|c| c.is_whitespace() || is_unseen(c)) {
        return Err(FieldCode::Required);
    }
    if length < min as usize {
        return Err(FieldCode::TooShort { min });
    }
    if length > max as usize {
        return Err(FieldCode::TooLong { max });
    }
    let refused =
        |c: char| turns_around(c) || (c.is_control() && !(line_breaks && (c == '\n' || c == '\r' || c == '\t')));
    if text.chars().any(refused) {
        return Err(FieldCode::Malformed);
    }
    Ok(text.to_owned())
}

/// Joins, parts or marks other characters, as emoji and Persian need it: alone it shows nothing.
const fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// Makes the text around it run the other way, beyond the name that it stands in. Arabic and Hebrew need none of these.
const fn turns_around(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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
    /// What somebody calls one of their passkeys.
    PasskeyName(1..=60, line_breaks: false),
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
    /// What somebody says who cancels; may be empty.
    CancelComment(0..=1000, line_breaks: true),
    /// What is to be done.
    TaskTitle(1..=200, line_breaks: false),
    /// What an incident is called.
    IncidentTitle(1..=120, line_breaks: false),
    /// What is said about an incident.
    IncidentText(1..=2000, line_breaks: true),
    /// What people read while something is closed; may be empty.
    MaintenanceMessage(0..=300, line_breaks: false),
    /// What a plan is called.
    PlanTitle(1..=40, line_breaks: false),
    /// Why the operator gives an organization what it does not pay for.
    OverrideReason(1..=500, line_breaks: false),
    /// Why staff repair an organization's bills. Only staff read it.
    RepairReason(10..=500, line_breaks: false),
    /// Why staff lock an organization or an account.
    SuspensionReason(10..=500, line_breaks: false),
    /// Why staff take away what guards an account. Only staff read it.
    ClearingReason(10..=500, line_breaks: false),
    /// Why staff block an address.
    BlockReason(10..=500, line_breaks: false),
    /// What staff write down about an organization.
    NoteText(1..=4000, line_breaks: true),
    /// What somebody says about a problem; may be empty.
    ReportNote(0..=2000, line_breaks: true),
    /// Why somebody of the staff visits an organization. Its people read it.
    VisitReason(10..=500, line_breaks: false),
    /// The number of what somebody asked for help with; may be empty.
    VisitTicket(0..=80, line_breaks: false),
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

    #[test]
    fn a_name_can_be_seen_and_leaves_the_text_around_it_alone() {
        for nothing in ["\u{200b}", "\u{200b} \u{feff}", "\u{200d}\u{fe0f}", "\u{3164}"] {
            assert_eq!(PersonName::parse(nothing), Err(FieldCode::Required), "{nothing:?}");
        }
        assert!(ProjectDescription::parse("\u{200b}").is_ok());
        for turned in ["Anna\u{202e}tset", "\u{2067}Anna", "Anna\u{202a}"] {
            assert_eq!(PersonName::parse(turned), Err(FieldCode::Malformed), "{turned:?}");
        }
        for name in [
            "محمد بن عبد الله",
            "נועה",
            "می\u{200c}خواهم",
            "👩\u{200d}🚀 Ann",
            "\u{200f}محمد",
        ] {
            assert_eq!(PersonName::parse(name).unwrap().as_str(), name);
        }
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
