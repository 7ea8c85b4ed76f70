//! Messages of the provider as their reader sees them: moments in the reader's own zone.

use contract::{
    Error,
    error::Result,
    ids::PaymentEventId,
    webhooks::{Divergence, EventDetail, EventRow, FailedAttempt},
};
use domain::billing::events::{inbox::Event, look::Looked};

use crate::format::Formatter;

/// What is no id names no message.
pub fn id(text: &str) -> Result<PaymentEventId> {
    text.parse().map_err(|_| Error::NotFound)
}

pub fn row(event: Event, formatter: Formatter) -> EventRow {
    EventRow {
        id: event.id,
        event_type: event.event_type,
        status: event.status,
        tenant: event.tenant,
        organization: event.organization,
        received: formatter.moment(event.received_at),
        attempts: event.attempts,
        error: event.last_error,
        next_attempt: event.next_attempt_at.map(|at| formatter.moment(at)),
        diverged: event.diverged,
    }
}

pub fn detail(found: Looked, formatter: Formatter) -> EventDetail {
    EventDetail {
        row: row(found.event, formatter),
        message: found.message_id,
        settled: found.processed_at.map(|at| formatter.moment(at)),
        payload: found.payload,
        divergence: found.divergence.map(|(at, payload)| Divergence {
            at: formatter.moment(at),
            payload,
        }),
        failures: found
            .failures
            .into_iter()
            .map(|(at, error)| FailedAttempt {
                at: formatter.moment(at),
                error,
            })
            .collect(),
    }
}
