//! A subscription is cancelled at its period's end, taken back, or ended at once.

use axum::http::StatusCode;
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal},
    input::Fields,
    objects::subscription::{Subscription, SubscriptionStatus},
    state::State,
    timestamp::Timestamp,
};

const REASONS: [&str; 8] = [
    "customer_service",
    "low_quality",
    "missing_features",
    "switched_service",
    "too_complex",
    "too_expensive",
    "unused",
    "other",
];

/// Why, in the customer's words.
#[derive(Debug, Default)]
pub struct Reason {
    pub reason: Option<String>,
    pub comment: Option<String>,
}

impl Reason {
    pub fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            reason: fields.word("customer_cancellation_reason", &REASONS),
            comment: fields.string("customer_cancellation_comment"),
        }
    }

    fn note(self, subscription: &mut Subscription) {
        if self.reason.is_some() {
            subscription.customer_cancellation_reason = self.reason;
        }
        if self.comment.is_some() {
            subscription.customer_cancellation_comment = self.comment;
        }
    }
}

pub fn at_period_end(state: &mut State, now: Timestamp, id: Uuid, reason: Reason) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    if !subscription.status.is_billable() || subscription.cancel_at_period_end {
        return Err(already_canceled());
    }
    subscription.cancel_at_period_end = true;
    subscription.canceled_at = Some(now);
    subscription.ends_at = Some(subscription.current_period_end);
    reason.note(subscription);
    subscription.touch(now);
    state.emit_subscription(now, &["subscription.updated", "subscription.canceled"], id)
}

pub fn take_back(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    if subscription.ended_at.is_some() {
        return Err(Refusal::typed(StatusCode::GONE, "ResourceUnavailable", "Unavailable"));
    }
    if !subscription.cancel_at_period_end {
        return Err(Refusal::conflict(
            "SubscriptionNotScheduledToCancel",
            "This subscription is not scheduled to be canceled.",
        ));
    }
    subscription.cancel_at_period_end = false;
    subscription.canceled_at = None;
    subscription.ends_at = None;
    subscription.customer_cancellation_reason = None;
    subscription.customer_cancellation_comment = None;
    subscription.touch(now);
    state.emit_subscription(now, &["subscription.updated", "subscription.uncanceled"], id)
}

pub fn revoke(state: &mut State, now: Timestamp, id: Uuid, reason: Reason) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    if subscription.ended_at.is_some() {
        return Err(already_canceled());
    }
    subscription.canceled_at = Some(now);
    subscription.ends_at = Some(now);
    reason.note(subscription);
    end(state, now, id)
}

/// It is over: by revocation, at the end of its last period, or after the last failed payment.
pub fn end(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    subscription.status = SubscriptionStatus::Canceled;
    subscription.canceled_at = subscription.canceled_at.or(Some(now));
    subscription.ends_at = subscription.ends_at.or(Some(now));
    subscription.ended_at = Some(now);
    subscription.pending_update = None;
    subscription.touch(now);
    for order in &mut state.orders {
        if order.subscription_id == Some(id) {
            order.next_payment_attempt_at = None;
        }
    }
    let kinds = ["subscription.updated", "subscription.canceled", "subscription.revoked"];
    state.emit_subscription(now, &kinds, id)
}

pub fn already_canceled() -> Refusal {
    Refusal::forbidden(
        "AlreadyCanceledSubscription",
        "This subscription is already canceled or will be at the end of the period.",
    )
}
