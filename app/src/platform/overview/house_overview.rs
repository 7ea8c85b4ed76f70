//! The figures of the overview.

use contract::{customers, error::Result};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn house_overview() -> Result<customers::HouseOverview> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let found = domain::customers::overview::overview(&actor, &deps).await?;
    let counted = |(day, count)| customers::DayCount {
        day: formatter.day(day),
        count,
    };
    Ok(customers::HouseOverview {
        organizations: found.organizations.all,
        suspended: found.organizations.suspended,
        deleting: found.organizations.deleting,
        on_trial: found.organizations.on_trial,
        paying: found.organizations.paying,
        past_due: found.organizations.past_due,
        monthly: found
            .monthly
            .iter()
            .map(|(currency, amount)| formatter.money(*amount, currency))
            .collect(),
        sign_ups: found.sign_ups.into_iter().map(counted).collect(),
        ready_jobs: found.jobs.ready,
        oldest_ready_seconds: found.jobs.oldest_ready_seconds,
        failed_runs: found.jobs.failed_runs,
        given_up_jobs: found.jobs.given_up,
        runs: found
            .runs
            .into_iter()
            .map(|of| customers::DayRuns {
                day: formatter.day(of.day),
                done: of.done,
                failed: of.failed,
            })
            .collect(),
        waiting_events: found.events.waiting,
        failed_events: found.events.failed,
        last_event: found.events.last_received.map(|at| formatter.moment(at)),
        oldest_event_seconds: found.events.oldest_waiting_seconds,
        events_overdue: found.events.overdue,
        events: found.messages.into_iter().map(counted).collect(),
        open_drifts: found.open_drifts,
        waiting_reports: found.waiting_reports,
    })
}
