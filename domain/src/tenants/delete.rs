//! Deleting an organization: out of everybody's hands at once, and gone after a while.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{FieldCode, iam::Permission};
use serde_json::json;

use super::status::{self, Step};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    mail::{self, Ending, Mail},
    standing,
};

/// For how long it can be restored.
pub const RESTORABLE: TimeDelta = TimeDelta::days(30);

/// Needs its name, typed, and a sign-in of a moment ago. From here on nobody works in it; who may delete it can restore it
/// until the moment that is answered. Deleted already is no error, and the time does not begin anew.
pub async fn delete(org: &OrgActor, deps: &Deps, typed: &str) -> Result<DateTime<Utc>> {
    org.require(Permission::TenantDelete)?;
    org.user().require_recent_sign_in(deps)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    standing::hold_present(&mut transaction, org)
        .await?
        .require(Permission::TenantDelete)?;
    let locked = status::lock(&mut transaction, tenant).await?;
    if typed.trim() != locked.name {
        return Err(contract::Error::field("confirm", FieldCode::Mismatch).into());
    }
    let purge_after = deps.now() + RESTORABLE;
    let Some(becomes) = locked.take(Step::Delete)? else {
        transaction.rollback().await?;
        return Ok(locked.purge_after.unwrap_or(purge_after));
    };
    status::set(&mut transaction, tenant, becomes, Some(purge_after), deps.now()).await?;
    for user in status::owners(&mut transaction, tenant).await? {
        mail::enqueue(
            &mut transaction,
            &Mail::Ending(Ending::TenantDeletionScheduled { user, tenant }),
        )
        .await?;
    }
    org.audit(Action::TenantDeletionScheduled)
        .subject(tenant.0)
        .before(json!({ "status": locked.status }))
        .after(json!({ "purge_after": purge_after }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(purge_after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actor::RECENT_SIGN_IN,
        tenants::{deactivate::deactivate, restore::restore},
        testing::{TestDatabase, clock_and_deps, deps, join, organization, person},
    };

    #[tokio::test]
    async fn takes_it_away_from_everybody_but_who_can_undo_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        join(&database, &deps, &acme, &bob, "admin").await;
        let until = delete(&acme, &deps, " acme ").await.unwrap();
        assert_eq!(until, deps.now() + TimeDelta::days(30));
        let refused = OrgActor::enter(&bob, &deps, "acme").await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::TenantInactive);
        let deleted = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
        assert_eq!(deleted.tenant().purge_after, Some(until));
        restore(&deleted, &deps).await.unwrap();
        OrgActor::enter(&bob, &deps, "acme").await.unwrap();
    }

    #[tokio::test]
    async fn needs_the_name_and_a_recent_sign_in() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        for typed in ["", "Acme", "acm", "acme."] {
            let refused = delete(&acme, &deps, typed).await.unwrap_err();
            assert_eq!(
                contract::Error::from(refused),
                contract::Error::field("confirm", FieldCode::Mismatch),
                "{typed}"
            );
        }
        clock.advance(RECENT_SIGN_IN + TimeDelta::seconds(1));
        let refused = delete(&acme, &deps, "acme").await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::RecentSignInRequired);
        assert_eq!(database.count("tenants where status = 'active'").await, 1);
    }

    #[tokio::test]
    async fn a_paused_one_too_and_again_does_not_give_it_more_time() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        deactivate(&acme, &deps).await.unwrap();
        let first = delete(&acme, &deps, "acme").await.unwrap();
        clock.advance(TimeDelta::minutes(5));
        assert_eq!(delete(&acme, &deps, "acme").await.unwrap(), first);
        assert_eq!(
            database
                .count("audit_log where action = 'tenant.deletion_scheduled'")
                .await,
            1
        );
    }

    #[tokio::test]
    async fn every_owner_is_told_and_nobody_else() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let second = person(&deps, "bob").await;
        join(&database, &deps, &acme, &second, "owner").await;
        join(&database, &deps, &acme, &person(&deps, "cleo").await, "admin").await;
        delete(&acme, &deps, "acme").await.unwrap();
        let mails = "graphile_worker._private_jobs where payload::text like '%TenantDeletionScheduled%'";
        assert_eq!(database.count(mails).await, 2);
        let to_bob = format!("{mails} and payload::text like '%{}%'", second.id());
        assert_eq!(database.count(&to_bob).await, 1);
    }

    #[tokio::test]
    async fn an_admin_may_not_and_a_suspended_one_stays() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let refused = delete(&admin, &deps, "acme").await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        sqlx::query("update tenants set status = 'suspended'")
            .execute(database.owner())
            .await
            .unwrap();
        let refused = delete(&acme, &deps, "acme").await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
    }
}
