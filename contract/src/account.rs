//! One's own account as its pages see it.

use serde::{Deserialize, Serialize};

use crate::{
    ids::SessionId,
    preferences::{Locale, Theme},
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
