//! Into the bin.

use contract::{iam::Permission, ids::ProjectId};

use super::lock::lock_for;
use crate::{Deps, Result, actor::OrgActor, audit::Action, billing::apply_limits, standing::Purpose};

/// The project and what is in it stay, out of sight, until they are restored. In the bin already is no error.
/// Possible also for one that is paused, and whether or not the organization is paid for.
pub async fn delete(org: &OrgActor, deps: &Deps, project: ProjectId) -> Result<()> {
    org.require_relief(Permission::ProjectsDelete)?;
    let mut transaction = org.begin_held(deps).await?;
    let locked = lock_for(
        &mut transaction,
        org,
        project,
        Permission::ProjectsDelete,
        Purpose::Relief,
    )
    .await?;
    if locked.in_bin {
        transaction.rollback().await?;
        return Ok(());
    }
    sqlx::query!(
        "update projects set deleted_at = $3, deleted_by = $4 where tenant_id = $1 and id = $2",
        org.tenant().id.0,
        project.0,
        deps.now(),
        org.user().id().0,
    )
    .execute(&mut *transaction)
    .await?;
    apply_limits::later(&mut transaction, org.tenant().id).await?;
    org.audit(Action::ProjectDeleted)
        .subject(project.0)
        .before(serde_json::json!({ "name": locked.name }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projects::get::get,
        testing::{TestDatabase, deps, join, organization, person, project},
    };

    #[tokio::test]
    async fn a_second_click_changes_nothing() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        delete(&acme, &deps, work).await.unwrap();
        delete(&acme, &deps, work).await.unwrap();
        assert!(get(&acme, &deps, work).await.unwrap().project.deleted_at.is_some());
        assert_eq!(database.count("audit_log where action = 'project.deleted'").await, 1);
    }

    #[tokio::test]
    async fn a_member_may_not() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        let member = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let refused = delete(&member, &deps, work).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
    }
}
