//! Where each permission stands in the grid: what it is about is the row, what it allows there the column.

use contract::iam::Permission;

macro_rules! enumeration {
    ($(#[$doc:meta])* $name:ident { $($variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($variant),+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];
        }
    };
}

enumeration! {
    /// From top to bottom.
    Resource { Projects, Tasks, Workspaces, People, Roles, Organization, Billing, Audit }
}

enumeration! {
    /// From left to right.
    Verb { See, Create, Change, Delete, Manage }
}

/// A permission that has no place does not compile.
pub const fn place(permission: Permission) -> (Resource, Verb) {
    use Permission as P;
    match permission {
        P::TenantRead => (Resource::Organization, Verb::See),
        P::TenantUpdate => (Resource::Organization, Verb::Change),
        P::TenantDelete => (Resource::Organization, Verb::Delete),
        P::MembersRead => (Resource::People, Verb::See),
        P::MembersInvite => (Resource::People, Verb::Create),
        P::MembersUpdate => (Resource::People, Verb::Change),
        P::MembersRemove => (Resource::People, Verb::Delete),
        P::RolesRead => (Resource::Roles, Verb::See),
        P::RolesManage => (Resource::Roles, Verb::Manage),
        P::BillingRead => (Resource::Billing, Verb::See),
        P::BillingManage => (Resource::Billing, Verb::Manage),
        P::AuditRead => (Resource::Audit, Verb::See),
        P::WorkspacesManage => (Resource::Workspaces, Verb::Manage),
        P::ProjectsRead => (Resource::Projects, Verb::See),
        P::ProjectsCreate => (Resource::Projects, Verb::Create),
        P::ProjectsUpdate => (Resource::Projects, Verb::Change),
        P::ProjectsDelete => (Resource::Projects, Verb::Delete),
        P::TasksCreate => (Resource::Tasks, Verb::Create),
        P::TasksUpdate => (Resource::Tasks, Verb::Change),
        P::TasksDelete => (Resource::Tasks, Verb::Delete),
    }
}

/// What stands there, if anything does.
pub fn at(resource: Resource, verb: Verb) -> Option<Permission> {
    Permission::ALL
        .iter()
        .copied()
        .find(|permission| place(*permission) == (resource, verb))
}

/// Everything in a row, from left to right.
pub fn of(resource: Resource) -> impl Iterator<Item = Permission> {
    Verb::ALL.iter().filter_map(move |verb| at(resource, *verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_permission_has_a_place_to_itself() {
        for &permission in Permission::ALL {
            let (resource, verb) = place(permission);
            assert_eq!(at(resource, verb), Some(permission));
        }
        let shown: usize = Resource::ALL.iter().map(|resource| of(*resource).count()).sum();
        assert_eq!(shown, Permission::ALL.len());
    }
}
