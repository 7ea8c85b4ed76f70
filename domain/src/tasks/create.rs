//! Writing a task down.

use chrono::NaiveDate;
use contract::{
    FieldCode,
    iam::Permission,
    ids::{ProjectId, TaskId, UserId},
    text::TaskTitle,
};
use serde_json::json;

use crate::{Deps, OnConstraint, Result, actor::OrgActor, audit::Action, database::Transaction};

#[derive(Debug, Clone)]
pub struct NewTask {
    pub title: TaskTitle,
    pub assignee: Option<UserId>,
    pub due_on: Option<NaiveDate>,
}

/// Into an active project only.
pub async fn create(org: &OrgActor, deps: &Deps, project: ProjectId, new: NewTask) -> Result<TaskId> {
    org.require_change(Permission::TasksCreate)?;
    let task: TaskId = deps.id();
    let mut transaction = org.begin(deps).await?;
    touch_project(&mut transaction, org, deps, project).await?;
    sqlx::query!(
        "insert into tasks (tenant_id, id, project_id, title, assignee_id, due_on, created_by, created_at, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
        org.tenant().id.0,
        task.0,
        project.0,
        new.title.as_str(),
        new.assignee.map(|user| user.0),
        new.due_on,
        org.user().id().0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("tasks_assignee_fkey", || {
        contract::Error::field("assignee", FieldCode::NotAMember)
    })?;
    org.audit(Action::TaskCreated)
        .subject(task.0)
        .after(json!({ "title": new.title, "project_id": project }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(task)
}

/// A change to a task is a change to its project, which must be one that is worked on.
pub(super) async fn touch_project(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    project: ProjectId,
) -> Result<()> {
    let status = sqlx::query_scalar!(
        "update projects set updated_at = $3 where tenant_id = $1 and id = $2 and deleted_at is null returning status",
        org.tenant().id.0,
        project.0,
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    if status == "active" {
        Ok(())
    } else {
        Err(contract::Error::Conflict.into())
    }
}
