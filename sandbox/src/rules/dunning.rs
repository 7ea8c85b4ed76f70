//! A renewal that was not paid is tried again, four times, and then the subscription ends.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{
    bill::{self, Charge},
    cancel,
};
use crate::{
    error::Answer,
    objects::{customer::CardBehaviour, subscription::SubscriptionStatus},
    random,
    state::State,
    timestamp::Timestamp,
};

/// After the first failure.
const RETRIES: [TimeDelta; 4] = [
    TimeDelta::days(2),
    TimeDelta::days(7),
    TimeDelta::days(14),
    TimeDelta::days(21),
];

pub fn begin(state: &mut State, now: Timestamp, order: Uuid) -> Answer<()> {
    let failed = state.order_mut(order)?;
    failed.dunning.first_failed_at = Some(now);
    failed.next_payment_attempt_at = Some(now.plus(RETRIES[0]));
    failed.touch(now);
    let subscription = failed.subscription_id;
    state.emit_order(now, &["order.updated"], order)?;
    let Some(id) = subscription else { return Ok(()) };
    let subscription = state.subscription_mut(id)?;
    subscription.status = SubscriptionStatus::PastDue;
    subscription.past_due_at = Some(now);
    subscription.touch(now);
    state.emit_subscription(now, &["subscription.updated", "subscription.past_due"], id)
}

/// The next attempt is due.
pub fn retry(state: &mut State, now: Timestamp, order: Uuid) -> Answer<()> {
    if bill::charge(state, now, order, Charge::absent("retry_dunning"))? {
        return recover(state, now, order);
    }
    let failed = state.order_mut(order)?;
    failed.dunning.retries += 1;
    let first = failed.dunning.first_failed_at.unwrap_or(now);
    let next = RETRIES.get(failed.dunning.retries);
    failed.next_payment_attempt_at = next.map(|delay| first.plus(*delay));
    failed.touch(now);
    let subscription = failed.subscription_id;
    state.emit_order(now, &["order.updated"], order)?;
    match subscription {
        Some(id) if next.is_none() => cancel::end(state, now, id),
        _ => Ok(()),
    }
}

/// The customer has given a card that pays, or another one: what is open is tried at once.
pub fn replace_card(state: &mut State, now: Timestamp, customer: Uuid, card: CardBehaviour) -> Answer<()> {
    let found = state.customer_mut(customer)?;
    found.wallet.card = card;
    found.default_payment_method_id = Some(random::id());
    found.modified_at = Some(Timestamp::touched(now, found.created_at, found.modified_at));
    state.emit_customer(now, "customer.updated", customer);
    let open: Vec<Uuid> = state
        .orders
        .iter()
        .filter(|order| order.customer_id == customer && order.next_payment_attempt_at.is_some())
        .map(|order| order.id)
        .collect();
    for order in open {
        if bill::charge(state, now, order, Charge::absent("retry_payment_method_update"))? {
            recover(state, now, order)?;
        }
    }
    Ok(())
}

fn recover(state: &mut State, now: Timestamp, order: Uuid) -> Answer<()> {
    if let Some(id) = state.order(order)?.subscription_id {
        let subscription = state.subscription_mut(id)?;
        subscription.status = SubscriptionStatus::Active;
        subscription.past_due_at = None;
        subscription.touch(now);
        state.emit_subscription(now, &["subscription.updated", "subscription.active"], id)?;
    }
    bill::mark_paid(state, now, order)
}
