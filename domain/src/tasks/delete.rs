//! Into the bin.

use contract::{iam::Permission, ids::TaskId};

use super::create::touch_project;
use crate::{Deps, Result, actor::OrgActor, audit::Action};

pub async fn delete(org: &OrgActor, deps: &Deps, task: TaskId) -> Result<()> {
    org.require_change(Permission::TasksDelete)?;
    let mut transaction = org.begin(deps).await?;
    let project = sqlx::query_scalar!(
        "update tasks set deleted_at = $3, deleted_by = $4 where tenant_id = $1 and id = $2 and deleted_at is null \
         returning project_id",
        org.tenant().id.0,
        task.0,
        deps.now(),
        org.user().id().0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    touch_project(&mut transaction, org, deps, project.into()).await?;
    org.audit(Action::TaskDeleted)
        .subject(task.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
