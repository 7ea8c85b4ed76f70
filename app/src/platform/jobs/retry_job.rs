//! Having a job done now.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn retry_job(job: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let job = super::rows::id(&job)?;
    domain::jobs::desk::retry::retry(&actor, &deps, job).await?;
    crate::form::notice("job_retried");
    crate::response::redirect_to(super::views::QUEUE);
    Ok(())
}
