//! Events that wait for their next attempt.

use contract::ids::PaymentEventId;

use crate::{Deps, Result, database::PlatformDatabase};

/// Those whose time has come, the oldest first: also when the job that was to settle one is lost.
pub(crate) async fn due(platform: &PlatformDatabase, deps: &Deps) -> Result<Vec<PaymentEventId>> {
    let due = sqlx::query_scalar!(
        "select id from billing_payment_events where status = 'received' and next_attempt_at <= $1 \
         order by next_attempt_at limit 1000",
        deps.now(),
    )
    .fetch_all(platform.pool())
    .await?;
    Ok(due.into_iter().map(PaymentEventId).collect())
}
