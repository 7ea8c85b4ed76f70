//! Organizations as pages and clients see them.

use serde::{Deserialize, Serialize};

use crate::{iam::PermissionSet, slug::Slug};

/// Whether an organization can be worked in. Everything but `Active` is read-only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TenantStatus {
    Active,
    Suspended,
    Deactivated,
    Deleting,
}

impl TenantStatus {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Deactivated => "deactivated",
            Self::Deleting => "deleting",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Active, Self::Suspended, Self::Deactivated, Self::Deleting]
            .into_iter()
            .find(|s| s.key() == key)
    }
}

/// One organization of the person who asks, for the switcher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub slug: Slug,
    pub name: String,
    pub role: String,
}

/// The organization one is in, for the frame around every page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    pub slug: Slug,
    pub name: String,
    pub status: TenantStatus,
    pub plan: String,
    /// Whole days that remain of the trial, counting the present one; `None` when there is no trial.
    pub trial_days_left: Option<u32>,
    pub role: String,
    pub permissions: PermissionSet,
    /// Every organization of the person, this one included, by name.
    pub memberships: Vec<Membership>,
}
