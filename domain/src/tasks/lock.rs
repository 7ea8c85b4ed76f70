//! A task that is about to change.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    FieldCode,
    ids::{ProjectId, TaskId, UserId},
};
use uuid::Uuid;

use crate::{Result, actor::OrgActor, database::Transaction, projects::who_sees};

pub(super) struct Locked {
    pub project: ProjectId,
    pub title: String,
    pub state: String,
    pub assignee: Option<Uuid>,
    pub due_on: Option<NaiveDate>,
    pub completed_at: Option<DateTime<Utc>>,
    pub in_bin: bool,
}

/// Holds the task until the transaction ends. Always before its project, so that two changes cannot wait for each other.
pub(super) async fn lock(transaction: &mut Transaction, org: &OrgActor, task: TaskId) -> Result<Locked> {
    let row = sqlx::query!(
        r#"select project_id, title, state, assignee_id, due_on, completed_at, deleted_at is not null as "in_bin!"
        from tasks where tenant_id = $1 and id = $2 for update"#,
        org.tenant().id.0,
        task.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok(Locked {
        project: row.project_id.into(),
        title: row.title,
        state: row.state,
        assignee: row.assignee_id,
        due_on: row.due_on,
        completed_at: row.completed_at,
        in_bin: row.in_bin,
    })
}

/// Only somebody who is active in the organization and sees the project is given a task. They stay active until it is
/// written.
pub(super) async fn require_assignable(
    transaction: &mut Transaction,
    org: &OrgActor,
    project: ProjectId,
    user: UserId,
) -> Result<()> {
    sqlx::query_scalar!(
        "select user_id from tenant_members where tenant_id = $1 and user_id = $2 and status = 'active' for share",
        org.tenant().id.0,
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or_else(|| contract::Error::field("assignee", FieldCode::NotAMember))?;
    if who_sees(transaction, org, project, Some(user)).await?.is_empty() {
        return Err(contract::Error::field("assignee", FieldCode::NoAccess).into());
    }
    Ok(())
}
