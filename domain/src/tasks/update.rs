//! Changing a task.

use chrono::NaiveDate;
use contract::{
    FieldCode,
    iam::Permission,
    ids::{TaskId, UserId},
    task::TaskState,
    text::TaskTitle,
};
use serde_json::json;

use super::create::touch_project;
use crate::{Deps, OnConstraint, Result, actor::OrgActor, audit::Action};

/// What changes; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct TaskChange {
    pub title: Option<TaskTitle>,
    pub state: Option<TaskState>,
    pub assignee: Option<Option<UserId>>,
    pub due_on: Option<Option<NaiveDate>>,
}

/// A task in the bin, or of a project in the bin, is not found; one of an archived project stays as it is.
pub async fn update(org: &OrgActor, deps: &Deps, task: TaskId, change: TaskChange) -> Result<()> {
    org.require_change(Permission::TasksUpdate)?;
    let tenant = org.tenant().id.0;
    let now = deps.now();
    let mut transaction = org.begin(deps).await?;
    let before = sqlx::query!(
        "select project_id, title, state, assignee_id, due_on, completed_at from tasks \
         where tenant_id = $1 and id = $2 and deleted_at is null for update",
        tenant,
        task.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    touch_project(&mut transaction, org, deps, before.project_id.into()).await?;
    let title = change.title.as_ref().map_or(before.title.as_str(), TaskTitle::as_str);
    let state = change.state.map_or(before.state.as_str(), |state| state.key());
    let assignee = change
        .assignee
        .map_or(before.assignee_id, |user| user.map(|user| user.0));
    let due_on = change.due_on.unwrap_or(before.due_on);
    let completed_at = (state == TaskState::Done.key()).then(|| before.completed_at.unwrap_or(now));
    sqlx::query!(
        "update tasks set title = $3, state = $4, assignee_id = $5, due_on = $6, completed_at = $7, updated_at = $8 \
         where tenant_id = $1 and id = $2",
        tenant,
        task.0,
        title,
        state,
        assignee,
        due_on,
        completed_at,
        now,
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("tasks_assignee_fkey", || {
        contract::Error::field("assignee", FieldCode::NotAMember)
    })?;
    org.audit(Action::TaskUpdated)
        .subject(task.0)
        .before(json!({
            "title": before.title, "state": before.state, "assignee_id": before.assignee_id, "due_on": before.due_on,
        }))
        .after(json!({ "title": title, "state": state, "assignee_id": assignee, "due_on": due_on }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
