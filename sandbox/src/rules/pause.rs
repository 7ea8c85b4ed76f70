//! A subscription pauses at its period's end, and resumes.

use serde_json::{Value, json};
use uuid::Uuid;

use super::cycle;
use crate::{
    error::{Answer, Refusal},
    objects::subscription::SubscriptionStatus,
    state::State,
    timestamp::Timestamp,
};

pub fn at_period_end(state: &mut State, now: Timestamp, id: Uuid, resumes_at: Option<Timestamp>) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    if subscription.status != SubscriptionStatus::Active || subscription.cancel_at_period_end {
        return Err(Refusal::conflict(
            "CannotPauseSubscription",
            "This subscription cannot be paused.",
        ));
    }
    if resumes_at.is_some_and(|resumes| resumes <= subscription.current_period_end) {
        let message = "The resume date must be after the end of the current period.";
        return Err(Refusal::rule(
            json!(["body", "resumes_at"]),
            message,
            &json!(resumes_at),
        ));
    }
    subscription.pause_at_period_end = true;
    subscription.resumes_at = resumes_at;
    subscription.touch(now);
    state.emit_subscription(now, &["subscription.updated"], id)
}

pub fn take_back(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    if !subscription.pause_at_period_end {
        return Err(Refusal::conflict(
            "NoScheduledPause",
            "This subscription is not scheduled to pause.",
        ));
    }
    subscription.pause_at_period_end = false;
    subscription.resumes_at = None;
    subscription.touch(now);
    state.emit_subscription(now, &["subscription.updated"], id)
}

/// A new period begins.
pub fn resume(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    if subscription.status != SubscriptionStatus::Paused {
        return Err(Refusal::conflict(
            "NotPausedSubscription",
            "This subscription is not paused.",
        ));
    }
    subscription.paused_at = None;
    subscription.resumes_at = None;
    subscription.ledger.anchor_day = now.day_of_month();
    cycle::renew(state, now, id, &["subscription.updated", "subscription.resumed"])
}

/// The renewal is moved.
pub fn move_period_end(state: &mut State, now: Timestamp, id: Uuid, wanted: &Value) -> Answer<()> {
    let refuse = |message: &str| Refusal::rule(json!(["body", "current_billing_period_end"]), message, wanted);
    let end = wanted
        .as_str()
        .and_then(Timestamp::parse)
        .ok_or_else(|| refuse("Input should be a valid datetime"))?;
    if end <= now {
        return Err(refuse("The end of the billing period must be in the future."));
    }
    let subscription = state.subscription_mut(id)?;
    if !subscription.status.is_billable() {
        return Err(Refusal::forbidden(
            "InactiveSubscription",
            "This subscription is not active.",
        ));
    }
    subscription.current_period_end = end;
    subscription.ledger.anchor_day = end.day_of_month();
    if subscription.cancel_at_period_end {
        subscription.ends_at = Some(end);
    }
    if subscription.status == SubscriptionStatus::Trialing {
        subscription.trial_end = Some(end);
    }
    subscription.touch(now);
    state.emit_subscription(now, &["subscription.updated"], id)
}
