//! Another product or another number of seats, now or from the next period on.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    bill::{self, Bill, Charge},
    cancel, cycle,
};
use crate::{
    error::{Answer, Refusal},
    objects::{
        customer::CustomerKind,
        order::{BillingReason, OrderItem},
        product::{self, Price, Product, seat_tiers},
        subscription::{PendingUpdate, Subscription, SubscriptionStatus},
    },
    random,
    state::State,
    timestamp::Timestamp,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proration {
    /// The difference is charged at once.
    Invoice,
    /// The difference is on the next order.
    Prorate,
    /// Nothing changes before the next period.
    NextPeriod,
}

impl Proration {
    pub const NAMES: [&str; 4] = ["invoice", "prorate", "next_period", "reset"];

    /// The organization's own is `prorate`. `reset` is a preview that it does not take part in.
    pub fn parse(name: Option<&str>) -> Answer<Self> {
        match name {
            Some("invoice") => Ok(Self::Invoice),
            Some("next_period") => Ok(Self::NextPeriod),
            Some("reset") => {
                let message = "The reset proration behavior is not enabled for this organization.";
                Err(Refusal::rule(
                    json!(["body", "proration_behavior"]),
                    message,
                    &json!("reset"),
                ))
            }
            _ => Ok(Self::Prorate),
        }
    }
}

/// What the subscription becomes.
#[derive(Debug)]
struct Target {
    product: Product,
    prices: Vec<Price>,
    seats: Option<i64>,
    /// What waits for the renewal from then on.
    pending: Option<PendingUpdate>,
}

pub fn product(state: &mut State, now: Timestamp, id: Uuid, wanted: Uuid, proration: Proration) -> Answer<()> {
    let subscription = changeable(state, id)?;
    let refuse = |message: &str| Refusal::rule(json!(["body", "product_id"]), message, &json!(wanted));
    let product = state
        .product(wanted)
        .map_err(|_| refuse("Product does not exist."))?
        .clone();
    if product.is_archived {
        return Err(refuse("Product is archived."));
    }
    if !product.is_recurring {
        return Err(refuse("Product is not recurring."));
    }
    let prices = product.prices_in(Some(&subscription.currency));
    if prices.is_empty() {
        return Err(refuse("Product has no price in the subscription's currency."));
    }
    let seats = match (seat_tiers(&prices), subscription.seats) {
        (None, Some(_)) => {
            return Err(refuse("Can't switch from a seat-based to a non-seat-based product."));
        }
        (None, None) => None,
        (Some(tiers), seats) => Some(seats.unwrap_or(1).max(tiers.minimum_seats)),
    };
    if seats.is_some() && subscription.seats.is_none() && proration == Proration::NextPeriod {
        return Err(refuse("A change to a seat-based product is possible at once only."));
    }
    if proration == Proration::NextPeriod {
        let other = (product.id != subscription.product_id).then_some(product.id);
        return schedule(state, now, &subscription, |pending| pending.product_id = other);
    }
    let target = Target {
        product,
        prices,
        seats,
        // Whatever waited was about the product of before.
        pending: None,
    };
    change(state, now, &subscription, target, proration)
}

pub fn seats(state: &mut State, now: Timestamp, id: Uuid, seats: i64, proration: Proration) -> Answer<()> {
    let subscription = changeable(state, id)?;
    let Some(tiers) = seat_tiers(&subscription.prices) else {
        return Err(Refusal::bad(
            "NotASeatBasedSubscription",
            "This subscription is not seat-based.",
        ));
    };
    if seats < tiers.minimum_seats {
        let detail = format!("At least {} seats are needed.", tiers.minimum_seats);
        return Err(Refusal::bad("BelowMinimumSeats", &detail));
    }
    if let Some(most) = tiers.maximum_seats.filter(|most| seats > *most) {
        return Err(Refusal::bad(
            "AboveMaximumSeats",
            &format!("At most {most} seats are possible."),
        ));
    }
    let other = (Some(seats) != subscription.seats).then_some(seats);
    if other.is_none() || proration == Proration::NextPeriod {
        return schedule(state, now, &subscription, |pending| pending.seats = other);
    }
    let target = Target {
        product: state.product(subscription.product_id)?.clone(),
        prices: subscription.prices.clone(),
        seats: Some(seats),
        // A product that waits goes on waiting, for the new number of seats.
        pending: subscription.pending_update.clone().and_then(|pending| {
            let seats = None;
            pending
                .product_id
                .is_some()
                .then_some(PendingUpdate { seats, ..pending })
        }),
    };
    change(state, now, &subscription, target, proration)
}

fn changeable(state: &State, id: Uuid) -> Answer<Subscription> {
    let subscription = state.subscription(id)?;
    if subscription.ended_at.is_some() || subscription.cancel_at_period_end {
        return Err(cancel::already_canceled());
    }
    if !subscription.status.is_billable() {
        return Err(Refusal::forbidden(
            "InactiveSubscription",
            "This subscription is not active.",
        ));
    }
    Ok(subscription.clone())
}

fn change(state: &mut State, now: Timestamp, old: &Subscription, target: Target, proration: Proration) -> Answer<()> {
    if old.status == SubscriptionStatus::Trialing {
        return change_in_trial(state, now, old, target);
    }
    let count = target.product.recurring_interval_count.unwrap_or(1);
    let interval = target.product.recurring_interval.unwrap_or(old.recurring_interval);
    let new_period = interval != old.recurring_interval || count != old.recurring_interval_count;
    let period_end = if new_period {
        interval.after(now, count, now.day_of_month())
    } else {
        old.current_period_end
    };
    let items = differences(now, old, &target, new_period, period_end);
    if proration == Proration::Invoice || new_period {
        invoice(state, now, old, &target, items)?;
    } else {
        state.subscription_mut(old.id)?.ledger.prorations.extend(items);
    }
    apply(state, old.id, target)?;
    let subscription = state.subscription_mut(old.id)?;
    if new_period {
        subscription.current_period_start = now;
        subscription.current_period_end = period_end;
        subscription.ledger.anchor_day = now.day_of_month();
    }
    subscription.touch(now);
    state.emit_subscription(now, &["subscription.updated"], old.id)
}

/// What was paid and is not used, and what is used from now on: by the part of the period that is left.
fn differences(
    now: Timestamp,
    old: &Subscription,
    target: &Target,
    new_period: bool,
    period_end: Timestamp,
) -> Vec<OrderItem> {
    let amount = product::amount(&target.prices, target.seats);
    let unused = remaining(old.amount, old, now);
    let used = if new_period {
        amount
    } else {
        remaining(amount, old, now)
    };
    let end = Some(old.current_period_end);
    let mut back = bill::item("Unused time", -unused, &old.prices, now, end);
    let name = format!("Remaining time on {}", target.product.name);
    let mut forth = bill::item(&name, used, &target.prices, now, Some(period_end));
    back.proration = true;
    forth.proration = !new_period;
    vec![back, forth]
}

/// The part of an amount that falls on the rest of the period, rounded to the nearest minor unit.
fn remaining(amount: i64, subscription: &Subscription, now: Timestamp) -> i64 {
    let (start, end) = (subscription.current_period_start, subscription.current_period_end);
    let total = i128::from(start.microseconds_until(end)).max(1);
    let left = i128::from(now.microseconds_until(end)).clamp(0, total);
    let part = (i128::from(amount) * left + total / 2) / total;
    i64::try_from(part).unwrap_or(amount)
}

/// Nothing has changed when the card does not pay.
fn invoice(
    state: &mut State,
    now: Timestamp,
    old: &Subscription,
    target: &Target,
    items: Vec<OrderItem>,
) -> Answer<()> {
    let due: i64 = items.iter().map(|item| item.amount).sum();
    let customer = state.customer(old.customer_id)?;
    let refusal = if due <= customer.wallet.balance || due <= 0 {
        None
    } else {
        bill::card_refusal(customer)
    };
    if let Some(refusal) = refusal {
        bill::record_declined(state, now, &old.currency, due, None);
        return Err(refusal);
    }
    let bill = Bill {
        customer: old.customer_id,
        product: target.product.id,
        subscription: Some(old.id),
        checkout: None,
        reason: BillingReason::SubscriptionUpdate,
        seats: target.seats,
        currency: old.currency.clone(),
        items,
        metadata: old.metadata.clone(),
        custom_field_data: old.custom_field_data.clone(),
    };
    let order = bill::issue(state, now, bill)?;
    bill::charge(state, now, order, Charge::absent("purchase"))?;
    bill::mark_paid(state, now, order)
}

/// There is one change that waits, of the product, of the seats, or of both: what is told of one of them leaves the other as
/// it is. Nothing is left to wait for when both are what there is already.
fn schedule(state: &mut State, now: Timestamp, old: &Subscription, set: impl FnOnce(&mut PendingUpdate)) -> Answer<()> {
    let mut pending = match old.pending_update.clone() {
        Some(waiting) => PendingUpdate {
            modified_at: Some(now),
            ..waiting
        },
        None => PendingUpdate {
            id: random::id(),
            created_at: now,
            modified_at: None,
            applies_at: old.current_period_end,
            product_id: None,
            seats: None,
        },
    };
    set(&mut pending);
    let subscription = state.subscription_mut(old.id)?;
    subscription.pending_update = (pending.product_id.is_some() || pending.seats.is_some()).then_some(pending);
    subscription.touch(now);
    state.emit_subscription(now, &["subscription.updated"], old.id)
}

/// The trial goes on as long as the new product's would have; without one it is over.
fn change_in_trial(state: &mut State, now: Timestamp, old: &Subscription, target: Target) -> Answer<()> {
    let begun = old.trial_start.unwrap_or(old.created_at);
    let same_product = target.product.id == old.product_id;
    let trial = target.product.trial_interval.zip(target.product.trial_interval_count);
    let trial_end = match trial {
        _ if same_product => old.trial_end,
        Some((interval, count)) => Some(interval.after(begun, count, begun.day_of_month())),
        None => None,
    };
    apply(state, old.id, target)?;
    let going_on = trial_end.filter(|end| *end > now);
    let subscription = state.subscription_mut(old.id)?;
    subscription.trial_end = going_on.or(Some(now));
    subscription.current_period_end = going_on.unwrap_or(now);
    subscription.touch(now);
    if going_on.is_none() {
        return cycle::renew(state, now, old.id, &["subscription.updated"]);
    }
    state.emit_subscription(now, &["subscription.updated"], old.id)
}

fn apply(state: &mut State, id: Uuid, target: Target) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    let customer = subscription.customer_id;
    subscription.amount = product::amount(&target.prices, target.seats);
    subscription.product_id = target.product.id;
    subscription.prices = target.prices;
    subscription.seats = target.seats;
    subscription.pending_update = target.pending;
    if let Some(interval) = target.product.recurring_interval {
        subscription.recurring_interval = interval;
        subscription.recurring_interval_count = target.product.recurring_interval_count.unwrap_or(1);
    }
    if subscription.seats.is_some() {
        state.customer_mut(customer)?.kind = CustomerKind::Team;
    }
    Ok(())
}

