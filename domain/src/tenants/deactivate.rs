//! Pausing an organization.

use contract::iam::Permission;

use super::status::{self, Step};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    mail::{self, Ending, Mail},
    standing,
};

/// Everything stays as it is and nobody can change it; who cannot end the pause does not get in. Paused already is no error.
pub async fn deactivate(org: &OrgActor, deps: &Deps) -> Result<()> {
    org.require(Permission::TenantDelete)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    standing::hold_present(&mut transaction, org)
        .await?
        .require(Permission::TenantDelete)?;
    let Some(becomes) = status::lock(&mut transaction, tenant).await?.take(Step::Deactivate)? else {
        transaction.rollback().await?;
        return Ok(());
    };
    status::set(&mut transaction, tenant, becomes, None, deps.now()).await?;
    for user in status::owners(&mut transaction, tenant).await? {
        mail::enqueue(
            &mut transaction,
            &Mail::Ending(Ending::TenantDeactivated { user, tenant }),
        )
        .await?;
    }
    org.audit(Action::TenantDeactivated)
        .subject(tenant.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projects::create::create,
        tenants::reactivate::reactivate,
        testing::{TestDatabase, deps, join, organization, person, project_fields},
    };

    #[tokio::test]
    async fn who_cannot_end_a_pause_is_kept_out_and_who_can_reads() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        let stale = join(&database, &deps, &acme, &bob, "admin").await;
        deactivate(&acme, &deps).await.unwrap();

        let refused = OrgActor::enter(&bob, &deps, "acme").await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::TenantInactive);
        let refused = create(&stale, &deps, project_fields("Late")).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::TenantInactive,
            "also who was inside"
        );
        let paused = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
        paused.require(Permission::ProjectsRead).unwrap();
        let refused = paused.require_change(Permission::ProjectsCreate).unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::TenantInactive);

        reactivate(&paused, &deps).await.unwrap();
        OrgActor::enter(&bob, &deps, "acme").await.unwrap();
        create(&stale, &deps, project_fields("In time")).await.unwrap();
    }

    #[tokio::test]
    async fn a_second_click_is_told_to_nobody() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        deactivate(&acme, &deps).await.unwrap();
        deactivate(&acme, &deps).await.unwrap();
        assert_eq!(database.count("audit_log where action = 'tenant.deactivated'").await, 1);
        let mails = "graphile_worker._private_jobs where payload::text like '%TenantDeactivated%'";
        assert_eq!(database.count(mails).await, 1);
    }

    #[tokio::test]
    async fn an_admin_may_not() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        for refused in [deactivate(&admin, &deps).await, reactivate(&admin, &deps).await] {
            assert_eq!(contract::Error::from(refused.unwrap_err()), contract::Error::Forbidden);
        }
    }
}
