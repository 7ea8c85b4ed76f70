//! A role as the rules see it.

use contract::{
    Error, FieldCode,
    iam::{DefaultRole, Permission, PermissionSet},
    ids::RoleId,
    text::{RoleDescription, RoleName},
};

use crate::Result;

/// How many roles of its own an organization may have: more than anybody can tell apart, and few enough to show at once.
pub const MAXIMUM: u32 = 50;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub id: RoleId,
    /// `None` for a role of the organization's own.
    pub default: Option<DefaultRole>,
    pub name: String,
    pub description: String,
    pub permissions: PermissionSet,
    /// Members and guests, suspended ones too.
    pub people: u32,
    /// How many of these are guests.
    pub guests: u32,
    /// Open invitations, those whose time is over too: they can be sent again.
    pub invitations: u32,
    /// When it was last saved, in microseconds.
    pub version: i64,
}

/// What a person says of a role.
#[derive(Debug, Clone)]
pub struct RoleFields {
    pub name: RoleName,
    pub description: RoleDescription,
    pub permissions: PermissionSet,
}

impl RoleFields {
    /// A role that may do nothing is no role, and nobody gives what they do not have.
    pub(super) fn require_within(&self, own: PermissionSet) -> Result<()> {
        if self.permissions.is_empty() {
            return Err(Error::field("permissions", FieldCode::Required).into());
        }
        require_within(self.permissions, own, "permissions")
    }
}

pub(super) fn require_within(permissions: PermissionSet, own: PermissionSet, field: &str) -> Result<()> {
    if permissions.is_subset_of(own) {
        Ok(())
    } else {
        Err(Error::field(field, FieldCode::AboveOwnRights).into())
    }
}

/// Which default role has this key; a role of one's own has a key that is none of theirs.
pub(super) fn default_role(key: &str, is_default: bool) -> Option<DefaultRole> {
    is_default.then(|| DefaultRole::from_key(key)).flatten()
}

/// A right that the product no longer knows is no right.
pub(super) fn permissions(keys: &[String]) -> PermissionSet {
    keys.iter().filter_map(|key| Permission::from_key(key)).collect()
}

pub(super) fn keys(permissions: PermissionSet) -> Vec<String> {
    permissions
        .iter()
        .map(|permission| permission.key().to_owned())
        .collect()
}
