//! What became of jobs: runs that are over, newest first, a page at a time.

use chrono::{DateTime, Utc};
use contract::staff::StaffRight;
use uuid::Uuid;

use crate::{Deps, Error, Result, actor::StaffActor};

/// Runs on a page.
pub const PAGE_SIZE: usize = 50;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub task: Option<String>,
    pub failed: bool,
    /// Only runs before this one.
    pub before: Option<(DateTime<Utc>, Uuid)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: Uuid,
    pub task: String,
    pub job: i64,
    pub attempt: i32,
    pub succeeded: bool,
    pub error: Option<String>,
    pub started_at: DateTime<Utc>,
    pub finished_at: DateTime<Utc>,
}

#[derive(Debug, Clone)]
pub struct History {
    pub runs: Vec<Run>,
    pub older: Option<(DateTime<Utc>, Uuid)>,
}

pub async fn history(staff: &StaffActor, deps: &Deps, filter: &Filter) -> Result<History> {
    staff.require(StaffRight::JobsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let (at, id) = filter.before.unzip();
    let mut runs = sqlx::query_as!(
        Run,
        r#"select id, task, job_id as job, attempt, outcome = 'succeeded' as "succeeded!", error, started_at, finished_at
        from job_runs
        where ($1::text is null or task = $1) and (not $2 or outcome = 'failed')
            and ($3::timestamptz is null or (finished_at, id) < ($3, $4))
        order by finished_at desc, id desc limit $5"#,
        filter.task,
        filter.failed,
        at,
        id,
        i64::try_from(PAGE_SIZE + 1).map_err(Error::fault)?,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let more = runs.len() > PAGE_SIZE;
    runs.truncate(PAGE_SIZE);
    Ok(History {
        older: runs.last().filter(|_| more).map(|last| (last.finished_at, last.id)),
        runs,
    })
}

#[cfg(test)]
mod tests {
    use contract::staff::StaffRole;

    use super::*;
    use crate::testing::{TestDatabase, deps, staff};

    #[tokio::test]
    async fn finds_failures_of_a_task_and_goes_on_where_a_page_ends() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Auditor).await;
        sqlx::query(
            "insert into job_runs (id, task, job_id, attempt, outcome, error, started_at, finished_at) \
             select gen_random_uuid(), case when n % 2 = 0 then 'send_mail' else 'clean_up' end, n, 1, \
                 case when n % 4 = 0 then 'failed' else 'succeeded' end, case when n % 4 = 0 then 'closed' end, \
                 now() - make_interval(secs => n), now() - make_interval(secs => n / 2) \
             from generate_series(1, 240) n",
        )
        .execute(database.owner())
        .await
        .unwrap();
        let mut filter = Filter {
            task: Some("send_mail".to_owned()),
            failed: true,
            before: None,
        };
        let first = history(&sue, &deps, &filter).await.unwrap();
        filter.before = first.older;
        let second = history(&sue, &deps, &filter).await.unwrap();
        let jobs: Vec<_> = first.runs.iter().chain(&second.runs).map(|run| run.job).collect();
        let expected: Vec<i64> = (1..=60).map(|n| n * 4).collect();
        assert_eq!(jobs, expected);
        assert!(second.older.is_none() && first.runs.iter().all(|run| !run.succeeded));
    }
}
