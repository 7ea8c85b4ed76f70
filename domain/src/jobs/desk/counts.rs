//! How the whole of the queue stands.

use chrono::{DateTime, Utc};
use contract::jobs::JobStanding;
use sqlx::PgConnection;

use super::standing;
use crate::Result;

#[derive(Debug, Clone)]
pub(crate) struct Counts {
    /// One for each standing, in the order of [`JobStanding::ALL`].
    pub by_standing: Vec<(JobStanding, i64)>,
    pub oldest_ready: Option<DateTime<Utc>>,
    /// Workers that were heard of within a minute.
    pub workers: i64,
    /// By the database's clock, which is the queue's.
    pub at: DateTime<Utc>,
}

pub(crate) async fn counts(connection: &mut PgConnection) -> Result<Counts> {
    let counted: Vec<(String, i64)> = sqlx::query_as(concat!(
        "select ",
        standing!(),
        " as standing, count(*) from graphile_worker._private_jobs j group by standing"
    ))
    .fetch_all(&mut *connection)
    .await?;
    let (oldest_ready, workers, at): (Option<DateTime<Utc>>, i64, DateTime<Utc>) = sqlx::query_as(
        "select (select min(run_at) from graphile_worker._private_jobs where is_available and run_at <= now()), \
         (select count(*) from graphile_worker._private_workers where last_heartbeat_at > now() - interval '1 minute'), now()",
    )
    .fetch_one(&mut *connection)
    .await?;
    let count = |standing: JobStanding| {
        let found = counted.iter().find(|(key, _)| key == standing.key());
        (standing, found.map_or(0, |(_, count)| *count))
    };
    Ok(Counts {
        by_standing: JobStanding::ALL.iter().map(|standing| count(*standing)).collect(),
        oldest_ready,
        workers,
        at,
    })
}
