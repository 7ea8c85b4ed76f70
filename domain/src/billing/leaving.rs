//! An organization that is deleted is not charged any more: what it has bought ends with its period, goes on again when the
//! organization is restored in time, and ends at once when it is purged.

use contract::{billing::CancelReason, ids::TenantId};

use super::{
    provider::{Absent, Cancellation, PaymentProvider, ProviderError, Subscription, SubscriptionId},
    take_in, told,
};
use crate::{
    Deps, Error, Result,
    database::{PlatformDatabase, Transaction},
    jobs::{self, cancel_at_provider::CancelAtProvider},
};

/// For who deletes or restores it: the provider is asked by a job, once that is committed.
pub(crate) async fn later(transaction: &mut Transaction, tenant: TenantId) -> Result<()> {
    let bought = sqlx::query_scalar!(
        r#"select exists (
            select from billing_tenant_subscriptions
            where tenant_id = $1 and status in ('trialing', 'active', 'past_due', 'paused')
        ) as "bought!""#,
        tenant.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    if bought {
        let job = CancelAtProvider { tenant };
        jobs::enqueue(transaction, &job, Some(&job.key())).await?;
    }
    Ok(())
}

/// Brings the provider to what the organization is at this moment. Harmless to repeat.
pub(crate) async fn follow(platform: &PlatformDatabase, deps: &Deps, tenant: TenantId) -> Result<()> {
    if deps.payments.name() == Absent.name() {
        return Ok(());
    }
    let subscriptions = sqlx::query!(
        r#"select s.provider_subscription_id, s.cancel_at_period_end, t.status = 'deleting' as "deleting!", exists (
            select from billing_cancellations c
            where c.tenant_id = s.tenant_id and c.provider_subscription_id = s.provider_subscription_id
                and c.canceled_by is null and c.undone_at is null
        ) as "by_us!"
        from billing_tenant_subscriptions s join tenants t on t.id = s.tenant_id and t.deleted_at is null
        where s.tenant_id = $1 and s.status in ('trialing', 'active', 'past_due', 'paused')"#,
        tenant.0,
    )
    .fetch_all(platform.pool())
    .await?;
    for one in subscriptions {
        let id = SubscriptionId::from(one.provider_subscription_id);
        match (one.deleting, one.cancel_at_period_end) {
            (true, false) => end(platform, deps, tenant, id).await?,
            (false, true) if one.by_us => go_on(platform, deps, tenant, id).await?,
            _ => {}
        }
    }
    Ok(())
}

