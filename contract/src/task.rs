//! Tasks of the sample domain as pages and clients see them.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{TaskId, UserId},
    project::ProjectRow,
    time::Moment,
};

/// What has become of a task. Every state can follow every other: people correct themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    Open,
    InProgress,
    Done,
}

impl TaskState {
    pub const ALL: &[Self] = &[Self::Open, Self::InProgress, Self::Done];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in_progress",
            Self::Done => "done",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.key() == key)
    }
}

/// Somebody a task can be given to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignee {
    pub id: UserId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRow {
    pub id: TaskId,
    pub title: String,
    pub state: TaskState,
    pub assignee: Option<Assignee>,
    /// `YYYY-MM-DD`, as a date field wants it.
    pub due_on: Option<String>,
    /// The same day in the person's language.
    pub due: Option<String>,
    pub overdue: bool,
    /// When it was put into the bin.
    pub deleted: Option<Moment>,
}

/// A project with its tasks, for its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    pub project: ProjectRow,
    pub tasks: Vec<TaskRow>,
    /// Tasks in the bin, last deleted first.
    pub bin: Vec<TaskRow>,
    /// Who may be given a task.
    pub assignees: Vec<Assignee>,
}
