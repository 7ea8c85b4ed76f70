//! One job of the queue.

use contract::{error::Result, jobs::JobDetails};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn look_at_job(job: String) -> Result<JobDetails> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let job = super::rows::id(&job)?;
    let found = domain::jobs::desk::look::look(&actor, &deps, job).await?;
    Ok(JobDetails {
        job: super::rows::job(found.job, formatter),
        queued: formatter.moment(found.queued),
        payload: format!("{:#}", found.payload),
        worker: found.worker,
    })
}
