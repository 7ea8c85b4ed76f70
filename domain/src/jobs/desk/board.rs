//! What is in the queue, newest first, a page at a time, and how the whole of it stands.

use chrono::{DateTime, Utc};
use contract::{jobs::JobStanding, staff::StaffRight};

use super::{
    Queued, QueuedRow,
    counts::{Counts, counts},
    standing,
};
use crate::{Deps, Error, Result, actor::StaffActor};

/// Jobs on a page.
pub const PAGE_SIZE: usize = 50;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub standing: Option<JobStanding>,
    pub task: Option<String>,
    /// Only jobs with smaller ids.
    pub before: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct Board {
    /// One for each standing, in the order of [`JobStanding::ALL`].
    pub counts: Vec<(JobStanding, i64)>,
    pub oldest_ready: Option<DateTime<Utc>>,
    /// Workers that were heard of within a minute.
    pub workers: i64,
    /// Runs that failed within a day.
    pub failed_runs: i64,
    pub jobs: Vec<Queued>,
    pub older: Option<i64>,
}

pub async fn board(staff: &StaffActor, deps: &Deps, filter: &Filter) -> Result<Board> {
    staff.require(StaffRight::JobsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let Counts {
        by_standing,
        oldest_ready,
        workers,
        ..
    } = counts(&mut transaction).await?;
    let failed_runs = sqlx::query_scalar!(
        r#"select count(*) as "count!" from job_runs where outcome = 'failed' and finished_at > $1"#,
        deps.now() - chrono::TimeDelta::days(1),
    )
    .fetch_one(&mut *transaction)
    .await?;
    let rows: Vec<QueuedRow> = sqlx::query_as(concat!(
        "select * from (select j.id, t.identifier as task, ",
        standing!(),
        " as standing, j.run_at, j.attempts, j.max_attempts, j.last_error \
         from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id \
         where ($2::text is null or t.identifier = $2) and ($3::bigint is null or j.id < $3)) as queued \
         where $1::text is null or standing = $1 order by id desc limit $4"
    ))
    .bind(filter.standing.map(JobStanding::key))
    .bind(filter.task.as_deref())
    .bind(filter.before)
    .bind(i64::try_from(PAGE_SIZE + 1).map_err(Error::fault)?)
    .fetch_all(&mut *transaction)
    .await?;
    let mut jobs = rows.into_iter().map(Queued::try_from).collect::<Result<Vec<_>>>()?;
    let more = jobs.len() > PAGE_SIZE;
    jobs.truncate(PAGE_SIZE);
    Ok(Board {
        counts: by_standing,
        oldest_ready,
        workers,
        failed_runs,
        older: jobs.last().filter(|_| more).map(|last| last.id),
        jobs,
    })
}

#[cfg(test)]
mod tests {
    use contract::staff::StaffRole;

    use super::*;
    use crate::{
        jobs::desk::testing::{FAILED, RETRYING, RUNNING, SCHEDULED, queued},
        testing::{TestDatabase, deps, staff},
    };

    #[tokio::test]
    async fn tells_how_each_job_stands_and_finds_by_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        sqlx::query("delete from graphile_worker._private_jobs")
            .execute(database.owner())
            .await
            .unwrap();
        for set in ["", RUNNING, SCHEDULED, RETRYING, FAILED] {
            queued(&database, "clean_up", set).await;
        }
        queued(&database, "send_mail", "run_at = now() - interval '5 minutes'").await;
        let all = board(&sue, &deps, &Filter::default()).await.unwrap();
        let counts: Vec<_> = all.counts.iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, [2, 1, 1, 1, 1]);
        assert_eq!(Some(all.jobs[0].due), all.oldest_ready);
        for standing in JobStanding::ALL {
            let filter = Filter {
                standing: Some(*standing),
                task: Some("clean_up".to_owned()),
                before: None,
            };
            let found = board(&sue, &deps, &filter).await.unwrap();
            let found: Vec<_> = found.jobs.iter().map(|job| job.standing).collect();
            assert_eq!(found, [*standing]);
        }
    }

    #[tokio::test]
    async fn pages_go_on_where_the_last_ended() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Auditor).await;
        for _ in 0..PAGE_SIZE + 3 {
            queued(&database, "clean_up", "").await;
        }
        let of = |before| Filter {
            task: Some("clean_up".to_owned()),
            before,
            ..Filter::default()
        };
        let first = board(&sue, &deps, &of(None)).await.unwrap();
        assert_eq!(first.jobs.len(), PAGE_SIZE);
        let second = board(&sue, &deps, &of(first.older)).await.unwrap();
        assert_eq!((second.jobs.len(), second.older), (3, None));
    }
}
