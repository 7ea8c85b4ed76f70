//! Out of the bin.

use contract::{iam::Permission, ids::TaskId};

use super::{create::touch_project, lock::lock};
use crate::{Deps, Result, actor::OrgActor, audit::Action};

/// Not in the bin any more is no error.
pub async fn restore(org: &OrgActor, deps: &Deps, task: TaskId) -> Result<()> {
    org.require_change(Permission::TasksDelete)?;
    let mut transaction = org.begin_held(deps).await?;
    let locked = lock(&mut transaction, org, task).await?;
    if !locked.in_bin {
        transaction.rollback().await?;
        return Ok(());
    }
    touch_project(&mut transaction, org, deps, locked.project, Permission::TasksDelete).await?;
    sqlx::query!(
        "update tasks set deleted_at = null, deleted_by = null, updated_at = $3 where tenant_id = $1 and id = $2",
        org.tenant().id.0,
        task.0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    org.audit(Action::TaskRestored)
        .subject(task.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projects::{self, get::get},
        tasks::delete::delete,
        testing::{TestDatabase, deps, organization, person, project, task},
    };

    #[tokio::test]
    async fn brings_it_back_once_unless_its_project_is_in_the_bin() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        let back = task(&deps, &acme, work, "Back").await;
        delete(&acme, &deps, back).await.unwrap();
        let detail = get(&acme, &deps, work).await.unwrap();
        assert_eq!((detail.tasks.len(), detail.bin.len()), (0, 1));
        projects::delete::delete(&acme, &deps, work).await.unwrap();
        let refused = restore(&acme, &deps, back).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
        projects::restore::restore(&acme, &deps, work).await.unwrap();
        restore(&acme, &deps, back).await.unwrap();
        restore(&acme, &deps, back).await.unwrap();
        let detail = get(&acme, &deps, work).await.unwrap();
        assert_eq!((detail.tasks.len(), detail.bin.len()), (1, 0));
        assert_eq!(database.count("audit_log where action = 'task.restored'").await, 1);
    }
}
