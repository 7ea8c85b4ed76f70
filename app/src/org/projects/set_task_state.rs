//! Opening a task, starting it, or having done it.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn set_task_state(
    org: String,
    task: String,
    state: String,
    #[server(default)] back: Option<String>,
) -> Result<()> {
    use domain::tasks::update::{TaskChange, update};

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let task = super::input::task_id(&task)?;
    let mut check = contract::error::Check::default();
    let value = check.field("state", super::input::task_state(&state));
    let change = TaskChange {
        state: Some(check.done(value)?),
        ..TaskChange::default()
    };
    update(&actor, &deps, task, change).await?;
    super::landing::land(&actor, back.as_deref(), "", "task_saved");
    Ok(())
}
