//! Out of the bin.

use contract::{iam::Permission, ids::TaskId};

use super::create::touch_project;
use crate::{Deps, Result, actor::OrgActor, audit::Action};

pub async fn restore(org: &OrgActor, deps: &Deps, task: TaskId) -> Result<()> {
    org.require_change(Permission::TasksDelete)?;
    let mut transaction = org.begin(deps).await?;
    let project = sqlx::query_scalar!(
        "update tasks set deleted_at = null, deleted_by = null, updated_at = $3 \
         where tenant_id = $1 and id = $2 and deleted_at is not null returning project_id",
        org.tenant().id.0,
        task.0,
        deps.now(),
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    touch_project(&mut transaction, org, deps, project.into()).await?;
    org.audit(Action::TaskRestored)
        .subject(task.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
