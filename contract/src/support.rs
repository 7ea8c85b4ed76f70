//! Support sessions: somebody of the staff in an organization that has let them in, to parts of it and until a time.

use serde::{Deserialize, Serialize};

use crate::{
    iam::{Permission, PermissionSet},
    ids::{SupportSessionId, TenantId, UserId},
    time::Moment,
    visits::{VisitAct, VisitMode},
};

/// A part of an organization that support can be let into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportArea {
    /// Projects, tasks and workspaces.
    Work,
    /// Who belongs to it, and their roles.
    People,
    /// What it is called, and where it is found.
    Settings,
    /// Its plan and its bills, to look at.
    Billing,
    /// Its audit log, to look at.
    Log,
}

/// Where a right belongs, as far as support can be let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Everywhere,
    In(SupportArea),
    /// Nobody lets support do this.
    Nowhere,
}

/// What leads to credentials, bills, keys, roles or who belongs to the organization, and its end, is in no area. What is
/// changed within one is decided by [`VisitMode::covers`] besides.
const fn place(right: Permission) -> Place {
    use Permission as P;
    match right {
        P::TenantRead => Place::Everywhere,
        P::ProjectsRead
        | P::ProjectsCreate
        | P::ProjectsUpdate
        // The bin is looked at by who may empty it, and all there is by who sees to the workspaces.
        | P::ProjectsDelete
        | P::WorkspacesManage
        | P::TasksCreate
        | P::TasksUpdate
        | P::TasksDelete => Place::In(SupportArea::Work),
        P::MembersRead | P::RolesRead => Place::In(SupportArea::People),
        P::TenantUpdate => Place::In(SupportArea::Settings),
        P::BillingRead => Place::In(SupportArea::Billing),
        P::AuditRead => Place::In(SupportArea::Log),
        P::TenantDelete
        | P::MembersInvite
        | P::MembersUpdate
        | P::MembersRemove
        | P::RolesManage
        | P::BillingManage => Place::Nowhere,
    }
}

impl SupportArea {
    pub const ALL: &[Self] = &[Self::Work, Self::People, Self::Settings, Self::Billing, Self::Log];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::People => "people",
            Self::Settings => "settings",
            Self::Billing => "billing",
            Self::Log => "log",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|area| area.key() == key)
    }
}

/// Which parts, and whether something may be changed in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportScope {
    areas: Vec<SupportArea>,
    write: bool,
}

impl SupportScope {
    /// Each area once, in the order of [`SupportArea::ALL`]. `None` without any.
    pub fn new(areas: &[SupportArea], write: bool) -> Option<Self> {
        let areas: Vec<_> = SupportArea::ALL
            .iter()
            .copied()
            .filter(|area| areas.contains(area))
            .collect();
        (!areas.is_empty()).then_some(Self { areas, write })
    }

    pub fn areas(&self) -> &[SupportArea] {
        &self.areas
    }

    pub const fn may_write(&self) -> bool {
        self.write
    }

    pub const fn mode(&self) -> VisitMode {
        if self.write {
            VisitMode::Elevated
        } else {
            VisitMode::ReadOnly
        }
    }

    /// What is left of somebody's rights.
    #[must_use]
    pub fn within(&self, rights: PermissionSet) -> PermissionSet {
        rights
            .iter()
            .filter(|right| match place(*right) {
                Place::Everywhere => true,
                Place::In(area) => self.areas.contains(&area),
                Place::Nowhere => false,
            })
            .collect()
    }
}

/// How far a support session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportState {
    /// Staff have asked, and nobody has answered.
    Requested,
    /// A member has let them in, or has offered to.
    Approved,
    /// The organization lets in whoever only looks.
    AutoApproved,
    Denied,
    /// Nobody has answered in time.
    Lapsed,
    /// Somebody is about to come in.
    HandoffPending,
    /// Somebody is in.
    Active,
    EndedBySupport,
    EndedByCustomer,
    Expired,
    /// Staff who watch over the others put an end to it, or it was found that it may not go on.
    Revoked,
}

