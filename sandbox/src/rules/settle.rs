//! Does what fell due, in order, each at its own instant.

use uuid::Uuid;

use super::{cycle, dunning, pause};
use crate::{
    error::Answer,
    objects::{checkout::CheckoutStatus, subscription::SubscriptionStatus},
    state::State,
    timestamp::Timestamp,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    CheckoutExpires(Uuid),
    PeriodEnds(Uuid),
    PauseEnds(Uuid),
    PaymentIsRetried(Uuid),
}

/// Whether anything was done.
pub fn settle(state: &mut State, now: Timestamp) -> bool {
    let mut any = false;
    while let Some((instant, due)) = next(state).filter(|(instant, _)| *instant <= now) {
        any = true;
        if let Err(refusal) = settle_one(state, instant, due) {
            tracing::error!(?due, body = %refusal.body, "what fell due could not be done");
            return any;
        }
    }
    any
}

fn settle_one(state: &mut State, now: Timestamp, due: Due) -> Answer<()> {
    match due {
        Due::CheckoutExpires(id) => {
            let checkout = state.checkout_mut(id)?;
            checkout.status = CheckoutStatus::Expired;
            checkout.touch(now);
            state.emit_checkout(now, "checkout.expired", id)
        }
        Due::PeriodEnds(id) => cycle::cycle(state, now, id),
        Due::PauseEnds(id) => pause::resume(state, now, id),
        Due::PaymentIsRetried(id) => dunning::retry(state, now, id),
    }
}

fn next(state: &State) -> Option<(Timestamp, Due)> {
    let checkouts = state
        .checkouts
        .iter()
        .filter(|checkout| matches!(checkout.status, CheckoutStatus::Open | CheckoutStatus::Confirmed))
        .map(|checkout| (checkout.expires_at, Due::CheckoutExpires(checkout.id)));
    // One that is past due is not renewed: its payment is retried, or it ends.
    let periods = state
        .subscriptions
        .iter()
        .filter(|subscription| {
            let status = subscription.status;
            status.is_active() || (status == SubscriptionStatus::PastDue && subscription.cancel_at_period_end)
        })
        .map(|subscription| (subscription.current_period_end, Due::PeriodEnds(subscription.id)));
    let pauses = state
        .subscriptions
        .iter()
        .filter(|subscription| subscription.status == SubscriptionStatus::Paused)
        .filter_map(|subscription| Some((subscription.resumes_at?, Due::PauseEnds(subscription.id))));
    let retries = state
        .orders
        .iter()
        .filter_map(|order| Some((order.next_payment_attempt_at?, Due::PaymentIsRetried(order.id))));
    checkouts.chain(periods).chain(pauses).chain(retries).min()
}
