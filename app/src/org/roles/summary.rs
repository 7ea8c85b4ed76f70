//! What a role may do, in a line.

use contract::iam::{Permission, PermissionSet};

use super::places::{self, Resource, Verb};
use crate::messages;

pub fn summary(permissions: PermissionSet) -> String {
    let texts = &messages::current().roles;
    if Permission::ALL
        .iter()
        .all(|permission| permissions.contains(*permission))
    {
        return texts.everything.to_owned();
    }
    let rows = Resource::ALL.iter().filter_map(|&resource| {
        let verbs: Vec<Verb> = places::of(resource)
            .filter(|permission| permissions.contains(*permission))
            .map(|permission| places::place(permission).1)
            .collect();
        let all = verbs.len() == places::of(resource).count();
        let may = match &verbs[..] {
            [] => return None,
            [one] => (texts.verb_short)(*one).to_owned(),
            _ if all => texts.all_verbs.to_owned(),
            some => some
                .iter()
                .map(|verb| (texts.verb_short)(*verb))
                .collect::<Vec<_>>()
                .join(", "),
        };
        Some(format!("{}: {may}", (texts.resource)(resource)))
    });
    rows.collect::<Vec<_>>().join(" · ")
}

/// How many people and invitations there are, in words; nothing when there are none.
pub fn holders(role: &contract::role::Role) -> String {
    let texts = &messages::current().roles;
    match (role.people, role.invitations) {
        (0, 0) => texts.nobody.to_owned(),
        (people, 0) => (texts.people)(people),
        (0, invitations) => (texts.invitations)(invitations),
        (people, invitations) => format!("{} · {}", (texts.people)(people), (texts.invitations)(invitations)),
    }
}

#[cfg(test)]
mod tests {
    use contract::iam::DefaultRole;

    use super::*;

    #[test]
    fn says_what_a_role_is_for() {
        let of = |role: DefaultRole| summary(role.permissions().iter().copied().collect());
        assert_eq!(of(DefaultRole::Owner), "Everything");
        assert_eq!(
            of(DefaultRole::Member),
            "Projects: see, create, change · Tasks: everything · People: see · Organization: see"
        );
        assert_eq!(
            of(DefaultRole::Billing),
            "Projects: see · People: see · Organization: see · Billing: everything"
        );
    }
}
