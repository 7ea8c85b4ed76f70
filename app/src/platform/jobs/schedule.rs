//! What the clock asks for.

use contract::{error::Result, jobs::ScheduledTask};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn schedule() -> Result<Vec<ScheduledTask>> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let entries = domain::jobs::desk::schedule::schedule(&actor, &deps).await?;
    Ok(entries
        .into_iter()
        .map(|entry| ScheduledTask {
            task: entry.task.to_owned(),
            cron: entry.cron.to_owned(),
            last: entry.last.map(|last| formatter.moment(last)),
        })
        .collect())
}
