//! Who does a task, and by when: nobody and any time when the fields are empty.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn plan_task(
    org: String,
    task: String,
    #[server(default)] assignee: Option<String>,
    #[server(default)] due_on: Option<String>,
    #[server(default)] back: Option<String>,
) -> Result<()> {
    use domain::tasks::update::{TaskChange, update};

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let task = super::input::task_id(&task)?;
    let mut check = contract::error::Check::default();
    let assignee = check.field("assignee", super::input::assignee(assignee.as_deref()));
    let due_on = check.field("due_on", super::input::due_on(due_on.as_deref()));
    let (assignee, due_on) = check.done(assignee.zip(due_on))?;
    let change = TaskChange {
        assignee: Some(assignee),
        due_on: Some(due_on),
        ..TaskChange::default()
    };
    update(&actor, &deps, task, change).await?;
    super::landing::land(&actor, back.as_deref(), "", "task_saved");
    Ok(())
}
