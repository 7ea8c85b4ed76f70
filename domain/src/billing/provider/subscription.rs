//! What an organization has bought and goes on paying for.

use chrono::{DateTime, Utc};
use contract::{billing::CancelReason, ids::TenantId};

use super::ids::{CheckoutId, CustomerId, ProductId, SubscriptionId};
use crate::billing::effective::SubscriptionStatus;

/// A subscription as the provider tells it. Which of two tellings is the newer is told by `modified_at`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub id: SubscriptionId,
    pub customer: CustomerId,
    pub product: ProductId,
    pub status: SubscriptionStatus,
    /// `None` where the product has no price per seat.
    pub seats: Option<u32>,
    /// For one period, in minor units, after the discount and before tax.
    pub amount: i64,
    /// Whether less than the catalogue's price is charged because somebody gave a discount there.
    pub discounted: bool,
    /// ISO 4217, small letters.
    pub currency: String,
    pub current_period_start: DateTime<Utc>,
    pub current_period_end: Option<DateTime<Utc>>,
    pub trial_end: Option<DateTime<Utc>>,
    /// It runs on until `ends_at`, and is active until then.
    pub cancel_at_period_end: bool,
    pub canceled_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    /// It is over.
    pub ended_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    /// Since when a renewal is not paid.
    pub past_due_at: Option<DateTime<Utc>>,
    /// A change that waits for the renewal.
    pub pending: Option<PendingChange>,
    pub paused_at: Option<DateTime<Utc>>,
    pub resumes_at: Option<DateTime<Utc>>,
    /// The checkout it was bought with.
    pub checkout: Option<CheckoutId>,
    /// Whose it is, as its metadata say.
    pub tenant: Option<TenantId>,
    /// Whose the customer is that pays for it. Differs from `tenant` where a customer is shared, or somebody moved it by hand.
    pub customer_tenant: Option<TenantId>,
    pub created_at: DateTime<Utc>,
    /// When it last changed; its creation if it never did.
    pub modified_at: DateTime<Utc>,
}

/// What is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingChange {
    pub product: Option<ProductId>,
    pub seats: Option<u32>,
    pub applies_at: DateTime<Utc>,
}

/// When a change of plan or seats is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// At once; the difference for the rest of the period is charged at once. Declined, nothing changes.
    Now,
    /// From the next period on. Until then it is the subscription's `pending` change.
    AtRenewal,
}

/// An end at the end of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    pub reason: CancelReason,
    /// In the customer's words. They see it in the provider's portal as well.
    pub comment: Option<String>,
}
