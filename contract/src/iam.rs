//! Roles and permissions. A permission is a resource and a verb; a role is a set of them.

use serde::{Deserialize, Serialize};

macro_rules! permissions {
    ($($name:ident = $key:literal),+ $(,)?) => {
        /// What a member may do in an organization. The key is what the database and the API say.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Permission { $(#[serde(rename = $key)] $name),+ }

        impl Permission {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

permissions! {
    TenantRead = "tenant.read",
    TenantUpdate = "tenant.update",
    TenantDelete = "tenant.delete",
    MembersRead = "members.read",
    MembersInvite = "members.invite",
    MembersUpdate = "members.update",
    MembersRemove = "members.remove",
    RolesRead = "roles.read",
    RolesManage = "roles.manage",
    BillingRead = "billing.read",
    BillingManage = "billing.manage",
    AuditRead = "audit.read",
    WorkspacesManage = "workspaces.manage",
    ProjectsRead = "projects.read",
    ProjectsCreate = "projects.create",
    ProjectsUpdate = "projects.update",
    ProjectsDelete = "projects.delete",
    TasksCreate = "tasks.create",
    TasksUpdate = "tasks.update",
    TasksDelete = "tasks.delete",
}

/// The roles every organization starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DefaultRole {
    Owner,
    Admin,
    Billing,
    Member,
    Guest,
}

impl DefaultRole {
    pub const ALL: &[Self] = &[Self::Owner, Self::Admin, Self::Billing, Self::Member, Self::Guest];

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.key() == key)
    }

    pub const fn key(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Billing => "billing",
            Self::Member => "member",
            Self::Guest => "guest",
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Admin",
            Self::Billing => "Billing",
            Self::Member => "Member",
            Self::Guest => "Guest",
        }
    }

    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Owner => Permission::ALL,
            Self::Admin => &[
                P::TenantRead,
                P::TenantUpdate,
                P::MembersRead,
                P::MembersInvite,
                P::MembersUpdate,
                P::MembersRemove,
                P::RolesRead,
                P::RolesManage,
                P::BillingRead,
                P::AuditRead,
                P::WorkspacesManage,
                P::ProjectsRead,
                P::ProjectsCreate,
                P::ProjectsUpdate,
                P::ProjectsDelete,
                P::TasksCreate,
                P::TasksUpdate,
                P::TasksDelete,
            ],
            Self::Billing => &[
                P::TenantRead,
                P::MembersRead,
                P::BillingRead,
                P::BillingManage,
                P::ProjectsRead,
            ],
            Self::Member => &[
                P::TenantRead,
                P::MembersRead,
                P::ProjectsRead,
                P::ProjectsCreate,
                P::ProjectsUpdate,
                P::TasksCreate,
                P::TasksUpdate,
                P::TasksDelete,
            ],
            Self::Guest => &[P::TenantRead, P::ProjectsRead, P::TasksCreate, P::TasksUpdate],
        }
    }
}

/// The permissions of a role, as one machine word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PermissionSet(u64);

impl PermissionSet {
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u64) != 0
    }

    #[must_use]
    pub const fn with(self, permission: Permission) -> Self {
        Self(self.0 | (1 << permission as u64))
    }

    #[must_use]
    pub const fn without(self, permission: Permission) -> Self {
        Self(self.0 & !(1 << permission as u64))
    }

    /// In the order of [`Permission::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL
            .iter()
            .copied()
            .filter(move |permission| self.contains(*permission))
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What is in both.
    #[must_use]
    pub const fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this set and not in the other: what somebody loses who goes from one to the other.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub fn is_subset_of(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::default(), Self::with)
    }
}

/// Guests belong to an organization without being one of its people: another seat class, and they see what they were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberType {
    #[default]
    Member,
    Guest,
}

impl MemberType {
    pub const ALL: &[Self] = &[Self::Member, Self::Guest];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Guest => "guest",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }
}

/// Rights that a guest never has, whatever their role says: they would see or steer the whole organization.
pub const NOT_FOR_GUESTS: &[Permission] = &[
    Permission::TenantUpdate,
    Permission::TenantDelete,
    Permission::MembersInvite,
    Permission::MembersUpdate,
    Permission::MembersRemove,
    Permission::RolesManage,
    Permission::BillingManage,
    Permission::AuditRead,
    Permission::WorkspacesManage,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_resource_and_verb_and_go_both_ways() {
        for &permission in Permission::ALL {
            let (resource, verb) = permission.key().split_once('.').unwrap();
            assert!(!resource.is_empty() && !verb.is_empty());
            assert_eq!(Permission::from_key(permission.key()), Some(permission));
        }
    }

    #[test]
    fn only_the_owner_may_delete_the_organization() {
        for &role in DefaultRole::ALL {
            let set: PermissionSet = role.permissions().iter().copied().collect();
            assert_eq!(
                set.contains(Permission::TenantDelete),
                role == DefaultRole::Owner,
                "{role:?}"
            );
        }
    }

    #[test]
    fn every_role_is_within_the_owner() {
        let owner: PermissionSet = DefaultRole::Owner.permissions().iter().copied().collect();
        for &role in DefaultRole::ALL {
            let set: PermissionSet = role.permissions().iter().copied().collect();
            assert!(set.is_subset_of(owner));
        }
    }
}
