//! What people see of the people of an organization.

use serde::{Deserialize, Serialize};

use crate::{
    iam::{MemberType, PermissionSet},
    ids::{InvitationId, OwnershipOfferId, ProjectId, RoleId, UserId, WorkspaceId},
    time::Moment,
};

/// The seats of one class: what is taken, and what the plan allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seats {
    pub used: u32,
    /// `None` is without a limit.
    pub allowed: Option<u32>,
}

/// Nobody loses a seat for there being too many: only new ones are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatState {
    Free,
    AtLimit,
    Over,
}

impl Seats {
    pub fn state(self) -> SeatState {
        match self.allowed.map(|allowed| self.used.cmp(&allowed)) {
            None | Some(std::cmp::Ordering::Less) => SeatState::Free,
            Some(std::cmp::Ordering::Equal) => SeatState::AtLimit,
            Some(std::cmp::Ordering::Greater) => SeatState::Over,
        }
    }
}

/// Members and guests, each in their own class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatUse {
    pub members: Seats,
    pub guests: Seats,
}

/// Whether a member can enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberStatus {
    Active,
    Suspended,
}

impl MemberStatus {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Active, Self::Suspended].into_iter().find(|s| s.key() == key)
    }
}

/// Which people a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeopleFilter {
    #[default]
    All,
    Members,
    Guests,
    Invitations,
    Suspended,
}

impl PeopleFilter {
    pub const ALL: &[Self] = &[
        Self::All,
        Self::Members,
        Self::Guests,
        Self::Invitations,
        Self::Suspended,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Members => "members",
            Self::Guests => "guests",
            Self::Invitations => "invitations",
            Self::Suspended => "suspended",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.key() == key)
    }
}

/// What a list shows, as it stands in the URL. Pages count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PeopleQuery {
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub filter: PeopleFilter,
    #[serde(default)]
    pub role: Option<RoleId>,
    #[serde(default)]
    pub page: u32,
}

impl PeopleQuery {
    /// Rows on a page.
    pub const PAGE_SIZE: u32 = 25;
}

/// Somebody who is in the organization, or an invitation that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Person(UserId),
    Invitation(InvitationId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonState {
    Active,
    /// In, and the plan has no room for them at the moment: they read and change nothing.
    Paused,
    Suspended,
    /// An invitation that can be accepted.
    Pending,
    /// An invitation that can be accepted, and whose mail did not arrive.
    Undeliverable,
    /// An invitation that nobody accepted in time. It takes no seat.
    Expired,
}

/// What a role is, for a list of roles to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleChoice {
    pub id: RoleId,
    pub name: String,
}

/// What the one who asks can do with a person at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each right stands for itself")]
pub struct PersonRights {
    pub change: bool,
    pub suspend: bool,
    pub restore: bool,
    pub remove: bool,
    pub offer_ownership: bool,
    pub leave: bool,
    /// For an invitation: sending it again, taking a link to it, taking it back.
    pub invite: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    pub who: Who,
    /// What the person is called; an invitation has only an address.
    pub name: Option<String>,
    pub email: String,
    pub role: RoleChoice,
    pub member_type: MemberType,
    pub state: PersonState,
    pub you: bool,
    /// When they joined, or were last mailed the invitation.
    pub since: Moment,
    /// When an invitation ends.
    pub expires: Option<Moment>,
    pub invited_by: Option<String>,
    /// When they last changed something here.
    pub last_change: Option<Moment>,
    /// Whether they have a second factor, for who may require it of them.
    pub two_step: Option<bool>,
    pub rights: PersonRights,
}

/// How many there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PeopleFigures {
    pub members: u32,
    pub guests: u32,
    pub invitations: u32,
    pub suspended: u32,
}

impl PeopleFigures {
    pub fn of(self, filter: PeopleFilter) -> u32 {
        match filter {
            PeopleFilter::All => self.members + self.guests + self.invitations + self.suspended,
            PeopleFilter::Members => self.members,
            PeopleFilter::Guests => self.guests,
            PeopleFilter::Invitations => self.invitations,
            PeopleFilter::Suspended => self.suspended,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleList {
    pub rows: Vec<PersonRow>,
    /// How many match, over all pages.
    pub total: u32,
    pub page: u32,
    pub figures: PeopleFigures,
    pub seats: SeatUse,
    /// Every role of the organization, to choose by.
    pub roles: Vec<RoleChoice>,
}

/// A place that somebody was given, a workspace or a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given<Id> {
    pub id: Id,
    pub name: String,
}

/// One person, with all that is known of their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDetail {
    pub row: PersonRow,
    pub permissions: PermissionSet,
    pub workspaces: Vec<Given<WorkspaceId>>,
    pub projects: Vec<Given<ProjectId>>,
    pub open_tasks: u32,
    /// The roles that the one who asks could give, the present one not among them.
    pub roles: Vec<RoleChoice>,
    /// The only active owner cannot go.
    pub last_owner: bool,
    /// Whether the one who asks sees the others too, and not only themselves.
    pub among_others: bool,
}

/// What a change of role or type would come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleChange {
    pub from: RoleChoice,
    pub to: RoleChoice,
    pub makes_owner: bool,
    pub lost: PermissionSet,
    pub gained: PermissionSet,
}

/// An offer of the organization that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnershipOffer {
    pub id: OwnershipOfferId,
    pub giver: String,
    pub receiver: String,
    pub expires: Moment,
    /// Whether the one who asks is the one it was made to.
    pub to_you: bool,
    /// Whether they can accept it now; they can always decline.
    pub acceptable: bool,
    /// Whether the one who asks can take it back.
    pub yours: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_plan_leaves_an_organization_over_its_limit() {
        let state = |used, allowed| Seats { used, allowed }.state();
        assert_eq!(state(4, Some(5)), SeatState::Free);
        assert_eq!(state(5, Some(5)), SeatState::AtLimit);
        assert_eq!(state(6, Some(5)), SeatState::Over);
        assert_eq!(state(600, None), SeatState::Free);
    }
}
