//! Saying by when a task is to be done, or taking that away.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn set_task_due(
    org: String,
    task: String,
    #[server(default)] due_on: Option<String>,
    #[server(default)] back: Option<String>,
) -> Result<()> {
    use domain::tasks::update::{TaskChange, update};

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let task = super::input::task_id(&task)?;
    let mut check = contract::error::Check::default();
    let value = check.field("due_on", super::input::due_on(due_on.as_deref()));
    let change = TaskChange {
        due_on: Some(check.done(value)?),
        ..TaskChange::default()
    };
    update(&actor, &deps, task, change).await?;
    super::landing::land(&actor, back.as_deref(), "", "task_saved");
    Ok(())
}
