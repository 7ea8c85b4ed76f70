//! Notices of incidents: what kind, how far it has come, and what was said.

use serde::{Deserialize, Serialize};

use crate::{
    ids::IncidentId,
    maintenance::{MaintenanceLevel, PublicMaintenance},
    time::Moment,
};

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    /// Something does not work.
    Outage,
    /// Something works slowly, or not always.
    Degraded,
    /// Work is announced that people will notice.
    Maintenance,
    /// Worth knowing, and nothing is wrong.
    Information,
}

impl IncidentKind {
    pub const ALL: &[Self] = &[Self::Outage, Self::Degraded, Self::Maintenance, Self::Information];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Degraded => "degraded",
            Self::Maintenance => "maintenance",
            Self::Information => "information",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// Whether something is wrong, so that a cause is looked for.
    pub const fn is_trouble(self) -> bool {
        matches!(self, Self::Outage | Self::Degraded)
    }

    /// How it begins: where nothing is wrong there is nothing to find out.
    pub const fn begins(self) -> IncidentState {
        if self.is_trouble() {
            IncidentState::Investigating
        } else {
            IncidentState::Monitoring
        }
    }
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentState {
    Investigating,
    Identified,
    Monitoring,
    Resolved,
}

impl IncidentState {
    pub const ALL: &[Self] = &[Self::Investigating, Self::Identified, Self::Monitoring, Self::Resolved];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.key() == key)
    }

    /// Whether something said about it may leave it in this state. More can be said without a step, steps can be left out, and
    /// what was thought to be over goes back a step. What is resolved stays so: the next time is another incident.
    pub const fn may_become(self, next: Self) -> bool {
        match (self, next) {
            (Self::Resolved, _) | (Self::Identified, Self::Investigating) => false,
            (
                Self::Investigating | Self::Identified | Self::Monitoring,
                Self::Investigating | Self::Identified | Self::Monitoring | Self::Resolved,
            ) => true,
        }
    }
}

/// One of them, in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    pub id: IncidentId,
    pub kind: IncidentKind,
    pub state: IncidentState,
    pub title: String,
    pub starts: Moment,
    pub ends: Option<Moment>,
    pub resolved: Option<Moment>,
    pub archived: Option<Moment>,
    /// When something was last said.
    pub updated: Moment,
    /// The notice stands over the pages at this moment.
    pub shown: bool,
}

/// What was said once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentUpdate {
    pub state: IncidentState,
    pub text: String,
    pub at: Moment,
    /// Who said it; told to staff only.
    pub by: Option<String>,
}

/// One of them with all that was said, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentDetails {
    pub incident: Incident,
    pub updates: Vec<IncidentUpdate>,
    pub form: IncidentForm,
}

/// What a form that corrects one starts with, in the zone of whoever reads. The title is the incident's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentForm {
    /// As a browser's field for a day and a time holds it.
    pub starts: String,
    /// The same; empty when it stands until it is resolved.
    pub ends: String,
    /// Its beginning lies behind, and stays.
    pub begun: bool,
    /// When something was last said or corrected, to the microsecond; RFC 3339, UTC. Sent back, it tells what was seen.
    pub seen: String,
}

/// Which of them a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentFilter {
    /// Not resolved, not archived.
    #[default]
    Open,
    /// All that are not archived.
    All,
    Archived,
}

impl IncidentFilter {
    pub const ALL: &[Self] = &[Self::Open, Self::All, Self::Archived];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::All => "all",
            Self::Archived => "archived",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|filter| filter.key() == key)
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentList {
    pub incidents: Vec<Incident>,
    /// There are older ones than the last of these.
    pub more: bool,
}

/// What the public page tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub health: Health,
    /// The window that counts for each surface where one is on.
    pub maintenance: Vec<PublicMaintenance>,
    /// Windows that have not begun, in the order in which they do.
    pub planned: Vec<PublicMaintenance>,
    /// What is the case now, the worst first.
    pub current: Vec<IncidentDetails>,
    /// What is announced and has not begun.
    pub upcoming: Vec<IncidentDetails>,
    /// What was, the newest first.
    pub past: Vec<IncidentDetails>,
}

/// The house in one word; each is worse than the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    Fine,
    Degraded,
    Outage,
}

impl Health {
    /// As bad as the worst of what is the case: incidents, and the windows that are on. What is closed does not work, whatever
    /// the reason, and what is read-only does not always.
    pub fn of(
        current: impl IntoIterator<Item = IncidentKind>,
        maintenance: impl IntoIterator<Item = MaintenanceLevel>,
    ) -> Self {
        let troubles = current.into_iter().map(|kind| match kind {
            IncidentKind::Outage => Self::Outage,
            IncidentKind::Degraded => Self::Degraded,
            IncidentKind::Maintenance | IncidentKind::Information => Self::Fine,
        });
        let windows = maintenance.into_iter().map(|level| match level {
            MaintenanceLevel::Closed => Self::Outage,
            MaintenanceLevel::ReadOnly => Self::Degraded,
            MaintenanceLevel::Banner => Self::Fine,
        });
        troubles.chain(windows).max().unwrap_or(Self::Fine)
    }
}

#[cfg(test)]
mod tests {
    use super::{IncidentState::*, *};

    #[test]
    fn what_is_resolved_stays_so_and_a_known_cause_is_not_forgotten() {
        let allowed: Vec<_> = IncidentState::ALL
            .iter()
            .flat_map(|from| IncidentState::ALL.iter().map(move |to| (*from, *to)))
            .filter(|(from, to)| from.may_become(*to))
            .collect();
        assert_eq!(
            allowed,
            [
                (Investigating, Investigating),
                (Investigating, Identified),
                (Investigating, Monitoring),
                (Investigating, Resolved),
                (Identified, Identified),
                (Identified, Monitoring),
                (Identified, Resolved),
                (Monitoring, Investigating),
                (Monitoring, Identified),
                (Monitoring, Monitoring),
                (Monitoring, Resolved),
            ]
        );
    }

    #[test]
    fn keys_go_both_ways() {
        for kind in IncidentKind::ALL {
            assert_eq!(IncidentKind::from_key(kind.key()), Some(*kind));
        }
        for state in IncidentState::ALL {
            assert_eq!(IncidentState::from_key(state.key()), Some(*state));
        }
        for filter in IncidentFilter::ALL {
            assert_eq!(IncidentFilter::from_key(filter.key()), Some(*filter));
        }
    }

    #[test]
    fn the_house_is_as_ill_as_its_worst_trouble() {
        use IncidentKind::{Degraded, Information, Maintenance, Outage};
        let of = |current: &[IncidentKind]| Health::of(current.iter().copied(), []);
        assert_eq!(of(&[]), Health::Fine);
        assert_eq!(of(&[Information, Maintenance]), Health::Fine);
        assert_eq!(of(&[Information, Degraded]), Health::Degraded);
        assert_eq!(of(&[Outage, Degraded]), Health::Outage);
    }

    #[test]
    fn what_is_closed_does_not_work_and_what_is_read_only_does_not_always() {
        use MaintenanceLevel::{Banner, Closed, ReadOnly};
        assert_eq!(Health::of([], [Banner]), Health::Fine);
        assert_eq!(Health::of([], [Banner, ReadOnly]), Health::Degraded);
        assert_eq!(Health::of([], [Closed, ReadOnly]), Health::Outage);
        assert_eq!(Health::of([IncidentKind::Outage], [ReadOnly]), Health::Outage);
        assert_eq!(Health::of([IncidentKind::Degraded], [Closed]), Health::Outage);
    }
}
