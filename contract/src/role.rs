//! Roles as pages and clients see them.

use serde::{Deserialize, Serialize};

use crate::{
    iam::{DefaultRole, PermissionSet},
    ids::RoleId,
};

/// One role, and who has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    pub id: RoleId,
    /// Which of the roles that every organization has; `None` for one of its own.
    pub default: Option<DefaultRole>,
    pub name: String,
    pub description: String,
    pub permissions: PermissionSet,
    /// Members and guests, suspended ones too.
    pub people: u32,
    /// How many of these are guests.
    pub guests: u32,
    /// Invitations that nobody has answered.
    pub invitations: u32,
    /// Sent back with a change, so that nobody overwrites what they have not seen.
    pub version: i64,
    /// Whether it is the role of who asks.
    pub own: bool,
}

impl Role {
    /// Whether it can be deleted only by saying where somebody goes.
    pub fn is_held(&self) -> bool {
        self.people > 0 || self.invitations > 0
    }
}

/// The roles of an organization: the default ones first, then its own by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleList {
    pub roles: Vec<Role>,
    /// How many of its own an organization may have.
    pub allowed: u32,
}

impl RoleList {
    pub fn is_full(&self) -> bool {
        let own = self.roles.iter().filter(|role| role.default.is_none()).count();
        u32::try_from(own).is_ok_and(|own| own >= self.allowed)
    }
}
