//! The tasks of a project, for its page.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    ids::{ProjectId, TaskId, UserId},
    task::TaskState,
};
use uuid::Uuid;

use crate::{Result, database::Transaction};

#[derive(Debug, Clone)]
pub struct Task {
    pub id: TaskId,
    pub title: String,
    pub state: TaskState,
    pub assignee: Option<(UserId, String)>,
    pub due_on: Option<NaiveDate>,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// Those in the bin as well. The caller has asked for the right.
pub(crate) async fn list(transaction: &mut Transaction, tenant: Uuid, project: ProjectId) -> Result<Vec<Task>> {
    let rows = sqlx::query!(
        r#"select t.id, t.title, t.state, t.assignee_id, u.name as "assignee_name?", t.due_on, t.deleted_at
        from tasks t left join users u on u.id = t.assignee_id
        where t.tenant_id = $1 and t.project_id = $2
        order by t.created_at, t.id"#,
        tenant,
        project.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Task {
                id: row.id.into(),
                title: row.title,
                state: TaskState::from_key(&row.state).ok_or_else(|| crate::Error::fault("unknown task state"))?,
                assignee: row
                    .assignee_id
                    .zip(row.assignee_name)
                    .map(|(id, name)| (id.into(), name)),
                due_on: row.due_on,
                deleted_at: row.deleted_at,
            })
        })
        .collect()
}
