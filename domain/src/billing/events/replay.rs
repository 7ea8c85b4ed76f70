//! Having a message of the provider taken in once more, from what was stored.
//!
//! Harmless also for what was taken in before: older facts than those that are known change nothing, and what is told again ends in
//! the same rows.

use contract::{ids::PaymentEventId, staff::StaffRight};
use serde_json::json;

use super::retry::again;
use crate::{Deps, Result, actor::StaffActor, audit::Action};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replayed {
    /// It is settled as if it had just come, with all of its attempts.
    Queued,
    /// It is about to be settled already: somebody else was faster, or it has just come.
    Waiting,
}

/// What failed, what was taken in, what was ignored, and what waits for its next attempt.
pub async fn replay(staff: &StaffActor, deps: &Deps, event: PaymentEventId) -> Result<Replayed> {
    staff.require(StaffRight::BillingRepair)?;
    let mut transaction = staff.begin(deps).await?;
    // Whoever comes second waits here, and finds it queued.
    let row = sqlx::query!(
        "select event_type, status, next_attempt_at from billing_payment_events where id = $1 for update",
        event.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    if row.status == "received" && row.next_attempt_at <= deps.now() {
        // A worker passes over what somebody holds.
        transaction.rollback().await?;
        return Ok(Replayed::Waiting);
    }
    again(&mut transaction, deps, event).await?;
    staff
        .audit(Action::WebhookReplayed)
        .subject(event.0)
        .before(json!({ "status": row.status }))
        .after(json!({ "message": row.event_type }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Replayed::Queued)
}

#[cfg(test)]
mod tests {
    use contract::{Error, staff::StaffRole};

    use super::*;
    use crate::{
        billing::{
            events::settle::{Settled, settle},
            testing::{Script, subscription, told},
        },
        testing::{TestDatabase, deps, organization, person, staff},
    };

    const JOBS: &str = "graphile_worker._private_jobs where key like 'settle_payment_event:%'";

    #[tokio::test]
    async fn what_was_taken_in_is_taken_in_again_and_changes_nothing() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (script, deps) = Script::begin(&database, deps).await;
        let platform = database.platform();
        let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
        let event = script
            .send(&platform, &deps, "1", told(subscription(acme.tenant().id, "one")))
            .await;
        assert_eq!(
            replay(&bea, &deps, event).await.unwrap(),
            Replayed::Waiting,
            "it has just come"
        );
        let rows = async || -> String {
            sqlx::query_scalar(
                "select (select jsonb_agg(to_jsonb(s)) from billing_tenant_subscriptions s)::text \
                 || (select count(*) from audit_log where tenant_id <> '00000000-0000-0000-0000-000000000000')",
            )
            .fetch_one(database.owner())
            .await
            .unwrap()
        };
        settle(&platform, &deps, event).await.unwrap();
        let before = rows().await;
        for _ in 0..2 {
            assert_eq!(replay(&bea, &deps, event).await.unwrap(), Replayed::Queued);
            assert_eq!(settle(&platform, &deps, event).await.unwrap(), Settled::Processed);
            assert_eq!(rows().await, before);
        }
        let told = format!(
            "audit_log where action = 'webhook.replayed' and chain_id = '{}' and subject_id = '{event}'",
            bea.id()
        );
        assert_eq!(database.count(&told).await, 2);
    }

    #[tokio::test]
    async fn two_who_replay_at_once_have_one_effect() {
        let database = TestDatabase::new().await;
        let (script, deps) = Script::begin(&database, deps(&database)).await;
        let platform = database.platform();
        let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let event = script
            .send(&platform, &deps, "1", crate::billing::provider::WebhookKind::Other)
            .await;
        sqlx::raw_sql("update billing_payment_events set status = 'failed'; delete from graphile_worker._private_jobs")
            .execute(database.owner())
            .await
            .unwrap();
        let (one, other) = tokio::join!(replay(&bea, &deps, event), replay(&sue, &deps, event));
        let mut outcomes = [one.unwrap(), other.unwrap()];
        outcomes.sort_by_key(|outcome| *outcome == Replayed::Waiting);
        assert_eq!(outcomes, [Replayed::Queued, Replayed::Waiting]);
        assert_eq!(database.count(JOBS).await, 1);
        assert_eq!(database.count("audit_log where action = 'webhook.replayed'").await, 1);
    }

    #[tokio::test]
    async fn only_who_repairs_bills_and_only_what_there_is() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        for role in [StaffRole::Support, StaffRole::Auditor] {
            let reader = staff(&database, &deps, role.key(), role).await;
            let refused = replay(&reader, &deps, uuid::Uuid::nil().into()).await.unwrap_err();
            assert_eq!(Error::from(refused), Error::Forbidden, "{role:?}");
        }
        let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
        let missing = replay(&bea, &deps, uuid::Uuid::nil().into()).await.unwrap_err();
        assert_eq!(Error::from(missing), Error::NotFound);
    }
}
