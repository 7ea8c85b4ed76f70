//! Jobs as their reader sees them.

use contract::{
    Error,
    jobs::{JobRow, JobRun},
};
use domain::jobs::desk::{Queued, history::Run};

use crate::format::Formatter;

pub fn job(job: Queued, formatter: Formatter) -> JobRow {
    JobRow {
        id: job.id,
        task: job.task,
        standing: job.standing,
        due: formatter.moment(job.due),
        attempts: u16::try_from(job.attempts).unwrap_or_default(),
        max_attempts: u16::try_from(job.max_attempts).unwrap_or_default(),
        error: job.error,
    }
}

pub fn run(run: Run, formatter: Formatter) -> JobRun {
    let took = run.finished_at - run.started_at;
    JobRun {
        task: run.task,
        job: run.job,
        attempt: u16::try_from(run.attempt).unwrap_or_default(),
        succeeded: run.succeeded,
        error: run.error,
        finished: formatter.moment(run.finished_at),
        took_ms: u64::try_from(took.num_milliseconds()).unwrap_or_default(),
    }
}

/// What is no number names no job.
pub fn id(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::NotFound)
}
