//! Organizations as pages and clients see them.

use serde::{Deserialize, Serialize};

use crate::{
    billing::{Access, BillingStanding, Feature},
    flag::FlagSet,
    iam::{MemberType, PermissionSet},
    maintenance::{MaintenanceLevel, MaintenanceNotice},
    slug::Slug,
    time::Moment,
    visits::VisitMode,
};

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
    pub status: TenantStatus,
}

/// The organization one is in, for the frame around every page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    pub slug: Slug,
    pub name: String,
    pub status: TenantStatus,
    /// When one that was deleted is gone for good.
    pub purge_after: Option<Moment>,
    pub plan: String,
    /// What the plan includes of what not every plan does.
    pub features: Vec<Feature>,
    /// What is switched on for the person who asks, in it.
    pub flags: FlagSet,
    pub billing: BillingStanding,
    /// The plan has no room for the person who asks: they read and change nothing.
    pub paused: bool,
    pub role: String,
    pub member_type: MemberType,
    pub permissions: PermissionSet,
    /// Whether an owner has offered it to the person, and waits for an answer.
    pub ownership_offered: bool,
    /// Every organization of the person, this one included, by name.
    pub memberships: Vec<Membership>,
    /// What is on for it at this moment.
    pub maintenance: Option<MaintenanceNotice>,
    /// Whether somebody of the staff looks at it as this person, and what they may do.
    pub visit: Option<VisitMode>,
}

impl Organization {
    /// Whether anything in it can be changed by the person who asks, as far as it does not depend on their rights: it is active
    /// and paid for, and its plan has room for them.
    pub fn is_open_for_work(&self) -> bool {
        let held = self
            .maintenance
            .as_ref()
            .is_some_and(|notice| notice.level >= MaintenanceLevel::ReadOnly);
        self.status == TenantStatus::Active
            && self.billing.state.access() == Access::Full
            && !self.paused
            && !held
            && self.visit != Some(VisitMode::ReadOnly)
    }
}

/// What deleting an organization would take away, and whether the person who asks may do it at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Otherwise they sign in again first.
    pub signed_in_recently: bool,
    pub people: u32,
    pub projects: u32,
    pub tasks: u32,
    /// When it would be gone for good if it were deleted now.
    pub gone: Moment,
}
