//! A project as the rules see it.

use chrono::{DateTime, Utc};
use contract::{
    ids::{ProjectId, WorkspaceId},
    project::{ProjectStatus, Visibility},
    text::{ProjectDescription, ProjectName},
};

use crate::{Result, workspaces::Named};

#[derive(Debug, Clone)]
pub struct Project {
    pub id: ProjectId,
    pub name: String,
    pub description: String,
    pub status: ProjectStatus,
    pub visibility: Visibility,
    /// The workspace it belongs to, unless the reader knows nothing of it.
    pub workspace: Option<Named>,
    pub open_tasks: u32,
    pub done_tasks: u32,
    /// The plan has no room for it at the moment: it can be read, and not changed.
    pub paused: bool,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// What a person says of a project.
#[derive(Debug, Clone)]
pub struct ProjectFields {
    pub name: ProjectName,
    pub description: ProjectDescription,
}

/// Where a project belongs, and who sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    pub workspace: Option<WorkspaceId>,
    pub visibility: Visibility,
}

impl Place {
    /// Nobody would see what the people of no workspace see.
    pub(super) fn require_whole(self) -> Result<()> {
        if self.visibility == Visibility::Workspace && self.workspace.is_none() {
            Err(contract::Error::field("workspace", contract::FieldCode::Required).into())
        } else {
            Ok(())
        }
    }
}

pub(super) fn named(id: Option<uuid::Uuid>, name: Option<String>) -> Option<Named> {
    id.zip(name).map(|(id, name)| Named { id: id.into(), name })
}

pub(super) fn visibility(key: &str) -> Result<Visibility> {
    Visibility::from_key(key).ok_or_else(|| crate::Error::fault("unknown visibility"))
}

pub(super) fn status(key: &str) -> Result<ProjectStatus> {
    ProjectStatus::from_key(key).ok_or_else(|| crate::Error::fault("unknown project status"))
}

pub(super) fn count(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
