//! Out of the bin.

use contract::{FieldCode, iam::Permission, ids::ProjectId};

use super::create::{limit_reached, lock_limit};
use crate::{Deps, OnConstraint, Result, actor::OrgActor, audit::Action};

/// Counts against the plan again, so that the plan is asked; its name must be free.
pub async fn restore(org: &OrgActor, deps: &Deps, project: ProjectId) -> Result<()> {
    org.require_change(Permission::ProjectsDelete)?;
    let mut transaction = org.begin(deps).await?;
    let limit = lock_limit(&mut transaction, org.tenant()).await?;
    let in_bin = sqlx::query_scalar!(
        r#"select exists (
            select from projects where tenant_id = $1 and id = $2 and deleted_at is not null
        ) as "in_bin!""#,
        org.tenant().id.0,
        project.0,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if !in_bin {
        return Err(contract::Error::NotFound.into());
    }
    let restored = sqlx::query!(
        "update projects set deleted_at = null, deleted_by = null, updated_at = $3 \
         where tenant_id = $1 and id = $2 and deleted_at is not null and ($4::integer is null \
            or (select count(*) from projects where tenant_id = $1 and deleted_at is null) < $4)",
        org.tenant().id.0,
        project.0,
        deps.now(),
        limit,
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("projects_name_key", || contract::Error::field("name", FieldCode::Taken))?;
    if restored.rows_affected() == 0 {
        return Err(limit_reached(limit));
    }
    org.audit(Action::ProjectRestored)
        .subject(project.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
