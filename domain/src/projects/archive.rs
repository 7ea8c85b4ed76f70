//! Putting a project away, and taking it up again.

use contract::{iam::Permission, ids::ProjectId, project::ProjectStatus};

use crate::{Deps, Result, actor::OrgActor, audit::Action};

/// What becomes of a project; `None` when it is there already.
pub fn transition(from: ProjectStatus, to: ProjectStatus) -> Option<Action> {
    match (from, to) {
        (ProjectStatus::Active, ProjectStatus::Archived) => Some(Action::ProjectArchived),
        (ProjectStatus::Archived, ProjectStatus::Active) => Some(Action::ProjectUnarchived),
        (ProjectStatus::Active, ProjectStatus::Active) | (ProjectStatus::Archived, ProjectStatus::Archived) => None,
    }
}

/// Asking for the state that it has is no error: somebody else was quicker.
pub async fn set_status(org: &OrgActor, deps: &Deps, project: ProjectId, to: ProjectStatus) -> Result<()> {
    org.require_change(Permission::ProjectsUpdate)?;
    let mut transaction = org.begin(deps).await?;
    let status = sqlx::query_scalar!(
        "select status from projects where tenant_id = $1 and id = $2 and deleted_at is null for update",
        org.tenant().id.0,
        project.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    if let Some(action) = transition(super::model::status(&status)?, to) {
        sqlx::query!(
            "update projects set status = $3, updated_at = $4 where tenant_id = $1 and id = $2",
            org.tenant().id.0,
            project.0,
            to.key(),
            deps.now(),
        )
        .execute(&mut *transaction)
        .await?;
        org.audit(action)
            .subject(project.0)
            .write(&mut transaction, deps)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_states_is_settled() {
        for &from in ProjectStatus::ALL {
            for &to in ProjectStatus::ALL {
                assert_eq!(transition(from, to).is_none(), from == to);
            }
        }
    }
}
