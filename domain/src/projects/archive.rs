//! Putting a project away, and taking it up again.

use contract::{iam::Permission, ids::ProjectId, project::ProjectStatus};
use serde_json::json;

use super::lock::lock_for;
use crate::{Deps, Result, actor::OrgActor, audit::Action, standing::Purpose};

/// What becomes of a project; `None` when it is there already.
pub fn transition(from: ProjectStatus, to: ProjectStatus) -> Option<Action> {
    match (from, to) {
        (ProjectStatus::Active, ProjectStatus::Archived) => Some(Action::ProjectArchived),
        (ProjectStatus::Archived, ProjectStatus::Active) => Some(Action::ProjectUnarchived),
        (ProjectStatus::Active, ProjectStatus::Active) | (ProjectStatus::Archived, ProjectStatus::Archived) => None,
    }
}

/// Asking for the state that it has is no error: somebody else was quicker. Also what is paused, or not paid for, can be put
/// away.
pub async fn set_status(org: &OrgActor, deps: &Deps, project: ProjectId, to: ProjectStatus) -> Result<()> {
    let purpose = match to {
        ProjectStatus::Archived => Purpose::Relief,
        ProjectStatus::Active => Purpose::Change,
    };
    org.require_for(purpose, Permission::ProjectsUpdate)?;
    let mut transaction = org.begin_held(deps).await?;
    let locked = lock_for(&mut transaction, org, project, Permission::ProjectsUpdate, purpose).await?;
    match purpose {
        Purpose::Relief => locked.require_outside_bin()?,
        Purpose::Change => locked.require_changeable()?,
    }
    if let Some(action) = transition(locked.status, to) {
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
            .before(json!({ "status": locked.status }))
            .after(json!({ "status": to }))
            .write(&mut transaction, deps)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projects::{delete::delete, get::get},
        testing::{TestDatabase, deps, organization, person, project},
    };

    #[tokio::test]
    async fn is_recorded_once_and_not_done_to_what_is_in_the_bin() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        for _ in 0..2 {
            set_status(&acme, &deps, work, ProjectStatus::Archived).await.unwrap();
            let detail = get(&acme, &deps, work).await.unwrap();
            assert_eq!(detail.project.status, ProjectStatus::Archived);
        }
        assert_eq!(database.count("audit_log where action = 'project.archived'").await, 1);
        delete(&acme, &deps, work).await.unwrap();
        let refused = set_status(&acme, &deps, work, ProjectStatus::Active).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
    }

    #[test]
    fn every_pair_of_states_is_settled() {
        for &from in ProjectStatus::ALL {
            for &to in ProjectStatus::ALL {
                assert_eq!(transition(from, to).is_none(), from == to);
            }
        }
    }
}
