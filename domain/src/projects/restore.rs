//! Out of the bin.

use contract::{FieldCode, iam::Permission, ids::ProjectId};

use super::{
    create::{limit, limit_reached},
    lock::lock,
};
use crate::{
    Deps, OnConstraint, Result,
    actor::OrgActor,
    audit::Action,
    database::{self, Reach},
    standing,
};

/// Counts against the plan again, so that the plan is asked; its name must be free. Not in the bin any more is no error.
pub async fn restore(org: &OrgActor, deps: &Deps, project: ProjectId) -> Result<()> {
    org.require_change(Permission::ProjectsDelete)?;
    let mut transaction = org.begin(deps).await?;
    standing::hold(&mut transaction, org, Permission::ProjectsDelete).await?;
    let limit = limit(&mut transaction, org.tenant(), deps).await?;
    if !lock(&mut transaction, org, project).await?.in_bin {
        transaction.rollback().await?;
        return Ok(());
    }
    database::set_reach(&mut transaction, Reach::All).await?;
    let restored = sqlx::query!(
        "update projects set deleted_at = null, deleted_by = null, paused_at = null, updated_at = $3 \
         where tenant_id = $1 and id = $2 and ($4::integer is null \
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
        return Err(limit_reached(&mut transaction, org.tenant(), limit).await);
    }
    org.audit(Action::ProjectRestored)
        .subject(project.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::{error::Limit, project::ProjectStatus};

    use super::*;
    use crate::{
        projects::{archive::set_status, delete::delete, get::get},
        testing::{TestDatabase, deps, organization, person, project},
    };

    #[tokio::test]
    async fn brings_the_same_state_back_once() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        set_status(&acme, &deps, work, ProjectStatus::Archived).await.unwrap();
        delete(&acme, &deps, work).await.unwrap();
        restore(&acme, &deps, work).await.unwrap();
        restore(&acme, &deps, work).await.unwrap();
        let back = get(&acme, &deps, work).await.unwrap().project;
        assert_eq!((back.status, back.deleted_at), (ProjectStatus::Archived, None));
        assert_eq!(database.count("audit_log where action = 'project.restored'").await, 1);
    }

    #[tokio::test]
    async fn asks_the_plan_and_for_the_name() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        delete(&acme, &deps, work).await.unwrap();
        let again = project(&deps, &acme, "work").await;
        let refused = restore(&acme, &deps, work).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::field("name", FieldCode::Taken)
        );
        delete(&acme, &deps, again).await.unwrap();
        for number in 1..=5 {
            project(&deps, &acme, &format!("Project {number}")).await;
        }
        let refused = restore(&acme, &deps, work).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::LimitReached {
                limit: Limit::Projects,
                used: 5,
                allowed: 5
            }
        );
    }
}
