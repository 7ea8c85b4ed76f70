//! Roles and what they may do.

use contract::iam::Permission;

use crate::org::roles::places::{Resource, Verb};

/// A permission in words.
#[derive(Debug, Clone, Copy)]
pub struct PermissionText {
    pub name: &'static str,
    pub meaning: &'static str,
}

#[derive(Debug)]
pub struct Roles {
    pub title: &'static str,
    pub description: &'static str,
    pub new: &'static str,
    pub own: &'static str,
    pub own_text: &'static str,
    pub default: &'static str,
    pub default_text: &'static str,
    pub none_title: &'static str,
    pub none_text: &'static str,
    pub full_title: &'static str,
    pub full: fn(u32) -> String,
    pub inactive_title: &'static str,
    pub back: &'static str,
    pub column_role: &'static str,
    pub column_may: &'static str,
    pub column_people: &'static str,
    pub yours: &'static str,
    pub nobody: &'static str,
    pub people: fn(u32) -> String,
    pub invitations: fn(u32) -> String,
    pub held_by: fn(&str) -> String,
    pub held_by_nobody: &'static str,
    pub everything: &'static str,
    pub all_verbs: &'static str,
    pub new_title: &'static str,
    pub new_text: &'static str,
    pub start_from: &'static str,
    pub from_nothing: &'static str,
    pub cut_to_own: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub about: &'static str,
    pub about_hint: &'static str,
    pub rights: &'static str,
    pub rights_hint: &'static str,
    pub column_resource: &'static str,
    pub beyond_own: &'static str,
    pub not_included: &'static str,
    pub not_for_guests: &'static str,
    pub meanings: &'static str,
    pub guests_note: &'static str,
    pub guests_have_it: fn(u32, &str) -> String,
    pub create: &'static str,
    pub save: &'static str,
    pub cancel: &'static str,
    pub copy: &'static str,
    pub takes_effect: &'static str,
    pub own_warning: &'static str,
    pub changed_meanwhile: &'static str,
    pub kind_default: &'static str,
    pub kind_own: &'static str,
    pub fixed: &'static str,
    pub above: &'static str,
    pub only_to_read: &'static str,
    pub delete: &'static str,
    pub delete_title: fn(&str) -> String,
    pub delete_held: fn(&str) -> String,
    pub delete_free: &'static str,
    pub delete_own: &'static str,
    pub target: &'static str,
    pub target_hint: &'static str,
    pub choose_role: &'static str,
    pub resource: fn(Resource) -> &'static str,
    pub verb: fn(Verb) -> &'static str,
    pub verb_short: fn(Verb) -> &'static str,
    pub permission: fn(Permission) -> PermissionText,
}

pub const ENGLISH: Roles = Roles {
    title: "Roles",
    description: "A role says what somebody may do. Everybody here has exactly one.",
    new: "New role",
    own: "Your own roles",
    own_text: "Made by people of this organization, for its own ways of working.",
    default: "Default roles",
    default_text: "Every organization has these. They cannot be changed or deleted.",
    none_title: "No role of your own yet",
    none_text: "When a default role allows too much or too little, make one that fits: start from the nearest and tick what it is to include.",
    full_title: "There is no room for another role",
    full: |allowed| {
        format!("An organization has up to {allowed} roles of its own. Delete one you no longer need to make room.")
    },
    inactive_title: "No role can be made now",
    back: "Back to the roles",
    column_role: "Role",
    column_may: "May do",
    column_people: "Who has it",
    yours: "Yours",
    nobody: "Nobody",
    people: |people| match people {
        1 => "1 person".to_owned(),
        people => format!("{people} people"),
    },
    invitations: |invitations| match invitations {
        1 => "1 open invitation".to_owned(),
        invitations => format!("{invitations} open invitations"),
    },
    held_by: |holders| format!("Held by: {}.", holders.to_lowercase()),
    held_by_nobody: "Nobody has it.",
    everything: "Everything",
    all_verbs: "everything",
    new_title: "New role",
    new_text: "Say what it is called and tick what it includes. You can give no right that you do not have yourself.",
    start_from: "Start from",
    from_nothing: "Nothing",
    cut_to_own: "This role has rights that you do not have yourself. They are left out of yours.",
    name: "Name",
    name_hint: "No two roles of an organization have the same name.",
    about: "Description",
    about_hint: "Who is it for?",
    rights: "What the role includes",
    rights_hint: "At least one. What is not ticked is refused, and not shown where it can be left out.",
    column_resource: "About",
    beyond_own: "You do not have this yourself.",
    not_included: "(not included)",
    not_for_guests: "Not for guests",
    meanings: "What each of these means",
    guests_note: "A guest may have any role of your own, and never gets what is marked as not for guests, whatever the role says.",
    guests_have_it: |guests, names| {
        let who = match guests {
            1 => "A guest has this role. As a guest".to_owned(),
            guests => format!("{guests} guests have this role. As guests"),
        };
        format!("{who} they never get: {names}.")
    },
    create: "Create role",
    save: "Save changes",
    cancel: "Cancel",
    copy: "Use as a start",
    takes_effect: "A change holds for everybody who has the role, from their next click on.",
    own_warning: "This is your own role. What you take out of it you lose at once, and only somebody else can give it back.",
    changed_meanwhile: "Somebody else has saved this role while you were at it. Below is what they saved: make your change again.",
    kind_default: "Default",
    kind_own: "Your own",
    fixed: "This role is the same in every organization and cannot be changed. Use it as a start for one of your own.",
    above: "This role has rights that you do not have yourself, so only somebody who has them can change it.",
    only_to_read: "You can read this role and not change it.",
    delete: "Delete role",
    delete_title: |name| format!("Delete the role {name}?"),
    delete_held: |holders| {
        format!(
            "It is held by: {}. Choose which role they get instead.",
            holders.to_lowercase()
        )
    },
    delete_free: "Nobody has it, and no open invitation gives it. This cannot be undone.",
    delete_own: "This is your own role: you get the other one as well.",
    target: "New role of its people",
    target_hint: "They have its rights from their next click on, and are told by mail. Open invitations go along.",
    choose_role: "Choose a role",
    resource: english_resource,
    verb: english_verb,
    verb_short: english_verb_short,
    permission: english_permission,
};

