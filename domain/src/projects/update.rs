//! Name and description.

use contract::{FieldCode, iam::Permission, ids::ProjectId};
use serde_json::json;

use super::ProjectFields;
use crate::{Deps, OnConstraint, Result, actor::OrgActor, audit::Action};

/// A project in the bin is not found; an archived one can still be renamed.
pub async fn update(org: &OrgActor, deps: &Deps, project: ProjectId, change: ProjectFields) -> Result<()> {
    org.require_change(Permission::ProjectsUpdate)?;
    let mut transaction = org.begin(deps).await?;
    let before = sqlx::query!(
        "select name, description from projects where tenant_id = $1 and id = $2 and deleted_at is null for update",
        org.tenant().id.0,
        project.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    sqlx::query!(
        "update projects set name = $3, description = $4, updated_at = $5 where tenant_id = $1 and id = $2",
        org.tenant().id.0,
        project.0,
        change.name.as_str(),
        change.description.as_str(),
        deps.now(),
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("projects_name_key", || contract::Error::field("name", FieldCode::Taken))?;
    org.audit(Action::ProjectUpdated)
        .subject(project.0)
        .before(json!({ "name": before.name, "description": before.description }))
        .after(json!({ "name": change.name, "description": change.description }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
