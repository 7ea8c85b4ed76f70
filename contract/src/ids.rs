//! Identifiers. A newtype each, so that a task's id cannot be passed where a project's is meant.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A person, whatever organizations they belong to.
    UserId,
    /// A sign-in on one device. Not the secret in its cookie.
    SessionId,
    /// An organization that pays for the product.
    TenantId,
    /// A passkey as it is kept here. Not the id by which its device knows it.
    PasskeyId,
    /// A role inside one organization.
    RoleId,
    /// An open or ended invitation to an organization. Not the secret in its link.
    InvitationId,
    /// What became of one paste of addresses.
    InvitationBatchId,
    /// A team inside one organization.
    WorkspaceId,
    /// An owner's offer to hand the organization over.
    OwnershipOfferId,
    /// A project of the sample domain.
    ProjectId,
    /// A task of the sample domain.
    TaskId,
    /// A notice of something that concerns everybody.
    IncidentId,
    /// A time in which something is closed.
    MaintenanceWindowId,
    /// An open or ended invitation to the platform's staff. Not the secret in its link.
    StaffInvitationId,
    /// A visit of the staff to an organization. Not the secret in its cookie.
    VisitId,
    /// A support session, asked for, going on or over. Not the secret in its cookie.
    SupportSessionId,
    /// A message of the payment provider, as it was kept. Not the provider's id of it.
    PaymentEventId,
    /// What somebody reported as a problem.
    ReportId,
}