fn english_resource(resource: Resource) -> &'static str {
    match resource {
        Resource::Projects => "Projects",
        Resource::Tasks => "Tasks",
        Resource::Workspaces => "Workspaces",
        Resource::People => "People",
        Resource::Roles => "Roles",
        Resource::Organization => "Organization",
        Resource::Billing => "Billing",
        Resource::Audit => "Audit log",
    }
}

fn english_verb(verb: Verb) -> &'static str {
    match verb {
        Verb::See => "See",
        Verb::Create => "Create",
        Verb::Change => "Change",
        Verb::Delete => "Delete",
        Verb::Manage => "Manage",
    }
}

fn english_verb_short(verb: Verb) -> &'static str {
    match verb {
        Verb::See => "see",
        Verb::Create => "create",
        Verb::Change => "change",
        Verb::Delete => "delete",
        Verb::Manage => "manage",
    }
}

fn english_permission(permission: Permission) -> PermissionText {
    use Permission as P;
    let (name, meaning) = match permission {
        P::TenantRead => ("See the organization", "Its name, its address, and what it is on."),
        P::TenantUpdate => ("Change the organization", "Its name and its address."),
        P::TenantDelete => (
            "Pause or delete the organization",
            "Pause it, take it up again, delete it, and enter it while it is paused.",
        ),
        P::MembersRead => (
            "See people",
            "Who belongs to the organization, as what, and who is invited.",
        ),
        P::MembersInvite => (
            "Invite people",
            "Send invitations, send them again, and take them back.",
        ),
        P::MembersUpdate => (
            "Change people",
            "Give them another role, make guests of members and members of guests, suspend and restore them.",
        ),
        P::MembersRemove => ("Remove people", "Take somebody out of the organization."),
        P::RolesRead => ("See roles", "What each role includes, and how many people have it."),
        P::RolesManage => (
            "Manage roles",
            "Make, change and delete roles, within one's own rights.",
        ),
        P::BillingRead => ("See billing", "The plan, what is used of it, and what it costs."),
        P::BillingManage => ("Manage billing", "Change the plan and how it is paid."),
        P::AuditRead => (
            "Read the audit log",
            "Who did what in the organization, on the page or as a file.",
        ),
        P::WorkspacesManage => (
            "Manage workspaces",
            "Make workspaces, say who is in them, and see every project and task of the organization.",
        ),
        P::ProjectsRead => ("See projects", "The projects within one's reach, and their tasks."),
        P::ProjectsCreate => ("Create projects", "Start new projects."),
        P::ProjectsUpdate => (
            "Change projects",
            "Name and description, and who sees them, guests included; archive projects and take them up again.",
        ),
        P::ProjectsDelete => ("Delete projects", "Put projects into the bin, and take them out again."),
        P::TasksCreate => ("Add tasks", "Write down what is to be done in a project."),
        P::TasksUpdate => ("Change tasks", "Their title, state, assignee and due date."),
        P::TasksDelete => ("Delete tasks", "Put tasks into the bin, and take them out again."),
    };
    PermissionText { name, meaning }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_right_has_a_name_of_its_own_and_a_sentence() {
        let texts: Vec<PermissionText> = Permission::ALL.iter().map(|right| english_permission(*right)).collect();
        let names: BTreeSet<&str> = texts.iter().map(|text| text.name).collect();
        assert_eq!(names.len(), Permission::ALL.len());
        for text in texts {
            assert!(text.meaning.ends_with('.') && text.meaning.len() > 15, "{text:?}");
        }
    }
}