/// Nobody canceled it: the row has no person in it, which is how it is known again.
async fn end(platform: &PlatformDatabase, deps: &Deps, tenant: TenantId, id: SubscriptionId) -> Result<()> {
    let cancellation = Cancellation {
        reason: CancelReason::Other,
        comment: None,
    };
    let answer = answered(deps, &id, deps.payments.cancel(id.clone(), cancellation).await).await?;
    let mut transaction = platform.begin().await?;
    if take_in::hold(&mut transaction, tenant).await? {
        sqlx::query!(
            "insert into billing_cancellations (tenant_id, id, provider_subscription_id, reason, comment, canceled_at, ends_at) \
             values ($1, $2, $3, $4, '', $5, $6)",
            tenant.0,
            deps.id::<uuid::Uuid>(),
            id.as_str(),
            CancelReason::Other.key(),
            deps.now(),
            answer.ends_at,
        )
        .execute(&mut *transaction)
        .await?;
        told::subscription(&mut transaction, deps, tenant, &answer).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn go_on(platform: &PlatformDatabase, deps: &Deps, tenant: TenantId, id: SubscriptionId) -> Result<()> {
    let answer = answered(deps, &id, deps.payments.undo_cancel(id.clone()).await).await?;
    let mut transaction = platform.begin().await?;
    if take_in::hold(&mut transaction, tenant).await? {
        told::subscription(&mut transaction, deps, tenant, &answer).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// What was refused is so already, or cannot be any more: it is read how it stands.
async fn answered(
    deps: &Deps,
    id: &SubscriptionId,
    answer: Result<Subscription, ProviderError>,
) -> Result<Subscription> {
    match answer {
        Err(ProviderError::Refused { .. }) => deps.payments.subscription(id.clone()).await,
        other => other,
    }
    .map_err(Error::fault)
}

/// Before everything of it is removed. A provider that is away for a moment is waited for; what it does not know or refuses has
/// ended, and one that cannot be asked keeps nobody's data here: it was told to end it when the organization was deleted.
pub(crate) async fn revoke(platform: &PlatformDatabase, deps: &Deps, tenant: TenantId) -> Result<()> {
    if deps.payments.name() == Absent.name() {
        return Ok(());
    }
    let live = sqlx::query_scalar!(
        "select s.provider_subscription_id from billing_tenant_subscriptions s join tenants t on t.id = s.tenant_id \
         where s.tenant_id = $1 and s.status in ('trialing', 'active', 'past_due', 'paused') \
            and t.status = 'deleting' and t.purge_after <= $2",
        tenant.0,
        deps.now(),
    )
    .fetch_all(platform.pool())
    .await?;
    for id in live {
        match deps.payments.revoke(SubscriptionId::from(id)).await {
            Ok(_) => {}
            Err(error) if error.is_passing() => return Err(Error::fault(error)),
            Err(error) => tracing::warn!(%tenant, %error, "a subscription of a purged organization was not revoked"),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::{
        billing::{
            events::settle::settle,
            testing::{Script, subscription, told as message},
        },
        tenants::{delete::delete, restore::restore},
        testing::{TestDatabase, clock_and_deps, organization, person},
    };

    #[tokio::test]
    async fn ends_with_its_period_goes_on_when_restored_and_is_revoked_at_the_end() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let tenant = acme.tenant().id;
        let (script, deps) = Script::begin(&database, deps).await;
        let platform = database.platform();
        let jobs = "graphile_worker._private_jobs where key like 'cancel_at_provider:%'";
        delete(&acme, &deps, "acme").await.unwrap();
        assert_eq!(database.count(jobs).await, 0, "nothing was bought");
        restore(&acme, &deps).await.unwrap();
        let event = script
            .send(&platform, &deps, "1", message(subscription(tenant, "one")))
            .await;
        settle(&platform, &deps, event).await.unwrap();
        *script.subscriptions.lock().unwrap() = vec![subscription(tenant, "one")];
        let asked = || std::mem::take(&mut *script.asked.lock().unwrap());

        delete(&acme, &deps, "acme").await.unwrap();
        assert_eq!(database.count(jobs).await, 1);
        *script.away.lock().unwrap() = true;
        follow(&platform, &deps, tenant).await.unwrap_err();
        *script.away.lock().unwrap() = false;
        for _ in 0..2 {
            follow(&platform, &deps, tenant).await.unwrap();
        }
        assert_eq!(asked(), ["cancel one"], "once");
        let ours = "billing_cancellations where canceled_by is null and undone_at is null";
        assert_eq!(database.count(ours).await, 1);
        restore(&acme, &deps).await.unwrap();
        for _ in 0..2 {
            follow(&platform, &deps, tenant).await.unwrap();
        }
        assert_eq!(asked(), ["undo_cancel one"]);
        assert_eq!(database.count(ours).await, 0);
        assert_eq!(database.count("tenants where billing_state = 'active'").await, 1);

        delete(&acme, &deps, "acme").await.unwrap();
        revoke(&platform, &deps, tenant).await.unwrap();
        assert_eq!(asked(), [""; 0], "not before its time");
        clock.advance(TimeDelta::days(30));
        revoke(&platform, &deps, tenant).await.unwrap();
        assert_eq!(asked(), ["revoke one"]);
    }

    #[tokio::test]
    async fn what_somebody_canceled_stays_canceled() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let tenant = acme.tenant().id;
        let (script, deps) = Script::begin(&database, deps).await;
        let platform = database.platform();
        let mut canceled = subscription(tenant, "one");
        canceled.cancel_at_period_end = true;
        canceled.ends_at = canceled.current_period_end;
        let event = script.send(&platform, &deps, "1", message(canceled)).await;
        settle(&platform, &deps, event).await.unwrap();
        delete(&acme, &deps, "acme").await.unwrap();
        follow(&platform, &deps, tenant).await.unwrap();
        restore(&acme, &deps).await.unwrap();
        follow(&platform, &deps, tenant).await.unwrap();
        assert_eq!(*script.asked.lock().unwrap(), [""; 0]);
    }
}
