//! Projects of the sample domain as pages and clients see them.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ProjectId, TaskId, WorkspaceId},
    time::Moment,
    workspace::NamedWorkspace,
};

/// A project is worked on or put away. Being in the bin is beside this: restoring brings the same state back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectStatus {
    Active,
    Archived,
}

impl ProjectStatus {
    pub const ALL: &[Self] = &[Self::Active, Self::Archived];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived => "archived",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.key() == key)
    }
}

/// Who sees a project, beside the guests it was given to. Who manages workspaces sees every one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Every member, and the guests of its workspace.
    #[default]
    Organization,
    /// The people of its workspace.
    Workspace,
}

impl Visibility {
    pub const ALL: &[Self] = &[Self::Organization, Self::Workspace];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Workspace => "workspace",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.key() == key)
    }
}

/// Which projects a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectFilter {
    #[default]
    Active,
    Archived,
    All,
    Bin,
}

impl ProjectFilter {
    pub const ALL: &[Self] = &[Self::Active, Self::Archived, Self::All, Self::Bin];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived => "archived",
            Self::All => "all",
            Self::Bin => "bin",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.key() == key)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectSort {
    /// Last changed first.
    #[default]
    Recent,
    /// By name, A to Z.
    Name,
    /// Oldest first.
    Created,
}

impl ProjectSort {
    pub const ALL: &[Self] = &[Self::Recent, Self::Name, Self::Created];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Recent => "recent",
            Self::Name => "name",
            Self::Created => "created",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.key() == key)
    }
}

/// What a list shows, as it stands in the URL. Pages count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProjectQuery {
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub filter: ProjectFilter,
    /// Those of one workspace.
    #[serde(default)]
    pub workspace: Option<WorkspaceId>,
    #[serde(default)]
    pub sort: ProjectSort,
    #[serde(default)]
    pub page: u32,
}

impl ProjectQuery {
    /// Rows on a page.
    pub const PAGE_SIZE: u32 = 25;
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectRow {
    pub id: ProjectId,
    pub name: String,
    pub description: String,
    pub status: ProjectStatus,
    pub visibility: Visibility,
    /// The workspace it belongs to, unless the reader knows nothing of it.
    pub workspace: Option<NamedWorkspace>,
    pub open_tasks: u32,
    pub done_tasks: u32,
    /// The plan has no room for it at the moment: it can be read, and not changed.
    pub paused: bool,
    pub updated: Moment,
    /// When it was put into the bin.
    pub deleted: Option<Moment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectList {
    pub rows: Vec<ProjectRow>,
    /// How many match, over all pages.
    pub total: u32,
    pub page: u32,
    /// Projects that count against the plan, and what it allows; `None` is unlimited. A guest is told of what they see alone.
    pub used: u32,
    pub limit: Option<u32>,
    /// The workspaces to choose from, by name.
    pub workspaces: Vec<NamedWorkspace>,
}

/// What was deleted in an organization, the last first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    pub projects: Vec<BinnedProject>,
    /// Without those of projects that are in the bin themselves.
    pub tasks: Vec<BinnedTask>,
    /// How much of each kind is listed at most.
    pub shown: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BinnedProject {
    pub id: ProjectId,
    pub name: String,
    pub deleted: Moment,
    pub deleted_by: String,
    /// When it cannot be restored any more.
    pub gone: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BinnedTask {
    pub id: TaskId,
    pub title: String,
    pub project: ProjectId,
    pub project_name: String,
    /// Its project is taken up before the task is.
    pub project_archived: bool,
    pub deleted: Moment,
    pub deleted_by: String,
    pub gone: Moment,
}
