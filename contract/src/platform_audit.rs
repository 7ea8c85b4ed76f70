//! The log of everything, as staff see it.

use serde::{Deserialize, Serialize};

use crate::audit::{AuditPerson, AuditQuery, AuditRow};

/// What is asked for, as it stands in the URL. What is empty is not asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlatformAuditQuery {
    /// What every log is asked for. Whose entries it shows is said by `person`.
    #[serde(default)]
    pub log: AuditQuery,
    /// The address of an organization, or its id.
    #[serde(default)]
    pub organization: String,
    /// The e-mail address of a person, or their id.
    #[serde(default)]
    pub person: String,
    /// By which right something was done, as its key.
    #[serde(default)]
    pub origin: String,
}

/// By which right something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuditOrigin {
    Anonymous,
    Session,
    ApiKey,
    Impersonation,
    Support,
    Staff,
    System,
}

impl AuditOrigin {
    pub const ALL: &[Self] = &[
        Self::Session,
        Self::Staff,
        Self::Impersonation,
        Self::Support,
        Self::ApiKey,
        Self::Anonymous,
        Self::System,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Session => "session",
            Self::ApiKey => "api_key",
            Self::Impersonation => "impersonation",
            Self::Support => "support",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|origin| origin.key() == key)
    }
}

/// An organization as the log names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditOrganization {
    /// What leads to everything about it: its address, or its id once nothing is left of it.
    pub key: String,
    /// `None` once nothing is left of it.
    pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformAuditRow {
    pub row: AuditRow,
    pub origin: AuditOrigin,
    /// In whose name it was done, where that was somebody else's.
    pub on_behalf_of: Option<AuditPerson>,
    /// `None` outside of any organization.
    pub organization: Option<AuditOrganization>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlatformAuditList {
    Found {
        rows: Vec<PlatformAuditRow>,
        /// The `before` of the page of older entries.
        older: Option<String>,
        /// Whether words were looked for among the entries of the last 30 days alone.
        only_recent: bool,
    },
    NoSuchOrganization,
    NoSuchPerson,
}
