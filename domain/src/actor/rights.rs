//! What a role's rights come to, and how far somebody sees.

use contract::iam::{MemberType, NOT_FOR_GUESTS, Permission, PermissionSet};

use crate::database::Reach;

/// How far somebody sees within an organization.
pub(crate) fn reach(permissions: PermissionSet, member_type: MemberType) -> Reach {
    if permissions.contains(Permission::WorkspacesManage) {
        Reach::All
    } else {
        match member_type {
            MemberType::Member => Reach::Member,
            MemberType::Guest => Reach::Given,
        }
    }
}

/// What a role's rights come to for somebody of this type.
pub(crate) fn effective(keys: &[String], member_type: MemberType) -> PermissionSet {
    let granted: PermissionSet = keys.iter().filter_map(|key| Permission::from_key(key)).collect();
    match member_type {
        MemberType::Member => granted,
        MemberType::Guest => NOT_FOR_GUESTS
            .iter()
            .fold(granted, |granted, permission| granted.without(*permission)),
    }
}
