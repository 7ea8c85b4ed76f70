//! Feature flags: what can be switched while the product runs, declared here and nowhere else.
//!
//! A flag is a key, what it switches, what holds as long as nobody has said anything, and who can be told otherwise. What was said
//! is kept in the database under the key and the day of birth: a key that is used again for something else gets another birth, so
//! that nothing that was said of the former one counts for it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::time::Moment;

macro_rules! flags {
    ($($name:ident = $key:literal, born $born:literal, $default:literal, [$($level:ident),*]: $meaning:literal),+ $(,)?) => {
        /// What can be switched.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Flag { $(#[doc = $meaning] #[serde(rename = $key)] $name),+ }

        impl Flag {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// The day it was declared, such as `2026-11-22`.
            pub const fn born(self) -> &'static str {
                match self { $(Self::$name => $born),+ }
            }

            /// What it switches, for the staff's page of it.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning),+ }
            }

            /// What holds as long as nobody has said anything.
            pub const fn default_value(self) -> bool {
                match self { $(Self::$name => $default),+ }
            }

            /// Who can be told otherwise.
            pub const fn levels(self) -> &'static [FlagLevel] {
                match self { $(Self::$name => &[$(FlagLevel::$level),*]),+ }
            }
        }
    };
}

flags! {
    PaletteProjects = "palette.projects", born "2026-11-22", true, [User, Tenant, Plan, Rollout]:
        "The search palette of an organization finds projects, and not only pages.",
    SignUp = "sign_up.open", born "2026-11-22", true, []:
        "People who were not invited can make an account, where the configuration lets them.",
}

impl Flag {
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|flag| flag.key() == key)
    }

    pub fn has_level(self, level: FlagLevel) -> bool {
        self.levels().contains(&level)
    }
}

/// Where something can be said about a flag, beside the switch that turns it off for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagLevel {
    /// One person.
    User,
    /// One organization.
    Tenant,
    /// Everybody on a plan.
    Plan,
    /// A share of all organizations; of all people where there is no organization.
    Rollout,
}

impl FlagLevel {
    /// Those of which single ones can be named.
    pub const NAMED: &[Self] = &[Self::User, Self::Tenant, Self::Plan];

    pub const fn key(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Tenant => "tenant",
            Self::Plan => "plan",
            Self::Rollout => "rollout",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::User, Self::Tenant, Self::Plan, Self::Rollout]
            .into_iter()
            .find(|level| level.key() == key)
    }
}

/// What decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FlagReason {
    /// Off for everybody, whatever else was said.
    KillSwitch,
    /// It was said for this person.
    User,
    /// It was said for the organization.
    Tenant,
    /// It was said for the organization's plan.
    Plan,
    /// It is rolled out to this share, in percent, and the value says whether they are in it.
    Rollout { percent: u8 },
    /// Nobody has said anything.
    Default,
}

/// What a flag is for somebody, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagValue {
    pub on: bool,
    pub reason: FlagReason,
}

/// Those that are on for who asks: all that pages and islands hear of flags.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FlagSet(BTreeSet<Flag>);

impl FlagSet {
    pub fn is_on(&self, flag: Flag) -> bool {
        self.0.contains(&flag)
    }
}

impl FromIterator<Flag> for FlagSet {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Self {
        Self(flags.into_iter().collect())
    }
}

/// A flag, for the list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagRow {
    pub flag: Flag,
    pub killed: bool,
    pub rollout: Option<u8>,
    /// For how many something else was said.
    pub overrides: u32,
    /// `None` as long as nobody has said anything.
    pub changed: Option<Moment>,
}

/// What is kept of a flag that is no longer declared. It counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagLeftover {
    pub key: String,
    pub born: String,
    /// Whether the key is declared again, with another birth.
    pub reused: bool,
    pub killed: bool,
    pub rollout: Option<u8>,
    pub overrides: u32,
    pub changed: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagList {
    pub flags: Vec<FlagRow>,
    pub leftovers: Vec<FlagLeftover>,
}

/// One who was told otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagOverride {
    pub level: FlagLevel,
    /// What it is kept under: an id, or the key of a plan.
    pub subject: String,
    /// An address, for people; a name, for the rest. `None` when they are gone.
    pub name: Option<String>,
    pub value: bool,
    pub since: Moment,
    /// Who said so.
    pub by: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagDetail {
    pub row: FlagRow,
    /// Counts the changes; a form says which it was made of.
    pub version: i64,
    pub overrides: Vec<FlagOverride>,
    /// Keys and names.
    pub plans: Vec<(String, String)>,
    /// Whether whoever asked may pull the kill switch at once, or proves a second factor first.
    pub fresh_factor: bool,
}

/// What a declared flag is for an organization, on the staff's page of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagForOne {
    pub flag: Flag,
    pub value: FlagValue,
}

/// What a flag would be for an organization, a person, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FlagPreview {
    Value(FlagValue),
    NoSuchOrganization,
    NoSuchPerson,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_births_are_well_formed_and_keys_are_there_once() {
        let mut keys = BTreeSet::new();
        for flag in Flag::ALL {
            assert!(keys.insert(flag.key()), "{} is there twice", flag.key());
            assert!(flag.key().contains('.') && flag.key().len() <= 64, "{}", flag.key());
            assert!(
                flag.key()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || matches!(c, '.' | '_')),
                "{}",
                flag.key()
            );
            let parts: Vec<_> = flag.born().split('-').map(str::len).collect();
            assert_eq!(parts, [4, 2, 2], "{}", flag.born());
            assert_eq!(Flag::from_key(flag.key()), Some(*flag));
        }
        assert_eq!(Flag::from_key("magic"), None);
    }

    #[test]
    fn a_set_is_its_keys() {
        let set: FlagSet = [Flag::SignUp].into_iter().collect();
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["sign_up.open"]"#);
        assert!(set.is_on(Flag::SignUp) && !set.is_on(Flag::PaletteProjects));
    }
}
