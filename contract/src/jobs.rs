//! Work that is done later, as the staff's pages see it.

use serde::{Deserialize, Serialize};

use crate::time::Moment;

/// How a job in the queue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobStanding {
    /// Its time has come, and no worker has taken it yet.
    Ready,
    /// A worker does it now.
    Running,
    /// Its time has not come.
    Scheduled,
    /// It failed, and its next try has a time.
    Retrying,
    /// It failed as often as it may and is not tried again.
    Failed,
}

impl JobStanding {
    pub const ALL: &[Self] = &[
        Self::Ready,
        Self::Running,
        Self::Scheduled,
        Self::Retrying,
        Self::Failed,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Scheduled => "scheduled",
            Self::Retrying => "retrying",
            Self::Failed => "failed",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|standing| standing.key() == key)
    }

    /// Whether somebody may have it done now. What runs is being done, and what is ready will be in a moment.
    pub const fn may_be_retried(self) -> bool {
        matches!(self, Self::Scheduled | Self::Retrying | Self::Failed)
    }

    /// Whether it can be taken out of the queue. What runs cannot be stopped.
    pub const fn may_be_canceled(self) -> bool {
        !matches!(self, Self::Running)
    }
}

/// A job in the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRow {
    pub id: i64,
    pub task: String,
    pub standing: JobStanding,
    /// When it is, or was, to be done.
    pub due: Moment,
    pub attempts: u16,
    pub max_attempts: u16,
    /// What the last try failed with.
    pub error: Option<String>,
}

/// How many there are of each standing, and who works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobBoard {
    /// One for each standing, in the order of [`JobStanding::ALL`].
    pub counts: Vec<(JobStanding, u64)>,
    /// Since when the job that has been ready for longest waits.
    pub oldest_ready: Option<Moment>,
    /// Workers that were heard of within a minute.
    pub workers: u64,
    /// Runs that failed within a day.
    pub failed_runs: u64,
    pub jobs: Vec<JobRow>,
    /// The id below which the next page begins.
    pub older: Option<i64>,
}

/// Everything about one job. What its payload says about people is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobDetails {
    pub job: JobRow,
    pub queued: Moment,
    /// JSON, over several lines.
    pub payload: String,
    /// The worker that does it.
    pub worker: Option<String>,
}

/// A run that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRun {
    pub task: String,
    pub job: i64,
    pub attempt: u16,
    pub succeeded: bool,
    pub error: Option<String>,
    pub finished: Moment,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// Runs, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRuns {
    pub runs: Vec<JobRun>,
    /// Where the next page begins.
    pub older: Option<String>,
    /// All tasks there are, by name.
    pub tasks: Vec<String>,
}

/// What is done by the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduledTask {
    pub task: String,
    /// Minute, hour, day, month, day of the week, in UTC.
    pub cron: String,
    /// When the schedule last queued it.
    pub last: Option<Moment>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_left_alone() {
        assert!(!JobStanding::Running.may_be_retried() && !JobStanding::Running.may_be_canceled());
        let others = JobStanding::ALL
            .iter()
            .filter(|standing| **standing != JobStanding::Running);
        assert!(others.clone().all(|standing| standing.may_be_canceled()));
        assert_eq!(others.filter(|standing| standing.may_be_retried()).count(), 3);
    }
}
