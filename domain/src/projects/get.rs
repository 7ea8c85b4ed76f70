//! One project with everything in it.

use contract::{
    iam::Permission,
    ids::{ProjectId, UserId},
};

use super::{
    Project,
    model::{named, status, visibility},
    who_sees,
};
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
        r#"select p.id, p.name, p.description, p.status, p.visibility, p.updated_at, p.deleted_at,
            p.paused_at is not null as "paused!", w.id as "workspace_id?", w.name as "workspace_name?"
        from projects p left join workspaces w on w.tenant_id = p.tenant_id and w.id = p.workspace_id
        where p.tenant_id = $1 and p.id = $2"#,
        tenant,
        project.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let all = crate::tasks::list(&mut transaction, tenant, project).await?;
    let assignees = who_sees(&mut transaction, org, project, None).await?;
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
            visibility: visibility(&row.visibility)?,
            workspace: named(row.workspace_id, row.workspace_name),
            open_tasks: u32::try_from(tasks.len() - done).unwrap_or(u32::MAX),
            done_tasks: u32::try_from(done).unwrap_or(u32::MAX),
            paused: row.paused,
            updated_at: row.updated_at,
            deleted_at: row.deleted_at,
        },
        tasks,
        bin,
        assignees: assignees.into_iter().map(|one| (one.id, one.name)).collect(),
    })
}
