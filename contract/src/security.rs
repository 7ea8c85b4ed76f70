//! What looks like an attack, as staff see it.

use serde::{Deserialize, Serialize};

use crate::{ids::UserId, time::Moment};

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

/// Failed sign-ins from one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureBurst {
    pub address: String,
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

/// Somebody who signed in twice within minutes, from different addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FarApart {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub first_address: String,
    pub second_address: String,
    pub first: Moment,
    pub second: Moment,
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

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityReport {
    pub lockouts: Vec<Lockout>,
    pub bursts: Vec<FailureBurst>,
    pub storms: Vec<Storm>,
    pub far_apart: Vec<FarApart>,
    pub copies: Vec<CopiedPasskey>,
}
