//! The jobs as staff see them: what waits, what runs, what failed, what is done by the clock, and what became of it.
//!
//! The queue's tables are its library's own and are made after the migrations, so that their queries are not among those that
//! are checked while compiling; the tests here ask every one of them.

pub mod board;
pub mod cancel;
pub(crate) mod counts;
mod hidden;
pub mod history;
pub mod look;
pub mod retry;
pub mod schedule;

use chrono::{DateTime, Utc};
use contract::jobs::JobStanding;

use crate::{Error, Result, database::Transaction};

/// A job in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    pub id: i64,
    pub task: String,
    pub standing: JobStanding,
    pub due: DateTime<Utc>,
    pub attempts: i16,
    pub max_attempts: i16,
    pub error: Option<String>,
}

/// How a job stands, by the database's clock, which is the queue's. `j` is the job.
macro_rules! standing {
    () => {
        "case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed' \
         when j.attempts > 0 then 'retrying' when j.run_at > now() then 'scheduled' else 'ready' end"
    };
}
use standing;

/// The task of a job and how it stands, held as it is until the transaction ends. One that was done meanwhile is not found.
async fn held(transaction: &mut Transaction, job: i64) -> Result<(String, JobStanding)> {
    let found: Option<(String, String)> = sqlx::query_as(concat!(
        "select t.identifier, ",
        standing!(),
        " from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id \
         where j.id = $1 for update of j"
    ))
    .bind(job)
    .fetch_optional(&mut **transaction)
    .await?;
    let (task, standing) = found.ok_or(contract::Error::NotFound)?;
    Ok((task, known(&standing)?))
}

fn known(standing: &str) -> Result<JobStanding> {
    JobStanding::from_key(standing).ok_or_else(|| Error::fault("unknown standing of a job"))
}

#[derive(sqlx::FromRow)]
struct QueuedRow {
    id: i64,
    task: String,
    standing: String,
    run_at: DateTime<Utc>,
    attempts: i16,
    max_attempts: i16,
    last_error: Option<String>,
}

impl TryFrom<QueuedRow> for Queued {
    type Error = Error;

    fn try_from(row: QueuedRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            task: row.task,
            standing: known(&row.standing)?,
            due: row.run_at,
            attempts: row.attempts,
            max_attempts: row.max_attempts,
            error: row.last_error,
        })
    }
}

#[cfg(test)]
mod testing {
    use sqlx::AssertSqlSafe;

    use crate::testing::TestDatabase;

    /// A job in the queue, with what is given set on it; its id.
    pub async fn queued(database: &TestDatabase, task: &str, set: &str) -> i64 {
        let id: i64 = sqlx::query_scalar("select id from graphile_worker.add_job($1, '{}'::json)")
            .bind(task)
            .fetch_one(database.owner())
            .await
            .unwrap();
        if !set.is_empty() {
            let update = format!("update graphile_worker._private_jobs set {set} where id = {id}");
            sqlx::raw_sql(AssertSqlSafe(update))
                .execute(database.owner())
                .await
                .unwrap();
        }
        id
    }

    pub const RUNNING: &str = "locked_at = now(), locked_by = 'worker-1', attempts = 1";
    pub const FAILED: &str = "attempts = max_attempts, last_error = 'the post office is closed'";
    pub const RETRYING: &str = "attempts = 2, run_at = now() + interval '1 hour', last_error = 'closed'";
    pub const SCHEDULED: &str = "run_at = now() + interval '1 hour'";
}
