//! What the payment provider told, as the platform's staff look through it.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{PaymentEventId, TenantId},
    time::Moment,
};

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventStatus {
    /// It waits for its next attempt.
    Received,
    Processed,
    /// Nothing followed from it, for the reason that is noted.
    Ignored,
    /// Given up; the reason is noted.
    Failed,
}

impl EventStatus {
    pub const ALL: &[Self] = &[Self::Received, Self::Processed, Self::Ignored, Self::Failed];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Processed => "processed",
            Self::Ignored => "ignored",
            Self::Failed => "failed",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.key() == key)
    }
}

/// Which messages a list shows, as it stands in the URL. What is absent is not asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EventQuery {
    #[serde(default)]
    pub status: Option<EventStatus>,
    /// The provider's name for what happened, such as `order.paid`.
    #[serde(default)]
    pub event_type: String,
    /// An organization's address or id.
    #[serde(default)]
    pub organization: String,
    /// The last of the page before this one.
    #[serde(default)]
    pub before: Option<PaymentEventId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    pub id: PaymentEventId,
    pub event_type: String,
    pub status: EventStatus,
    /// Whose it was found to be.
    pub tenant: Option<TenantId>,
    pub organization: Option<String>,
    pub received: Moment,
    pub attempts: u32,
    /// Why the last attempt failed, or nothing followed.
    pub error: Option<String>,
    /// When it is tried next, while it waits.
    pub next_attempt: Option<Moment>,
    /// Whether another message came under its id.
    pub diverged: bool,
}

/// The newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventList {
    pub rows: Vec<EventRow>,
    /// The `before` of the next page.
    pub older: Option<PaymentEventId>,
    /// Every type that was ever received.
    pub types: Vec<String>,
    /// Whether there is one that was given up.
    pub any_failed: bool,
}

/// One message, without what it tells about people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDetail {
    pub row: EventRow,
    /// The provider's id of it.
    pub message: String,
    /// When it was taken in, or found that nothing follows.
    pub settled: Option<Moment>,
    pub payload: Payload,
    /// What came under the same id later. It is evidence, and never taken in.
    pub divergence: Option<Divergence>,
    /// The attempts that failed, the newest first, as far back as runs of jobs are kept.
    pub failures: Vec<FailedAttempt>,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Payload {
    /// As JSON, with what names somebody or could let somebody in hidden.
    Told(String),
    /// It is no JSON, so that nothing in it could be hidden: only how many bytes it has.
    Unreadable(u32),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Divergence {
    pub at: Moment,
    pub payload: Payload,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedAttempt {
    pub at: Moment,
    pub error: String,
}

/// What would be tried again at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayPreview {
    pub events: u32,
    /// How many organizations they are about, as far as that is known.
    pub organizations: u32,
    /// When the first of them came.
    pub oldest: Option<Moment>,
    /// How many of each type, the most first.
    pub types: Vec<(String, u32)>,
}

#[cfg(test)]
mod tests {
    use super::EventStatus;

    #[test]
    fn keys_go_both_ways() {
        for &status in EventStatus::ALL {
            assert_eq!(EventStatus::from_key(status.key()), Some(status));
        }
    }
}
