//! Trying an event again that was given up or ignored.

use contract::ids::PaymentEventId;

use crate::{
    Deps, Result,
    database::{PlatformDatabase, Transaction},
    jobs::{self, settle_payment_event::SettlePaymentEvent},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retried {
    /// It is settled as if it had just come, with all of its attempts.
    Queued,
    /// It was settled, and nothing would come of it.
    Settled,
    Unknown,
}

pub async fn retry(platform: &PlatformDatabase, deps: &Deps, event: PaymentEventId) -> Result<Retried> {
    let mut transaction = platform.begin().await?;
    let status = sqlx::query_scalar!(
        "select status from billing_payment_events where id = $1 for update",
        event.0
    )
    .fetch_optional(&mut *transaction)
    .await?;
    match status.as_deref() {
        None => {
            transaction.rollback().await?;
            return Ok(Retried::Unknown);
        }
        Some("processed") => {
            transaction.rollback().await?;
            return Ok(Retried::Settled);
        }
        Some(_) => {}
    }
    again(&mut transaction, deps, event).await?;
    transaction.commit().await?;
    Ok(Retried::Queued)
}

/// As if it had just come, with all of its attempts. The caller holds the event's row.
pub(super) async fn again(transaction: &mut Transaction, deps: &Deps, event: PaymentEventId) -> Result<()> {
    sqlx::query!(
        "update billing_payment_events set status = 'received', attempts = 0, next_attempt_at = $2, processed_at = null \
         where id = $1",
        event.0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    let job = SettlePaymentEvent { event };
    jobs::enqueue(transaction, &job, Some(&job.key())).await
}
