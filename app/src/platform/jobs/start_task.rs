//! Doing now what the clock asks for.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn start_task(task: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    domain::jobs::desk::schedule::start(&actor, &deps, &task).await?;
    crate::form::notice("task_started");
    crate::response::redirect_to(super::views::SCHEDULE);
    Ok(())
}
