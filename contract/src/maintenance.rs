//! Maintenance: how far something is closed, and what.

use serde::{Deserialize, Serialize};

use crate::{ids::MaintenanceWindowId, time::Moment};

/// How far it goes; each does what the one before it does. Without a window nothing is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaintenanceLevel {
    /// It is said, and everything works.
    Banner,
    /// Everything can be read and nothing changed.
    ReadOnly,
    /// Nothing is answered but that it is closed.
    Closed,
}

impl MaintenanceLevel {
    pub const ALL: &[Self] = &[Self::Banner, Self::ReadOnly, Self::Closed];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Banner => "banner",
            Self::ReadOnly => "read_only",
            Self::Closed => "closed",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.key() == key)
    }
}

/// Pages and functions that can be closed together. Those of staff are never closed: they are the way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// What anybody reads.
    Site,
    /// Signing up and in, invitations, and one's own pages.
    Account,
    /// Organizations, with everything in them.
    Organizations,
}

impl Surface {
    pub const ALL: &[Self] = &[Self::Site, Self::Account, Self::Organizations];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Account => "account",
            Self::Organizations => "organizations",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|surface| surface.key() == key)
    }
}

/// What a window closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MaintenanceScope {
    Everything,
    Surface(Surface),
    /// One organization. One that is gone has no name any more.
    Organization {
        slug: String,
        name: String,
    },
}

/// Where a window stands at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowState {
    Scheduled,
    On,
    Over,
}

/// One window, for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenanceWindow {
    pub id: MaintenanceWindowId,
    pub level: MaintenanceLevel,
    pub scope: MaintenanceScope,
    pub state: WindowState,
    /// What people read of it; may be empty.
    pub message: String,
    pub starts: Moment,
    pub ends: Option<Moment>,
    /// Who ordered it; `None` for who works at the terminal.
    pub by: Option<String>,
    /// When it was ended by hand, before its time.
    pub ended: Option<Moment>,
}

/// What stands over the pages while a window is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenanceNotice {
    pub level: MaintenanceLevel,
    /// May be empty.
    pub message: String,
    /// `None` when nobody knows yet.
    pub until: Option<Moment>,
}

/// What anybody is told of a window for everything or a surface. Nobody is told of one organization's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicMaintenance {
    /// `None` for everything.
    pub surface: Option<Surface>,
    pub level: MaintenanceLevel,
    /// May be empty.
    pub message: String,
    pub starts: Moment,
    /// `None` when nobody knows yet.
    pub ends: Option<Moment>,
}

/// All that are on or will be, in the order in which they begin, and the newest of those that were.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenancePlan {
    pub on: Vec<MaintenanceWindow>,
    pub scheduled: Vec<MaintenanceWindow>,
    pub over: Vec<MaintenanceWindow>,
    /// The second factor was proven recently enough to change any of it.
    pub fresh: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_both_ways_and_closed_is_the_strongest() {
        for level in MaintenanceLevel::ALL {
            assert_eq!(MaintenanceLevel::from_key(level.key()), Some(*level));
            assert!(*level <= MaintenanceLevel::Closed);
        }
        for surface in Surface::ALL {
            assert_eq!(Surface::from_key(surface.key()), Some(*surface));
        }
    }
}