/// At the renewal.
pub fn apply_pending(state: &mut State, id: Uuid) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    let Some(pending) = subscription.pending_update.take() else {
        return Ok(());
    };
    let subscription = subscription.clone();
    let product = state
        .product(pending.product_id.unwrap_or(subscription.product_id))?
        .clone();
    let prices = match pending.product_id {
        Some(_) => product.prices_in(Some(&subscription.currency)),
        None => subscription.prices,
    };
    let target = Target {
        product,
        prices,
        seats: pending.seats.or(subscription.seats),
        pending: None,
    };
    apply(state, id, target)
}

pub fn drop_pending(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let subscription = state.subscription_mut(id)?;
    if subscription.pending_update.take().is_none() {
        let message = "This subscription has no pending update to clear.";
        return Err(Refusal::rule(json!(["body", "pending_update"]), message, &Value::Null));
    }
    subscription.touch(now);
    state.emit_subscription(now, &["subscription.updated"], id)
}

/// A trial is moved or ended: `"now"` or an instant.
pub fn trial_end(state: &mut State, now: Timestamp, id: Uuid, wanted: &Value) -> Answer<()> {
    let subscription = changeable(state, id)?;
    let refuse = |message: &str| Refusal::rule(json!(["body", "trial_end"]), message, wanted);
    let trialing = subscription.status == SubscriptionStatus::Trialing;
    if wanted == "now" {
        if !trialing {
            return Err(refuse("The subscription is not currently trialing."));
        }
        state.subscription_mut(id)?.trial_end = Some(now);
        return cycle::renew(state, now, id, &["subscription.updated"]);
    }
    let end = wanted
        .as_str()
        .and_then(Timestamp::parse)
        .ok_or_else(|| refuse("Input should be a valid datetime or 'now'"))?;
    if end <= subscription.current_period_end {
        return Err(refuse("Trial end must be after the current period end."));
    }
    let subscription = state.subscription_mut(id)?;
    subscription.status = SubscriptionStatus::Trialing;
    subscription.trial_start = subscription.trial_start.or(Some(now));
    subscription.trial_end = Some(end);
    subscription.current_period_end = end;
    subscription.touch(now);
    state.emit_subscription(now, &["subscription.updated"], id)
}
