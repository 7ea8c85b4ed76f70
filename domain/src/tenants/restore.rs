//! Taking back that an organization was deleted.

use contract::iam::Permission;

use super::status::{self, Step};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    mail::{self, Ending, Mail},
    standing,
};

/// Possible until its time has run out; then it is gone, whether or not the purge has come to it. Also one that was paused is
/// active afterwards. Not deleted is no error. Its owners may have closed their accounts meanwhile: who may delete it by a role
/// of its own does not bring it back without an owner, [`contract::Error::LastOwner`].
pub async fn restore(org: &OrgActor, deps: &Deps) -> Result<()> {
    org.require(Permission::TenantDelete)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold_present(&mut transaction, org).await?;
    actor.require(Permission::TenantDelete)?;
    let locked = status::lock(&mut transaction, tenant).await?;
    let Some(becomes) = locked.take(Step::Restore)? else {
        transaction.rollback().await?;
        return Ok(());
    };
    if locked.purge_after.is_some_and(|purge_after| purge_after <= deps.now()) {
        return Err(contract::Error::NotFound.into());
    }
    if !actor.role.is_owner() {
        standing::require_another_owner(&mut transaction, tenant, actor.user).await?;
    }
    status::set(&mut transaction, tenant, becomes, None, deps.now()).await?;
    for user in status::owners(&mut transaction, tenant).await? {
        mail::enqueue(&mut transaction, &Mail::Ending(Ending::TenantRestored { user, tenant })).await?;
    }
    org.audit(Action::TenantRestored)
        .subject(tenant.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::{
        identity::{deactivate_account::deactivate as deactivate_account, delete_account::delete as delete_account},
        tenants::{deactivate::deactivate, delete::delete},
        testing::{TestDatabase, clock_and_deps, custom_role, join, join_as, organization, person, project},
    };

    #[tokio::test]
    async fn until_the_last_moment_and_with_everything_in_it() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        project(&deps, &acme, "Work").await;
        delete(&acme, &deps, "acme").await.unwrap();
        clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        restore(&acme, &deps).await.unwrap();
        restore(&acme, &deps).await.unwrap();
        assert_eq!(
            database
                .count("tenants where status = 'active' and purge_after is null")
                .await,
            1
        );
        assert_eq!(database.count("projects where deleted_at is null").await, 1);
        assert_eq!(database.count("audit_log where action = 'tenant.restored'").await, 1);
    }

    #[tokio::test]
    async fn not_when_its_time_has_run_out() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        delete(&acme, &deps, "acme").await.unwrap();
        clock.advance(TimeDelta::days(30));
        let refused = restore(&acme, &deps).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
    }

    /// One that is on its way out keeps nobody in their account, and so may be left without an owner.
    #[tokio::test]
    async fn not_without_an_owner_who_can_act() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let deputy = custom_role(&deps, &acme, "Deputy", &[Permission::TenantDelete]).await;
        let bob = join_as(&database, &deps, &acme, &person(&deps, "bob").await, deputy).await;
        delete(&acme, &deps, "acme").await.unwrap();
        deactivate_account(&ann, &deps).await.unwrap();
        let refused = restore(&bob, &deps).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::LastOwner);
        let late = restore(&acme, &deps).await.unwrap_err();
        assert_eq!(contract::Error::from(late), contract::Error::Unauthenticated);
        delete_account(&ann, &deps, "ann@example.test", None).await.unwrap();
        let refused = restore(&bob, &deps).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::LastOwner);
        assert_eq!(database.count("tenants where status = 'deleting'").await, 1);
        join(&database, &deps, &bob, &person(&deps, "cid").await, "owner").await;
        restore(&bob, &deps).await.unwrap();
    }

    #[tokio::test]
    async fn a_pause_is_not_a_deletion_and_an_admin_may_not() {
        let database = TestDatabase::new().await;
        let (_clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        deactivate(&acme, &deps).await.unwrap();
        let refused = restore(&acme, &deps).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
        let refused = restore(&admin, &deps).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
    }
}
