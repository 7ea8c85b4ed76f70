//! A period is over: the subscription is renewed, ends, or pauses.

use uuid::Uuid;

use super::{
    bill::{self, Bill, Charge},
    cancel, change_plan, dunning,
};
use crate::{
    error::Answer,
    objects::{order::BillingReason, subscription::SubscriptionStatus},
    state::State,
    timestamp::Timestamp,
};

pub fn cycle(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    if subscription.cancel_at_period_end {
        return cancel::end(state, now, id);
    }
    if subscription.pause_at_period_end {
        subscription.pause_at_period_end = false;
        subscription.status = SubscriptionStatus::Paused;
        subscription.paused_at = Some(now);
        subscription.touch(now);
        return state.emit_subscription(now, &["subscription.updated", "subscription.paused"], id);
    }
    change_plan::apply_pending(state, id)?;
    renew(state, now, id, &["subscription.cycled", "subscription.updated"])
}

/// The next period begins, with its order.
pub fn renew(state: &mut State, now: Timestamp, id: Uuid, kinds: &[&str]) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    if subscription.status == SubscriptionStatus::Trialing {
        subscription.ledger.anchor_day = now.day_of_month();
    }
    subscription.status = SubscriptionStatus::Active;
    subscription.current_period_start = now;
    subscription.current_period_end = subscription.period_end(now);
    subscription.touch(now);
    let prorations = std::mem::take(&mut subscription.ledger.prorations);
    let renewed = subscription.clone();
    state.emit_subscription(now, kinds, id)?;
    let name = state.product(renewed.product_id)?.name.clone();
    let end = Some(renewed.current_period_end);
    let mut items = bill::items_of(&name, &renewed.prices, renewed.seats, now, end);
    items.extend(prorations);
    let bill = Bill {
        customer: renewed.customer_id,
        product: renewed.product_id,
        subscription: Some(id),
        checkout: None,
        reason: BillingReason::SubscriptionCycle,
        seats: renewed.seats,
        currency: renewed.currency,
        items,
        metadata: renewed.metadata,
        custom_field_data: renewed.custom_field_data,
    };
    let order = bill::issue(state, now, bill)?;
    if bill::charge(state, now, order, Charge::absent("subscription_cycle"))? {
        bill::mark_paid(state, now, order)
    } else {
        dunning::begin(state, now, order)
    }
}
