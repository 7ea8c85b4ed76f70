//! Into the bin.

use contract::{iam::Permission, ids::TaskId};

use super::{create::touch_project, lock::lock};
use crate::{Deps, Result, actor::OrgActor, audit::Action};

/// In the bin already is no error.
pub async fn delete(org: &OrgActor, deps: &Deps, task: TaskId) -> Result<()> {
    org.require_change(Permission::TasksDelete)?;
    let mut transaction = org.begin_held(deps).await?;
    let locked = lock(&mut transaction, org, task).await?;
    if locked.in_bin {
        transaction.rollback().await?;
        return Ok(());
    }
    touch_project(&mut transaction, org, deps, locked.project, Permission::TasksDelete).await?;
    sqlx::query!(
        "update tasks set deleted_at = $3, deleted_by = $4 where tenant_id = $1 and id = $2",
        org.tenant().id.0,
        task.0,
        deps.now(),
        org.user().id().0,
    )
    .execute(&mut *transaction)
    .await?;
    org.audit(Action::TaskDeleted)
        .subject(task.0)
        .before(serde_json::json!({ "title": locked.title }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::project::ProjectStatus;

    use super::*;
    use crate::{
        projects::archive::set_status,
        testing::{TestDatabase, deps, join, organization, person, project, task},
    };

    #[tokio::test]
    async fn once_by_somebody_with_the_right_and_not_in_an_archived_project() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let guest = join(&database, &deps, &acme, &person(&deps, "bob").await, "guest").await;
        let work = project(&deps, &acme, "Work").await;
        let doomed = task(&deps, &acme, work, "Doomed").await;
        let refused = delete(&guest, &deps, doomed).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        set_status(&acme, &deps, work, ProjectStatus::Archived).await.unwrap();
        let refused = delete(&acme, &deps, doomed).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
        assert_eq!(database.count("tasks where deleted_at is not null").await, 0);
        set_status(&acme, &deps, work, ProjectStatus::Active).await.unwrap();
        delete(&acme, &deps, doomed).await.unwrap();
        delete(&acme, &deps, doomed).await.unwrap();
        assert_eq!(database.count("audit_log where action = 'task.deleted'").await, 1);
    }
}
