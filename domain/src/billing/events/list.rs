//! What the provider told, for the operator.

use chrono::{DateTime, Utc};
use contract::ids::{PaymentEventId, TenantId};
pub use contract::webhooks::EventStatus;

use crate::{Result, database::PlatformDatabase};

/// Without what it says: that may tell about people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: PaymentEventId,
    pub message_id: String,
    pub event_type: String,
    /// The key of an [`EventStatus`].
    pub status: String,
    pub about_tenant: Option<TenantId>,
    pub attempts: i32,
    pub last_error: Option<String>,
    pub received_at: DateTime<Utc>,
    /// When another message came under its id.
    pub diverged_at: Option<DateTime<Utc>>,
}

/// The newest first, at most `limit`.
pub async fn list(platform: &PlatformDatabase, status: Option<EventStatus>, limit: u16) -> Result<Vec<Event>> {
    let rows = sqlx::query!(
        "select id, message_id, event_type, status, about_tenant, attempts, last_error, received_at, diverged_at \
         from billing_payment_events where $1::text is null or status = $1 order by received_at desc, id limit $2",
        status.map(EventStatus::key),
        i64::from(limit),
    )
    .fetch_all(platform.pool())
    .await?;
    let events = rows.into_iter().map(|row| Event {
        id: row.id.into(),
        message_id: row.message_id,
        event_type: row.event_type,
        status: row.status,
        about_tenant: row.about_tenant.map(TenantId),
        attempts: row.attempts,
        last_error: row.last_error,
        received_at: row.received_at,
        diverged_at: row.diverged_at,
    });
    Ok(events.collect())
}
