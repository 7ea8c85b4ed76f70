//! Closing an organization.

use contract::{ids::TenantId, staff::StaffRight, tenant::TenantStatus, text::SuspensionReason};
use serde_json::json;

use crate::{
    Deps, Result,
    actor::StaffActor,
    audit::Action,
    mail::{self, Ending, Mail},
    tenants::status::{self, Step},
};

/// Its people can read and change nothing, from their next request on; its owners are told why. Needs a second factor that was
/// proven a moment ago. Closed already is no error; one that is being deleted is left to its end: [`contract::Error::Conflict`].
pub async fn suspend(staff: &StaffActor, deps: &Deps, tenant: TenantId, reason: SuspensionReason) -> Result<()> {
    staff.require(StaffRight::TenantsManage)?;
    staff.require_fresh_factor(deps)?;
    let mut transaction = staff.begin(deps).await?;
    let held = status::lock(&mut transaction, tenant).await?;
    let Some(becomes) = held.take(Step::Suspend)? else {
        transaction.rollback().await?;
        return Ok(());
    };
    status::set(&mut transaction, tenant, becomes, None, deps.now()).await?;
    sqlx::query!(
        "insert into platform_tenant_suspensions (id, tenant_id, reason, was_paused, suspended_by, suspended_at) \
         values ($1, $2, $3, $4, $5, $6)",
        deps.id::<uuid::Uuid>(),
        tenant.0,
        reason.as_str(),
        held.status == TenantStatus::Deactivated,
        staff.id().0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    for user in status::owners(&mut transaction, tenant).await? {
        let mail = Mail::Ending(Ending::TenantSuspended { user, tenant });
        mail::enqueue(&mut transaction, &mail).await?;
    }
    staff
        .audit_in(tenant, Action::TenantSuspended)
        .subject(tenant.0)
        .after(json!({ "reason": reason.as_str() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{Error, iam::Permission, staff::StaffRole};

    use super::*;
    use crate::{
        actor::{FRESH_FACTOR, OrgActor},
        customers::organizations::reinstate::reinstate,
        projects::create::create,
        tenants::{deactivate::deactivate, delete::delete},
        testing::{TestDatabase, clock_and_deps, deps, organization, person, project_fields, staff},
    };

    fn reason() -> SuspensionReason {
        SuspensionReason::parse("It sends mail that nobody asked for").unwrap()
    }

    #[tokio::test]
    async fn nothing_can_be_changed_until_it_is_opened_again_and_its_people_read_why() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        suspend(&sue, &deps, acme.tenant().id, reason()).await.unwrap();
        suspend(&sue, &deps, acme.tenant().id, reason()).await.unwrap();
        let refused = create(&acme, &deps, project_fields("Late")).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::TenantInactive);
        OrgActor::enter(&ann, &deps, "acme")
            .await
            .unwrap()
            .require(Permission::ProjectsRead)
            .unwrap();
        let told = "graphile_worker._private_jobs where payload::text like '%TenantSuspended%'";
        assert_eq!(database.count(told).await, 1, "a second press is told to nobody");
        let entry = format!(
            "audit_log where action = 'tenant.suspended' and tenant_id = '{}' and origin = 'staff' and actor_user_id = '{}' \
             and after ->> 'reason' like 'It sends%'",
            acme.tenant().id,
            sue.id()
        );
        assert_eq!(database.count(&entry).await, 1);
        reinstate(&sue, &deps, acme.tenant().id).await.unwrap();
        create(&acme, &deps, project_fields("In time")).await.unwrap();
    }

    #[tokio::test]
    async fn what_was_paused_is_paused_again() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        deactivate(&acme, &deps).await.unwrap();
        suspend(&sue, &deps, acme.tenant().id, reason()).await.unwrap();
        reinstate(&sue, &deps, acme.tenant().id).await.unwrap();
        assert_eq!(database.count("tenants where status = 'deactivated'").await, 1);
    }

    #[tokio::test]
    async fn closing_and_opening_need_a_factor_proven_a_moment_ago() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let tenant = acme.tenant().id;
        let stale = staff(&database, &deps, "sue", StaffRole::Support).await;
        clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
        let fresh = staff(&database, &deps, "sam", StaffRole::Support).await;
        let suspended = "tenants where status = 'suspended'";
        let refused = suspend(&stale, &deps, tenant, reason()).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::SecondFactorRequired);
        assert_eq!(database.count(suspended).await, 0);
        suspend(&fresh, &deps, tenant, reason()).await.unwrap();
        let refused = reinstate(&stale, &deps, tenant).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::SecondFactorRequired);
        assert_eq!(database.count(suspended).await, 1);
        reinstate(&fresh, &deps, tenant).await.unwrap();
    }

    #[tokio::test]
    async fn not_what_is_being_deleted_and_not_by_who_only_reads() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let tenant = acme.tenant().id;
        for role in [StaffRole::Auditor, StaffRole::Billing] {
            let reader = staff(&database, &deps, role.key(), role).await;
            for refused in [
                suspend(&reader, &deps, tenant, reason()).await,
                reinstate(&reader, &deps, tenant).await,
            ] {
                assert_eq!(Error::from(refused.unwrap_err()), Error::Forbidden, "{role:?}");
            }
        }
        delete(&acme, &deps, "acme").await.unwrap();
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let refused = suspend(&sue, &deps, tenant, reason()).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Conflict);
    }
}
