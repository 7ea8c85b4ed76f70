//! Writing a task down.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn create_task(
    org: String,
    project: String,
    title: String,
    #[server(default)] assignee: Option<String>,
    #[server(default)] due_on: Option<String>,
    #[server(default)] back: Option<String>,
) -> Result<()> {
    use super::input;

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let project = input::project_id(&project)?;
    let mut check = contract::error::Check::default();
    let title = check.field("title", contract::text::TaskTitle::parse(&title));
    let assignee = check.field("assignee", input::assignee(assignee.as_deref()));
    let due_on = check.field("due_on", input::due_on(due_on.as_deref()));
    let ((title, assignee), due_on) = check.done(title.zip(assignee).zip(due_on))?;
    let new = domain::tasks::create::NewTask {
        title,
        assignee,
        due_on,
    };
    domain::tasks::create::create(&actor, &deps, project, new).await?;
    super::landing::land(&actor, back.as_deref(), &format!("/{project}"), "task_created");
    Ok(())
}
