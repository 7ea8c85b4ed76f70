//! Workspaces and people as their reader sees them.

use contract::workspace::{NamedWorkspace, PersonRow, WorkspaceRow};
use domain::workspaces::{Named, Someone, list::Workspace};

pub fn named_workspace(workspace: Named) -> NamedWorkspace {
    NamedWorkspace {
        id: workspace.id,
        name: workspace.name,
    }
}

pub fn workspace_row(workspace: Workspace) -> WorkspaceRow {
    WorkspaceRow {
        id: workspace.id,
        name: workspace.name,
        people: workspace.people,
        projects: workspace.projects,
        mine: workspace.mine,
    }
}

/// Two may have the same name: with `address` they can be told apart.
pub fn person_row(person: Someone, address: bool) -> PersonRow {
    PersonRow {
        id: person.id,
        name: person.name,
        email: address.then_some(person.email),
        member_type: person.member_type,
    }
}

pub fn person_rows(people: Vec<Someone>, address: bool) -> Vec<PersonRow> {
    people.into_iter().map(|person| person_row(person, address)).collect()
}
