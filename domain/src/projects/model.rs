//! A project as the rules see it.

use chrono::{DateTime, Utc};
use contract::{
    ids::ProjectId,
    project::ProjectStatus,
    text::{ProjectDescription, ProjectName},
};

use crate::Result;

#[derive(Debug, Clone)]
pub struct Project {
    pub id: ProjectId,
    pub name: String,
    pub description: String,
    pub status: ProjectStatus,
    pub open_tasks: u32,
    pub done_tasks: u32,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// What a person says of a project.
#[derive(Debug, Clone)]
pub struct ProjectFields {
    pub name: ProjectName,
    pub description: ProjectDescription,
}

pub(super) fn status(key: &str) -> Result<ProjectStatus> {
    ProjectStatus::from_key(key).ok_or_else(|| crate::Error::fault("unknown project status"))
}

pub(super) fn count(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
