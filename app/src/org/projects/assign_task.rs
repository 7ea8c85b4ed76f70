//! Giving a task to somebody, or to nobody.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn assign_task(
    org: String,
    task: String,
    #[server(default)] assignee: Option<String>,
    #[server(default)] back: Option<String>,
) -> Result<()> {
    use domain::tasks::update::{TaskChange, update};

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let task = super::input::task_id(&task)?;
    let mut check = contract::error::Check::default();
    let value = check.field("assignee", super::input::assignee(assignee.as_deref()));
    let change = TaskChange {
        assignee: Some(check.done(value)?),
        ..TaskChange::default()
    };
    update(&actor, &deps, task, change).await?;
    super::landing::land(&actor, back.as_deref(), "", "task_saved");
    Ok(())
}
