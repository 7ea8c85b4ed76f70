//! Runs that are over, newest first.

use contract::{error::Result, jobs::JobRuns};
use leptos::prelude::server;

/// `before` is what the page before gave as its end.
#[server(input = server_fn::codec::GetUrl)]
pub async fn history(
    #[server(default)] task: String,
    #[server(default)] failed: bool,
    #[server(default)] before: String,
) -> Result<JobRuns> {
    use domain::jobs::desk::history::{Filter, history};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let before = before.split_once('_').and_then(|(at, id)| {
        let at = chrono::DateTime::parse_from_rfc3339(at).ok()?;
        Some((at.to_utc(), id.parse().ok()?))
    });
    let filter = Filter {
        task: Some(task.replace('\0', "")).filter(|task| !task.is_empty()),
        failed,
        before,
    };
    let found = history(&actor, &deps, &filter).await?;
    let end = |(at, id): (chrono::DateTime<chrono::Utc>, _)| {
        format!("{}_{id}", at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true))
    };
    Ok(JobRuns {
        runs: found
            .runs
            .into_iter()
            .map(|run| super::rows::run(run, formatter))
            .collect(),
        older: found.older.map(end),
        tasks: domain::jobs::TASKS.iter().map(|task| (*task).to_owned()).collect(),
    })
}
