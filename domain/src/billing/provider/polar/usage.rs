//! What was used. Polar counts an event once, by its external id, so that telling it again is harmless.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Polar;
use crate::billing::provider::{ProviderError, UsageEvent, UsageReceipt};

/// Polar names no limit; a body of this many events is some 200 kB.
const AT_ONCE: usize = 500;

#[derive(Debug, Serialize)]
struct Ingest<'a> {
    events: Vec<Event<'a>>,
}

#[derive(Debug, Serialize)]
struct Event<'a> {
    name: &'a str,
    /// By the organization: one that is not a customer yet is counted when it becomes one, and does not make Polar refuse all
    /// the others.
    external_customer_id: String,
    external_id: &'a str,
    timestamp: DateTime<Utc>,
    metadata: Quantity,
}

/// What a meter sums.
#[derive(Debug, Serialize)]
struct Quantity {
    quantity: i64,
}

#[derive(Debug, Deserialize)]
struct Ingested {
    inserted: u64,
    #[serde(default)]
    duplicates: u64,
}

impl Polar {
    pub(super) async fn ingest(&self, events: Vec<UsageEvent>) -> Result<UsageReceipt, ProviderError> {
        let mut receipt = UsageReceipt {
            counted: 0,
            duplicates: 0,
        };
        for chunk in events.chunks(AT_ONCE) {
            let body = Ingest {
                events: chunk.iter().map(Event::from).collect(),
            };
            let ingested: Ingested = self.client.post_repeatable(&["events", "ingest"], &body).await?;
            receipt.counted += ingested.inserted;
            receipt.duplicates += ingested.duplicates;
        }
        Ok(receipt)
    }
}

impl<'a> From<&'a UsageEvent> for Event<'a> {
    fn from(event: &'a UsageEvent) -> Self {
        Self {
            name: &event.name,
            external_customer_id: event.tenant.to_string(),
            external_id: &event.id,
            timestamp: event.occurred_at,
            metadata: Quantity {
                quantity: event.quantity,
            },
        }
    }
}
