//! Having everything tried again that was given up: after a defect of ours was mended, or the provider's.

use chrono::{DateTime, Utc};
use contract::staff::StaffRight;
use serde_json::json;

use crate::{
    Deps, Error, Result,
    actor::StaffActor,
    audit::Action,
    database::end_of_reading,
    jobs::{self, Job, settle_payment_event::SettleDueEvents},
};

/// At once. What is beyond comes with the next press.
pub const MOST: i64 = 1000;

/// What would be tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub events: u32,
    /// Those they are about, as far as that is known.
    pub organizations: u32,
    pub oldest: Option<DateTime<Utc>>,
    /// How many of each type, the most first.
    pub types: Vec<(String, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayedFailed {
    /// So many.
    Queued(u32),
    /// There are so many by now, and not as many as were counted: nothing is done.
    Changed(u32),
}

/// The oldest of them, at most [`MOST`].
pub async fn preview(staff: &StaffActor, deps: &Deps) -> Result<Preview> {
    staff.require(StaffRight::BillingRepair)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let whole = sqlx::query!(
        r#"select count(*) as "events!", count(distinct about_tenant) as "organizations!", min(received_at) as oldest
        from (select about_tenant, received_at from billing_payment_events where status = 'failed'
            order by received_at, id limit $1) failed"#,
        MOST,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let types = sqlx::query!(
        r#"select event_type, count(*) as "events!"
        from (select event_type from billing_payment_events where status = 'failed' order by received_at, id limit $1) failed
        group by event_type order by 2 desc, 1"#,
        MOST,
    )
    .fetch_all(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    let types = types.into_iter().map(|row| Ok((row.event_type, figure(row.events)?)));
    Ok(Preview {
        events: figure(whole.events)?,
        organizations: figure(whole.organizations)?,
        oldest: whole.oldest,
        types: types.collect::<Result<_>>()?,
    })
}

/// As it was previewed: `counted` is how many there were. Needs a second factor that was proven a moment ago, which one message
/// alone does not.
pub async fn replay_failed(staff: &StaffActor, deps: &Deps, counted: u32) -> Result<ReplayedFailed> {
    staff.require(StaffRight::BillingRepair)?;
    staff.require_fresh_factor(deps)?;
    let mut transaction = staff.begin(deps).await?;
    let queued = sqlx::query!(
        "update billing_payment_events set status = 'received', attempts = 0, next_attempt_at = $1 \
         where status = 'failed' and id in ( \
            select id from billing_payment_events where status = 'failed' order by received_at, id limit $2 for update \
         )",
        deps.now(),
        MOST,
    )
    .execute(&mut *transaction)
    .await?;
    let queued = u32::try_from(queued.rows_affected()).map_err(Error::fault)?;
    if queued != counted {
        transaction.rollback().await?;
        return Ok(ReplayedFailed::Changed(queued));
    }
    // Gives each a job of its own.
    jobs::enqueue(&mut transaction, &SettleDueEvents {}, Some(SettleDueEvents::NAME)).await?;
    staff
        .audit(Action::WebhooksReplayed)
        .after(json!({ "messages": queued }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(ReplayedFailed::Queued(queued))
}

fn figure(count: i64) -> Result<u32> {
    u32::try_from(count).map_err(Error::fault)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::staff::StaffRole;

    use super::*;
    use crate::{
        actor::FRESH_FACTOR,
        testing::{TestDatabase, clock_and_deps, deps, staff},
    };

    #[tokio::test]
    async fn all_that_were_counted_and_once() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        sqlx::query(
            "insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, status, \
                 about_tenant, attempts, next_attempt_at, processed_at) \
             select gen_random_uuid(), 'polar', 'm' || n, case when n < 3 then 'order.paid' else 'order.updated' end, '', '', \
                 '2026-01-01', case when n > 5 then 'processed' else 'failed' end, md5((n / 3)::text)::uuid, 8, '2026-01-01', \
                 case when n > 5 then '2026-01-01'::timestamptz end from generate_series(1, 7) n",
        )
        .execute(database.owner())
        .await
        .unwrap();
        let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
        let seen = preview(&bea, &deps).await.unwrap();
        assert_eq!((seen.events, seen.organizations), (5, 2));
        assert_eq!(
            seen.types,
            [("order.updated".to_owned(), 3), ("order.paid".to_owned(), 2)]
        );
        assert_eq!(replay_failed(&bea, &deps, 4).await.unwrap(), ReplayedFailed::Changed(5));
        assert_eq!(
            database.count("billing_payment_events where status = 'failed'").await,
            5
        );
        let (one, other) = tokio::join!(replay_failed(&bea, &deps, 5), replay_failed(&bea, &deps, 5));
        let mut outcomes = [one.unwrap(), other.unwrap()];
        outcomes.sort_by_key(|outcome| *outcome != ReplayedFailed::Queued(5));
        assert_eq!(outcomes, [ReplayedFailed::Queued(5), ReplayedFailed::Changed(0)]);
        let waiting = "billing_payment_events where status = 'received' and attempts = 0";
        assert_eq!(database.count(waiting).await, 5);
        assert_eq!(
            database
                .count("billing_payment_events where status = 'processed'")
                .await,
            2
        );
        let told = "audit_log where action = 'webhook.all_replayed' and after ->> 'messages' = '5'";
        assert_eq!(database.count(told).await, 1);
    }

    #[tokio::test]
    async fn all_at_once_need_a_factor_proven_a_moment_ago() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        sqlx::query(
            "insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, status, \
                 attempts, next_attempt_at) \
             values (gen_random_uuid(), 'polar', 'given-up', 'order.paid', '', '', '2026-01-01', 'failed', 8, '2026-01-01')",
        )
        .execute(database.owner())
        .await
        .unwrap();
        let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
        clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
        assert_eq!(preview(&bea, &deps).await.unwrap().events, 1, "looking takes none");
        let refused = replay_failed(&bea, &deps, 1).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::SecondFactorRequired);
        let failed = "billing_payment_events where status = 'failed' and attempts = 8";
        assert_eq!(database.count(failed).await, 1);
        let fresh = staff(&database, &deps, "bob", StaffRole::Billing).await;
        let replayed = replay_failed(&fresh, &deps, 1).await.unwrap();
        assert_eq!(replayed, ReplayedFailed::Queued(1));
    }

    #[tokio::test]
    async fn not_by_who_only_reads() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        for role in [StaffRole::Support, StaffRole::Auditor] {
            let reader = staff(&database, &deps, role.key(), role).await;
            for refused in [
                preview(&reader, &deps).await.map(|_| ()),
                replay_failed(&reader, &deps, 0).await.map(|_| ()),
            ] {
                let refused = contract::Error::from(refused.unwrap_err());
                assert_eq!(refused, contract::Error::Forbidden, "{role:?}");
            }
        }
    }
}
