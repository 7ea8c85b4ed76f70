//! One's own account as its pages see it.

use serde::{Deserialize, Serialize};

use crate::{
    ids::SessionId,
    preferences::{Locale, Theme},
    slug::Slug,
    staff::StaffRole,
    time::Moment,
};

/// How far the proof of the address has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verification {
    Verified,
    /// Everything works until then; a banner reminds.
    Grace {
        until: Moment,
    },
    /// Only verifying, signing out and finishing the wizard work.
    Required,
}

/// The person who is signed in, for every frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub name: String,
    pub email: String,
    pub theme: Theme,
    pub locale: Locale,
    pub verification: Verification,
    /// What they are among the platform's staff, if they are of it.
    pub staff: Option<StaffRole>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub email: String,
    pub locale: Locale,
    /// IANA name, such as `Europe/Lisbon`.
    pub time_zone: String,
    pub theme: Theme,
    pub notify_new_sign_in: bool,
}

/// One signed-in device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    pub id: SessionId,
    /// Such as "Firefox on Linux".
    pub device: String,
    pub address: String,
    pub signed_in: Moment,
    pub last_seen: Moment,
    /// The one that asks.
    pub current: bool,
}

/// What closing the account would do, and whether the person who asks may do it at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub email: String,
    /// Otherwise they prove it by their password, or sign in again first.
    pub signed_in_recently: bool,
    pub has_password: bool,
    /// Organizations with people that would be left without an owner: they are handed over or deleted first.
    pub blocking: Vec<ClosingOrganization>,
    /// Those that nobody else is in: they go as well.
    pub ending: Vec<ClosingOrganization>,
    /// Those that go on without them.
    pub leaving: Vec<ClosingOrganization>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingOrganization {
    pub name: String,
    pub slug: Slug,
}
