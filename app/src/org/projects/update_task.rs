//! Changing a task's title.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn update_task(
    org: String,
    task: String,
    title: String,
    #[server(default)] back: Option<String>,
) -> Result<()> {
    use domain::tasks::update::{TaskChange, update};

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let task = super::input::task_id(&task)?;
    let mut check = contract::error::Check::default();
    let value = check.field("title", contract::text::TaskTitle::parse(&title));
    let change = TaskChange {
        title: Some(check.done(value)?),
        ..TaskChange::default()
    };
    update(&actor, &deps, task, change).await?;
    super::landing::land(&actor, back.as_deref(), "", "task_saved");
    Ok(())
}
