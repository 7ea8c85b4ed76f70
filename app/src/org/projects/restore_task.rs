//! Taking a task out of the bin.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn restore_task(org: String, task: String, #[server(default)] back: Option<String>) -> Result<()> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    domain::tasks::restore::restore(&actor, &deps, super::input::task_id(&task)?).await?;
    super::landing::land(&actor, back.as_deref(), "", "task_restored");
    Ok(())
}
