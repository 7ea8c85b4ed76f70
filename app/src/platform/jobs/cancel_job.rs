//! Taking a job out of the queue.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn cancel_job(job: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let job = super::rows::id(&job)?;
    domain::jobs::desk::cancel::cancel(&actor, &deps, job).await?;
    crate::form::notice("job_canceled");
    crate::response::redirect_to(super::views::QUEUE);
    Ok(())
}
