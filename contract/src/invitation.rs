//! Invitations as pages and clients see them.

use serde::{Deserialize, Serialize};

use crate::{
    error::Limit,
    iam::MemberType,
    ids::{InvitationId, ProjectId, RoleId, WorkspaceId},
    people::SeatUse,
    slug::Slug,
    time::Moment,
};

/// How many addresses are looked at in one go.
pub const BATCH: usize = 50;

/// What became of one address that was pasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteRow {
    /// The address, or what stood there instead.
    pub typed: String,
    pub outcome: InviteOutcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InviteOutcome {
    /// A mail is on its way.
    Invited {
        invitation: InvitationId,
    },
    /// There was an open invitation already: it is this one now, and was mailed again.
    Renewed {
        invitation: InvitationId,
    },
    /// A guest was asked to become a member.
    Upgrading {
        invitation: InvitationId,
    },
    /// Invited, and the mail did not arrive.
    Undeliverable {
        invitation: InvitationId,
    },
    /// Invited, and taken back since.
    TakenBack,
    AlreadyMember,
    /// Locked out for a while: to be restored, not invited.
    Suspended,
    Malformed,
    /// It stands further up in the same paste.
    Twice,
    SeatsFull {
        allowed: u32,
    },
    /// Somebody with more rights has invited this address, with more rights than one can give.
    AboveOwnRights,
    /// This organization, or this address, had enough mails for now.
    Throttled {
        retry_after_seconds: u32,
    },
}

impl InviteOutcome {
    /// The invitation that is open now.
    pub fn invitation(self) -> Option<InvitationId> {
        match self {
            Self::Invited { invitation }
            | Self::Renewed { invitation }
            | Self::Upgrading { invitation }
            | Self::Undeliverable { invitation } => Some(invitation),
            _ => None,
        }
    }

    /// Whether the same address may do after a correction, or later.
    pub fn worth_another_try(self) -> bool {
        matches!(
            self,
            Self::TakenBack | Self::Malformed | Self::SeatsFull { .. } | Self::Throttled { .. }
        )
    }
}

/// What became of a whole paste.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InviteReport {
    pub rows: Vec<InviteRow>,
    /// What stood there beyond [`BATCH`] entries and was not looked at: it goes next.
    #[serde(default)]
    pub rest: Vec<String>,
}

/// What somebody who invites can choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteChoices {
    pub roles: Vec<OfferedRole>,
    pub workspaces: Vec<WorkspaceChoice>,
    pub projects: Vec<ProjectChoice>,
    pub seats: SeatUse,
}

/// A role that is within the rights of who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedRole {
    pub id: RoleId,
    pub name: String,
    /// Whether a guest may have it.
    pub for_guests: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceChoice {
    pub id: WorkspaceId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectChoice {
    pub id: ProjectId,
    pub name: String,
}

/// An invitation as it is told to whoever has its code, and nothing more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub organization: String,
    pub inviter: String,
    pub role: String,
    pub member_type: MemberType,
    pub expires: Moment,
    /// In full for who has proven to have it, otherwise with most of it left out.
    pub address: String,
    /// Whether the code was mailed to that address, so that who has it has the address.
    pub mailed: bool,
    /// Whether the address has an account; told only to who has the address.
    pub has_account: Option<bool>,
    pub state: InvitationState,
}

/// Whether an invitation can be accepted by who looks at it, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// Nobody is signed in.
    SignedOut,
    /// By one press.
    Ready,
    /// It is for another address than the one of who is signed in. `member` is the organization's slug for who is in it.
    OtherAddress {
        own: String,
        member: Option<Slug>,
    },
    /// The link was passed on by hand, so that the address has to be proven first.
    Unverified,
    AlreadyIn {
        organization: Slug,
    },
    /// A member who is locked out for a while.
    Suspended,
    /// Somebody has accepted it already.
    Used,
    Declined,
    Expired,
    /// Paused, suspended or about to be deleted.
    OrganizationInactive,
    /// Nothing can be changed in it as long as it is not paid for. How it stands with its bills is not told to who is outside.
    ReadOnly,
    /// Who invited has left, or may no longer invite.
    InviterGone,
    /// The role has more rights than who invited.
    RoleAbove,
    Full {
        limit: Limit,
        used: u32,
        allowed: u32,
    },
}

/// An open invitation for the address of who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingInvitation {
    pub id: InvitationId,
    pub organization: String,
    pub inviter: String,
    pub role: String,
    pub member_type: MemberType,
    pub expires: Moment,
}