impl SupportState {
    pub const ALL: &[Self] = &[
        Self::Requested,
        Self::Approved,
        Self::AutoApproved,
        Self::Denied,
        Self::Lapsed,
        Self::HandoffPending,
        Self::Active,
        Self::EndedBySupport,
        Self::EndedByCustomer,
        Self::Expired,
        Self::Revoked,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::AutoApproved => "auto_approved",
            Self::Denied => "denied",
            Self::Lapsed => "lapsed",
            Self::HandoffPending => "handoff_pending",
            Self::Active => "active",
            Self::EndedBySupport => "ended_by_support",
            Self::EndedByCustomer => "ended_by_customer",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.key() == key)
    }

    /// Whether nothing follows.
    pub const fn is_over(self) -> bool {
        match self {
            Self::Denied
            | Self::Lapsed
            | Self::EndedBySupport
            | Self::EndedByCustomer
            | Self::Expired
            | Self::Revoked => true,
            Self::Requested | Self::Approved | Self::AutoApproved | Self::HandoffPending | Self::Active => false,
        }
    }

    /// Whether support may be in.
    pub const fn is_granted(self) -> bool {
        !self.is_over() && !matches!(self, Self::Requested)
    }

    /// Whether members are told that somebody is in.
    pub const fn is_inside(self) -> bool {
        matches!(self, Self::HandoffPending | Self::Active)
    }
}

/// Whom an organization lets in without being asked each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportPolicy {
    /// Nobody, and nobody is asked.
    Never,
    #[default]
    OnApproval,
    /// Whoever only looks. Who wants to change something asks.
    AlwaysReadOnly,
}

impl SupportPolicy {
    pub const ALL: &[Self] = &[Self::Never, Self::OnApproval, Self::AlwaysReadOnly];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::OnApproval => "on_approval",
            Self::AlwaysReadOnly => "always_read_only",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|policy| policy.key() == key)
    }
}

/// For how long support is let in, in hours, counted from the moment at which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportHours(u8);

impl SupportHours {
    /// What can be chosen.
    pub const CHOICES: [u8; 5] = [1, 4, 8, 24, 72];

    pub fn new(hours: u8) -> Option<Self> {
        Self::CHOICES.contains(&hours).then_some(Self(hours))
    }

    pub const fn get(self) -> u8 {
        self.0
    }
}

/// Why staff cannot come in, or ask to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SupportObstacle {
    /// It lets nobody in.
    PolicyNever,
    /// The organization is gone, or closed.
    OrganizationGone,
    /// They have asked, or may come in already.
    AlreadyAsked,
    /// One organization at a time, whether on a visit or let in.
    AlreadyInside,
    /// It is somebody else's, not granted, or over.
    NotOpen,
    /// Whoever let them in is no longer there.
    HostGone,
}

/// One support session, for the lists of staff and of the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportRow {
    pub id: SupportSessionId,
    pub tenant: TenantId,
    pub organization: String,
    pub state: SupportState,
    pub scope: SupportScope,
    pub hours: u8,
    /// A member let support in without being asked.
    pub offered: bool,
    /// Let in by the organization's policy.
    pub by_policy: bool,
    /// `None` for an offer that nobody has taken up.
    pub operator: Option<UserId>,
    pub operator_name: Option<String>,
    /// Who let them in; `None` before anybody has.
    pub host_name: Option<String>,
    pub reason: String,
    pub ticket: Option<String>,
    pub created: Moment,
    pub expires: Option<Moment>,
    pub entered: Option<Moment>,
    pub ended: Option<Moment>,
    pub ended_by: Option<String>,
    /// Whether the one who asks is its operator.
    pub mine: bool,
}

/// One support session with all of what was done in it, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportDetail {
    pub session: SupportRow,
    /// `None` for who does not read the log.
    pub acts: Option<Vec<VisitAct>>,
    /// Whether the list of acts was cut off.
    pub more: bool,
    /// Why the one who asks cannot come in. Nothing for who does not work as support.
    pub obstacle: Option<SupportObstacle>,
    /// Whether their second factor was proven a moment ago.
    pub fresh: bool,
}

