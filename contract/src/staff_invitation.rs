//! Invitations to the platform's staff.

use serde::{Deserialize, Serialize};

use crate::{ids::StaffInvitationId, staff::StaffRole, time::Moment};

/// One that is open, for the list of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffInvitation {
    pub id: StaffInvitationId,
    pub email: String,
    pub role: StaffRole,
    /// Who invited, by name.
    pub inviter: String,
    pub sent: Moment,
    pub expires: Moment,
    pub expired: bool,
}

/// What is open, and whom one may invite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffInvitations {
    pub open: Vec<StaffInvitation>,
    /// The domains that staff come from.
    pub domains: Vec<String>,
    /// Whether a second factor was proven recently enough to change anything here.
    pub fresh_factor: bool,
}

/// Where an invitation stands for who opens its link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffInvitationState {
    /// Nobody has an account with this address: one is made on the way.
    New,
    /// Somebody has, and is not signed in.
    SignedOut,
    /// The invited person is signed in, and can accept.
    Ready,
    /// Somebody else is signed in.
    OtherAddress { own: String },
    /// The invited person belongs to organizations, and staff belong to none.
    HasOrganizations,
    /// They are of the staff already.
    AlreadyStaff,
    /// Too old, used, replaced or taken back, or of somebody who may not invite any more.
    Over,
}

/// An invitation as its link shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffOffer {
    pub email: String,
    pub role: StaffRole,
    pub inviter: String,
    pub state: StaffInvitationState,
}
