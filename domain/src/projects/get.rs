//! One project with everything in it.

use contract::{
    iam::Permission,
    ids::{ProjectId, UserId},
};

use super::{Project, model::status};
use crate::{Deps, Result, actor::OrgActor, tasks::Task};

#[derive(Debug, Clone)]
pub struct ProjectDetail {
    pub project: Project,
    /// In the order they were written down.
    pub tasks: Vec<Task>,
    /// Those in the bin, the last deleted first.
    pub bin: Vec<Task>,
    /// Who may be given a task, by name.
    pub assignees: Vec<(UserId, String)>,
}

/// Also one that is in the bin, so that it can be looked at before it is restored.
pub async fn get(org: &OrgActor, deps: &Deps, project: ProjectId) -> Result<ProjectDetail> {
    org.require(Permission::ProjectsRead)?;
    let tenant = org.tenant().id.0;
    let mut transaction = org.begin(deps).await?;
    let row = sqlx::query!(
        "select id, name, description, status, updated_at, deleted_at from projects where tenant_id = $1 and id = $2",
        tenant,
        project.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let all = crate::tasks::list(&mut transaction, tenant, project).await?;
    let assignees = sqlx::query!(
        "select u.id, u.name from tenant_members m join users u on u.id = m.user_id \
         where m.tenant_id = $1 and m.status = 'active' order by lower(u.name), u.id",
        tenant,
    )
    .fetch_all(&mut *transaction)
    .await?;
    transaction.commit().await?;
    let (mut bin, tasks): (Vec<Task>, Vec<Task>) = all.into_iter().partition(|task| task.deleted_at.is_some());
    bin.sort_by_key(|task| std::cmp::Reverse(task.deleted_at));
    let done = tasks
        .iter()
        .filter(|task| task.state == contract::task::TaskState::Done)
        .count();
    Ok(ProjectDetail {
        project: Project {
            id: row.id.into(),
            name: row.name,
            description: row.description,
            status: status(&row.status)?,
            open_tasks: u32::try_from(tasks.len() - done).unwrap_or(u32::MAX),
            done_tasks: u32::try_from(done).unwrap_or(u32::MAX),
            updated_at: row.updated_at,
            deleted_at: row.deleted_at,
        },
        tasks,
        bin,
        assignees: assignees.into_iter().map(|row| (row.id.into(), row.name)).collect(),
    })
}