/// What an organization has decided about support, and who was let in, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportOverview {
    pub policy: SupportPolicy,
    pub sessions: Vec<SupportRow>,
}

/// An organization whose support is asked for, before it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportChoice {
    pub tenant: TenantId,
    pub organization: String,
    pub policy: SupportPolicy,
    pub obstacle: Option<SupportObstacle>,
}

/// Which support sessions are asked for, as it stands in the URL.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SupportQuery {
    /// `waiting`, `granted` or `over`; empty is all.
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub tenant: Option<TenantId>,
    /// Part of a name: of the organization or the operator.
    #[serde(default)]
    pub search: String,
    /// The session before which a page begins.
    #[serde(default)]
    pub before: Option<SupportSessionId>,
}

/// A page of support sessions, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportList {
    pub sessions: Vec<SupportRow>,
    /// The `before` of the page of older ones.
    pub older: Option<SupportSessionId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam::DefaultRole;

    fn owner() -> PermissionSet {
        DefaultRole::Owner.permissions().iter().copied().collect()
    }

    fn keys(areas: &[SupportArea], rights: PermissionSet) -> Vec<&'static str> {
        let scope = SupportScope::new(areas, true).unwrap();
        scope.within(rights).iter().map(Permission::key).collect()
    }

    /// Written out a second time, so that a right that comes to be has to be thought about here as well.
    #[test]
    fn each_area_leads_to_these_rights_of_the_host_and_to_no_others() {
        for (area, rights) in [
            (
                SupportArea::Work,
                "workspaces.manage projects.read projects.create projects.update projects.delete tasks.create tasks.update \
                 tasks.delete",
            ),
            (SupportArea::People, "members.read roles.read"),
            (SupportArea::Settings, "tenant.update"),
            (SupportArea::Billing, "billing.read"),
            (SupportArea::Log, "audit.read"),
        ] {
            let mut found = keys(&[area], owner());
            found.retain(|key| *key != "tenant.read");
            assert_eq!(found.join(" "), rights, "{area:?}");
        }
        let nobody = PermissionSet::default();
        assert_eq!(keys(SupportArea::ALL, nobody), [""; 0], "a host gives what they have");
    }

    #[test]
    fn what_is_let_be_changed_is_within_what_a_visit_covers() {
        let all = SupportScope::new(SupportArea::ALL, true).unwrap();
        let changes: Vec<_> = all
            .within(owner())
            .iter()
            .filter(|right| all.mode().covers(*right))
            .map(Permission::key)
            .collect();
        assert_eq!(
            changes,
            [
                "tenant.update",
                "projects.create",
                "projects.update",
                "tasks.create",
                "tasks.update"
            ]
        );
        let reads = SupportScope::new(SupportArea::ALL, false).unwrap();
        assert!(!owner().iter().any(|right| reads.mode().covers(right)));
    }

    #[test]
    fn a_scope_names_each_area_once_and_at_least_one() {
        let twice = [SupportArea::Log, SupportArea::Work, SupportArea::Log];
        let scope = SupportScope::new(&twice, false).unwrap();
        assert_eq!(scope.areas(), [SupportArea::Work, SupportArea::Log]);
        assert_eq!(SupportScope::new(&[], true), None);
    }

    #[test]
    fn keys_go_both_ways() {
        for area in SupportArea::ALL {
            assert_eq!(SupportArea::from_key(area.key()), Some(*area));
        }
        for state in SupportState::ALL {
            assert_eq!(SupportState::from_key(state.key()), Some(*state));
        }
        for policy in SupportPolicy::ALL {
            assert_eq!(SupportPolicy::from_key(policy.key()), Some(*policy));
        }
        assert_eq!(SupportHours::new(2), None);
        assert_eq!(SupportHours::new(72).map(SupportHours::get), Some(72));
    }
}
