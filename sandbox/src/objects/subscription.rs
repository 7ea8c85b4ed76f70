//! Subscriptions.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{order::OrderItem, product::Price};
use crate::timestamp::{Interval, Timestamp};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Subscription {
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub id: Uuid,
    /// Of one period, in minor units.
    pub amount: i64,
    pub currency: String,
    pub recurring_interval: Interval,
    pub recurring_interval_count: u32,
    pub status: SubscriptionStatus,
    pub current_period_start: Timestamp,
    pub current_period_end: Timestamp,
    pub trial_start: Option<Timestamp>,
    pub trial_end: Option<Timestamp>,
    pub cancel_at_period_end: bool,
    pub canceled_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub past_due_at: Option<Timestamp>,
    pub pause_at_period_end: bool,
    pub paused_at: Option<Timestamp>,
    pub resumes_at: Option<Timestamp>,
    pub customer_id: Uuid,
    pub product_id: Uuid,
    pub checkout_id: Option<Uuid>,
    pub seats: Option<i64>,
    pub customer_cancellation_reason: Option<String>,
    pub customer_cancellation_comment: Option<String>,
    pub metadata: Map<String, Value>,
    pub custom_field_data: Map<String, Value>,
    pub prices: Vec<Price>,
    pub pending_update: Option<PendingUpdate>,
    #[serde(rename = "private")]
    pub ledger: Ledger,
}

/// What the provider knows and does not tell.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ledger {
    /// The day of the month that renewals keep to.
    pub anchor_day: u32,
    /// Differences that the next order charges.
    pub prorations: Vec<OrderItem>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PendingUpdate {
    pub id: Uuid,
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub applies_at: Timestamp,
    pub product_id: Option<Uuid>,
    pub seats: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionStatus {
    Trialing,
    Active,
    PastDue,
    Canceled,
    Paused,
}

impl SubscriptionStatus {
    pub fn name(self) -> &'static str {
        match self {
            Self::Trialing => "trialing",
            Self::Active => "active",
            Self::PastDue => "past_due",
            Self::Canceled => "canceled",
            Self::Paused => "paused",
        }
    }

    pub fn is_active(self) -> bool {
        matches!(self, Self::Trialing | Self::Active)
    }

    pub fn is_billable(self) -> bool {
        self.is_active() || self == Self::PastDue
    }
}

impl Subscription {
    pub fn touch(&mut self, now: Timestamp) {
        self.modified_at = Some(Timestamp::touched(now, self.created_at, self.modified_at));
    }

    /// The end of a period that begins at `start`.
    pub fn period_end(&self, start: Timestamp) -> Timestamp {
        self.recurring_interval
            .after(start, self.recurring_interval_count, self.ledger.anchor_day)
    }
}
