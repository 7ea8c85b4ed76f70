//! Into the bin.

use contract::{iam::Permission, ids::ProjectId};

use crate::{Deps, Result, actor::OrgActor, audit::Action};

/// The project and what is in it stay, out of sight, until they are restored.
pub async fn delete(org: &OrgActor, deps: &Deps, project: ProjectId) -> Result<()> {
    org.require_change(Permission::ProjectsDelete)?;
    let mut transaction = org.begin(deps).await?;
    let deleted = sqlx::query_scalar!(
        "update projects set deleted_at = $3, deleted_by = $4 where tenant_id = $1 and id = $2 and deleted_at is null \
         returning name",
        org.tenant().id.0,
        project.0,
        deps.now(),
        org.user().id().0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    org.audit(Action::ProjectDeleted)
        .subject(project.0)
        .before(serde_json::json!({ "name": deleted }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
