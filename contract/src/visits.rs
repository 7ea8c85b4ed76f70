//! Visits of the staff: an organization as one of its members sees it.

use serde::{Deserialize, Serialize};

use crate::{
    iam::Permission,
    ids::{TenantId, UserId, VisitId},
    time::Moment,
};

/// What a visit may do at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitMode {
    /// Look, and nothing else.
    ReadOnly,
    /// Change what [`Self::covers`] for some minutes.
    Elevated,
}

impl VisitMode {
    pub const ALL: &[Self] = &[Self::ReadOnly, Self::Elevated];

    pub const fn key(self) -> &'static str {
        match self {
            Self::ReadOnly => "read_only",
            Self::Elevated => "elevated",
        }
    }

    /// Whether a visit in this mode may change what this right lets a member change. Never credentials, bills, keys, exports,
    /// roles or who belongs to the organization, and nothing is deleted. What else such a right is good for, such as deciding
    /// who sees a project or who is let in, asks for the member's own hands besides.
    pub const fn covers(self, change: Permission) -> bool {
        use Permission as P;
        match self {
            Self::ReadOnly => false,
            Self::Elevated => match change {
                P::TenantUpdate | P::ProjectsCreate | P::ProjectsUpdate | P::TasksCreate | P::TasksUpdate => true,
                P::TenantRead
                | P::TenantDelete
                | P::MembersRead
                | P::MembersInvite
                | P::MembersUpdate
                | P::MembersRemove
                | P::RolesRead
                | P::RolesManage
                | P::BillingRead
                | P::BillingManage
                | P::AuditRead
                | P::WorkspacesManage
                | P::ProjectsRead
                | P::ProjectsDelete
                | P::TasksDelete => false,
            },
        }
    }
}

/// Why a visit is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitEnd {
    /// The operator left.
    Stopped,
    Expired,
    /// Somebody of the staff put an end to it.
    RevokedByStaff,
    /// An owner of the organization did.
    RevokedByTenant,
    /// The member did with whose eyes it was seen.
    RevokedBySubject,
    /// The operator was signed out, or is no longer staff.
    OperatorGone,
    /// The member is no longer there to be visited.
    SubjectGone,
}

impl VisitEnd {
    pub const ALL: &[Self] = &[
        Self::Stopped,
        Self::Expired,
        Self::RevokedByStaff,
        Self::RevokedByTenant,
        Self::RevokedBySubject,
        Self::OperatorGone,
        Self::SubjectGone,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Expired => "expired",
            Self::RevokedByStaff => "revoked_by_staff",
            Self::RevokedByTenant => "revoked_by_tenant",
            Self::RevokedBySubject => "revoked_by_subject",
            Self::OperatorGone => "operator_gone",
            Self::SubjectGone => "subject_gone",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|end| end.key() == key)
    }
}

/// Why somebody cannot be visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum VisitObstacle {
    Yourself,
    /// Staff are visited by nobody.
    Staff,
    /// Suspended or deleted, in the organization or altogether, or never there.
    NotActive,
    /// The organization is gone, or on its way.
    OrganizationGone,
    /// One visit at a time.
    AlreadyVisiting,
}

/// Who is to be visited, before it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitChoice {
    pub tenant: TenantId,
    pub organization: String,
    pub subject: UserId,
    pub subject_name: String,
    pub subject_email: String,
    pub obstacle: Option<VisitObstacle>,
    /// Whether the second factor was proven a moment ago.
    pub fresh: bool,
}

/// One visit, for the lists of staff and of the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitRow {
    pub id: VisitId,
    pub tenant: TenantId,
    pub organization: String,
    pub operator: UserId,
    pub operator_name: String,
    pub subject: UserId,
    pub subject_name: String,
    /// The furthest it went.
    pub mode: VisitMode,
    pub reason: String,
    pub ticket: Option<String>,
    pub began: Moment,
    pub expires: Moment,
    /// `None` while it is open.
    pub ended: Option<Moment>,
    pub end: Option<VisitEnd>,
    pub ended_by: Option<String>,
    /// Whole minutes, begun ones counted.
    pub minutes: u32,
    /// Whether the one who asks is its operator.
    pub mine: bool,
}

/// What was seen or done in a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitAct {
    pub when: Moment,
    /// The key of what happened.
    pub action: String,
    /// The page or the act, or the name of what it happened to.
    pub what: Option<String>,
}

/// One visit with all of what was done in it, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitDetail {
    pub visit: VisitRow,
    pub acts: Vec<VisitAct>,
    /// Whether the list of acts was cut off.
    pub more: bool,
}

/// Which visits are asked for, as it stands in the URL.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VisitQuery {
    /// `open` or `ended`; empty is both.
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub tenant: Option<TenantId>,
    /// Part of a name: of the organization, the operator or the member.
    #[serde(default)]
    pub search: String,
    /// The visit before which a page begins.
    #[serde(default)]
    pub before: Option<VisitId>,
}

/// A page of visits, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitList {
    pub visits: Vec<VisitRow>,
    /// The `before` of the page of older ones.
    pub older: Option<VisitId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written out a second time, so that a right that comes to be has to be thought about here as well.
    #[test]
    fn an_elevated_visit_changes_these_things_and_no_others() {
        let covered: Vec<_> = Permission::ALL
            .iter()
            .filter(|right| VisitMode::Elevated.covers(**right))
            .map(|right| right.key())
            .collect();
        assert_eq!(
            covered,
            [
                "tenant.update",
                "projects.create",
                "projects.update",
                "tasks.create",
                "tasks.update"
            ]
        );
        assert!(!Permission::ALL.iter().any(|right| VisitMode::ReadOnly.covers(*right)));
    }

    #[test]
    fn keys_go_both_ways() {
        for end in VisitEnd::ALL {
            assert_eq!(VisitEnd::from_key(end.key()), Some(*end));
        }
    }
}
