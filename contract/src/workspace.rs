//! Workspaces, the teams inside an organization, and who sees a project, as pages and clients see them.

use serde::{Deserialize, Serialize};

use crate::{
    iam::MemberType,
    ids::{UserId, WorkspaceId},
    project::Visibility,
};

/// A workspace as others name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedWorkspace {
    pub id: WorkspaceId,
    pub name: String,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceRow {
    pub id: WorkspaceId,
    pub name: String,
    pub people: u32,
    /// Those the reader sees, without those in the bin.
    pub projects: u32,
    /// Whether the reader is in it.
    pub mine: bool,
}

/// Somebody of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    pub id: UserId,
    pub name: String,
    /// For whom the reader may tell apart by it.
    pub email: Option<String>,
    pub member_type: MemberType,
}

/// A workspace with its people, for its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    pub workspace: WorkspaceRow,
    pub people: Vec<PersonRow>,
    /// Who may be added, for who may do that.
    pub candidates: Vec<PersonRow>,
    /// Every project in it, those in the bin as well, for who may delete it.
    pub all_projects: u32,
}

/// Who sees a project, for the page that changes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectAccess {
    pub visibility: Visibility,
    pub workspace: Option<NamedWorkspace>,
    /// The workspaces it can be moved to, by name.
    pub workspaces: Vec<NamedWorkspace>,
    /// Everybody who sees it now, by name.
    pub people: Vec<PersonRow>,
    /// The guests it was given to.
    pub guests: Vec<PersonRow>,
    /// The guests it can be given to.
    pub candidates: Vec<PersonRow>,
}
