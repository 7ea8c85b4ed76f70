//! One message of the provider, without what it tells about people.

use chrono::{DateTime, Utc};
use contract::{ids::PaymentEventId, staff::StaffRight, webhooks::Payload};

use super::{
    hidden::shown,
    inbox::{Event, Row},
};
use crate::{
    Deps, Result,
    actor::StaffActor,
    database::{Transaction, end_of_reading},
    jobs::settle_payment_event::SettlePaymentEvent,
};

/// As many attempts as there are before it is given up, several times over.
const ATTEMPTS: i64 = 50;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    pub event: Event,
    /// The provider's id of it.
    pub message_id: String,
    pub processed_at: Option<DateTime<Utc>>,
    pub payload: Payload,
    /// When another message came under its id, and what it said.
    pub divergence: Option<(DateTime<Utc>, Payload)>,
    /// When an attempt failed, and why. The newest first, as far back as runs are kept.
    pub failures: Vec<(DateTime<Utc>, String)>,
}

pub async fn look(staff: &StaffActor, deps: &Deps, event: PaymentEventId) -> Result<Looked> {
    staff.require(StaffRight::BillingRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let row = sqlx::query!(
        r#"select e.id, e.event_type, e.status, e.about_tenant, t.name as "organization?", e.received_at, e.attempts,
            e.last_error, e.next_attempt_at, e.diverged_at, e.message_id, e.processed_at, e.payload, e.divergent_payload
        from billing_payment_events e left join tenants t on t.id = e.about_tenant and t.deleted_at is null
        where e.id = $1"#,
        event.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let failures = failures(&mut transaction, event).await?;
    end_of_reading(transaction);
    let divergence = row.diverged_at.zip(row.divergent_payload.as_deref().map(shown));
    Ok(Looked {
        message_id: row.message_id,
        processed_at: row.processed_at,
        payload: shown(&row.payload),
        divergence,
        failures,
        event: Row {
            id: row.id,
            event_type: row.event_type,
            status: row.status,
            about_tenant: row.about_tenant,
            organization: row.organization,
            received_at: row.received_at,
            attempts: row.attempts,
            last_error: row.last_error,
            next_attempt_at: row.next_attempt_at,
            diverged: row.diverged_at.is_some(),
        }
        .try_into()?,
    })
}

/// Each attempt is a run of the event's job.
async fn failures(transaction: &mut Transaction, event: PaymentEventId) -> Result<Vec<(DateTime<Utc>, String)>> {
    let job = SettlePaymentEvent { event };
    let runs = sqlx::query!(
        "select finished_at, error from job_runs where job_key = $1 and outcome = 'failed' order by finished_at desc limit $2",
        job.key(),
        ATTEMPTS,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(runs
        .into_iter()
        .map(|run| (run.finished_at, run.error.unwrap_or_default()))
        .collect())
}

#[cfg(test)]
mod tests {
    use contract::staff::StaffRole;
    use sqlx::AssertSqlSafe;

    use super::*;
    use crate::{
        billing::{
            events::receive::receive,
            testing::{Script, headers},
        },
        testing::{TestDatabase, deps, staff},
    };

    #[tokio::test]
    async fn shows_what_came_and_what_came_under_its_id_and_nobody_s_address() {
        let database = TestDatabase::new().await;
        let (_, deps) = Script::begin(&database, deps(&database)).await;
        let platform = database.platform();
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        for body in [
            &br#"{"type":"order.paid","data":{"customer":{"email":"ann@example.test"}}}"#[..],
            b"ann@example.test",
        ] {
            receive(&platform, &deps, headers("m"), body).await.unwrap();
        }
        let id: uuid::Uuid = sqlx::query_scalar("select id from billing_payment_events")
            .fetch_one(database.owner())
            .await
            .unwrap();
        let run = format!(
            "insert into job_runs (id, task, job_id, job_key, attempt, outcome, error, started_at, finished_at) values \
                 (gen_random_uuid(), 'settle_payment_event', 1, 'settle_payment_event:{id}', 1, 'failed', 'no plan', now(), now()), \
                 (gen_random_uuid(), 'settle_payment_event', 2, 'settle_payment_event:{}', 1, 'failed', 'another', now(), now())",
            uuid::Uuid::nil()
        );
        sqlx::raw_sql(AssertSqlSafe(run))
            .execute(database.owner())
            .await
            .unwrap();
        let looked = look(&sue, &deps, id.into()).await.unwrap();
        assert_eq!(looked.message_id, "m");
        assert!(matches!(&looked.payload, Payload::Told(told) if told.contains("order.paid")));
        assert!(matches!(looked.divergence, Some((_, Payload::Unreadable(16)))));
        let failures: Vec<_> = looked.failures.iter().map(|(_, error)| error.as_str()).collect();
        assert_eq!(failures, ["no plan"]);
        assert!(!format!("{looked:?}").contains("ann@"), "{looked:?}");
        let missing = look(&sue, &deps, uuid::Uuid::nil().into()).await.unwrap_err();
        assert_eq!(contract::Error::from(missing), contract::Error::NotFound);
    }
}
