//! A subscription begins.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::bill::{self, Bill, Charge};
use crate::{
    error::{Answer, Refusal},
    objects::{
        order::BillingReason,
        product::{self, Price},
        subscription::{Ledger, Subscription, SubscriptionStatus},
    },
    random,
    state::State,
    timestamp::Timestamp,
};

#[derive(Debug)]
pub struct NewSubscription {
    pub customer: Uuid,
    pub product: Uuid,
    pub prices: Vec<Price>,
    pub seats: Option<i64>,
    pub trial_end: Option<Timestamp>,
    pub checkout: Option<Uuid>,
    pub metadata: Map<String, Value>,
    pub custom_field_data: Map<String, Value>,
}

/// With its first order, paid by the card that is there. The order of a trial is of nothing.
pub fn start(state: &mut State, now: Timestamp, new: NewSubscription) -> Answer<Uuid> {
    let product = state.product(new.product)?.clone();
    let Some(interval) = product.recurring_interval else {
        return Err(Refusal::not_found());
    };
    let count = product.recurring_interval_count.unwrap_or(1);
    let anchor_day = new.trial_end.unwrap_or(now).day_of_month();
    let period_end = new.trial_end.unwrap_or_else(|| interval.after(now, count, anchor_day));
    let currency = new
        .prices
        .first()
        .map_or("usd", |price| price.price_currency.as_str())
        .to_owned();
    let trialing = new.trial_end.is_some();
    let id = random::id();
    let items = if trialing {
        vec![bill::item(&product.name, 0, &new.prices, now, Some(period_end))]
    } else {
        bill::items_of(&product.name, &new.prices, new.seats, now, Some(period_end))
    };
    state.subscriptions.push(Subscription {
        created_at: now,
        modified_at: None,
        id,
        amount: product::amount(&new.prices, new.seats),
        currency: currency.clone(),
        recurring_interval: interval,
        recurring_interval_count: count,
        status: if trialing {
            SubscriptionStatus::Trialing
        } else {
            SubscriptionStatus::Active
        },
        current_period_start: now,
        current_period_end: period_end,
        trial_start: new.trial_end.map(|_| now),
        trial_end: new.trial_end,
        cancel_at_period_end: false,
        canceled_at: None,
        started_at: Some(now),
        ends_at: None,
        ended_at: None,
        past_due_at: None,
        pause_at_period_end: false,
        paused_at: None,
        resumes_at: None,
        customer_id: new.customer,
        product_id: new.product,
        checkout_id: new.checkout,
        seats: new.seats,
        customer_cancellation_reason: None,
        customer_cancellation_comment: None,
        metadata: new.metadata.clone(),
        custom_field_data: new.custom_field_data.clone(),
        prices: new.prices,
        pending_update: None,
        ledger: Ledger {
            anchor_day,
            prorations: Vec::new(),
        },
    });
    let kinds = ["subscription.created", "subscription.active", "subscription.updated"];
    state.emit_subscription(now, &kinds, id)?;
    let bill = Bill {
        customer: new.customer,
        product: new.product,
        subscription: Some(id),
        checkout: new.checkout,
        reason: BillingReason::SubscriptionCreate,
        seats: new.seats,
        currency,
        items,
        metadata: new.metadata,
        custom_field_data: new.custom_field_data,
    };
    let order = bill::issue(state, now, bill)?;
    bill::charge(state, now, order, Charge::present("purchase"))?;
    bill::mark_paid(state, now, order)?;
    Ok(id)
}
