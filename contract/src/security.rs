//! What looks like an attack, as staff see it.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{SessionId, UserId},
    time::Moment,
};

/// Somebody who has to wait, because something was tried too often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lockout {
    /// What was tried, as its key.
    pub policy: String,
    /// Under which it is kept: a hash, in hexadecimal. Whose it is does not stand there.
    pub key: String,
    pub attempts: u32,
    pub since: Moment,
    pub until: Moment,
    /// Whether it is that of the account or the client who was asked for.
    pub asked: bool,
}

/// For how long an address is blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockPeriod {
    Hour,
    Day,
}

impl BlockPeriod {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Hour, Self::Day].into_iter().find(|period| period.key() == key)
    }
}

/// An address from which nobody may come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockedAddress {
    pub address: String,
    pub reason: String,
    /// Who blocked it.
    pub by: String,
    pub until: Moment,
}

/// Failed sign-ins from one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureBurst {
    pub address: String,
    /// Whether nobody may come in from there already.
    pub blocked: bool,
    pub failures: u32,
    pub first: Moment,
    pub last: Moment,
}

/// How often something is refused at the moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storm {
    pub policy: String,
    /// How many have to wait.
    pub waiting: u32,
    /// What they tried, together.
    pub attempts: u32,
}

/// Somebody who signed in twice within minutes from different addresses, or whose session was used from them: the last time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FarApart {
    pub user: UserId,
    pub name: String,
    pub email: String,
    /// The one that was used from both, while it lives.
    pub session: Option<SessionId>,
    pub first_address: String,
    pub second_address: String,
    pub first: Moment,
    pub second: Moment,
    /// How often in all.
    pub times: u32,
    /// Sessions that are alive now.
    pub sessions: u32,
}

/// Somebody whose passkey was refused because there may be a copy of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedPasskey {
    pub user: UserId,
    pub name: String,
    pub email: String,
    /// From where it was used.
    pub address: String,
    pub at: Moment,
    /// Sessions that are alive now.
    pub sessions: u32,
}

/// What was good once, and was brought again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reused {
    pub user: UserId,
    pub name: String,
    pub email: String,
    /// As in the audit log.
    pub kind: String,
    pub times: u32,
    /// From where it was brought, the last time.
    pub address: String,
    pub at: Moment,
    /// Sessions that are alive now.
    pub sessions: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityReport {
    /// Whether the second factor was proven a moment ago, as what is dangerous asks for.
    pub fresh_factor: bool,
    pub lockouts: Vec<Lockout>,
    pub bursts: Vec<FailureBurst>,
    pub storms: Vec<Storm>,
    pub blocked: Vec<BlockedAddress>,
    pub far_apart: Vec<FarApart>,
    pub reused: Vec<Reused>,
    pub copies: Vec<CopiedPasskey>,
}
