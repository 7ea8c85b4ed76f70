//! The queue, newest first.

use contract::{error::Result, jobs::JobBoard};
use leptos::prelude::server;

/// What names no standing finds nothing out of the way: everything is shown.
#[server(input = server_fn::codec::GetUrl)]
pub async fn board(
    #[server(default)] standing: String,
    #[server(default)] task: String,
    #[server(default)] before: Option<i64>,
) -> Result<JobBoard> {
    use contract::jobs::JobStanding;
    use domain::jobs::desk::board::{Filter, board};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let filter = Filter {
        standing: JobStanding::from_key(&standing),
        task: Some(task.replace('\0', "")).filter(|task| !task.is_empty()),
        before,
    };
    let found = board(&actor, &deps, &filter).await?;
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    Ok(JobBoard {
        counts: found
            .counts
            .into_iter()
            .map(|(of, number)| (of, count(number)))
            .collect(),
        oldest_ready: found.oldest_ready.map(|since| formatter.moment(since)),
        workers: count(found.workers),
        failed_runs: count(found.failed_runs),
        jobs: found
            .jobs
            .into_iter()
            .map(|job| super::rows::job(job, formatter))
            .collect(),
        older: found.older,
    })
}
