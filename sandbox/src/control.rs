//! What a program does with the sandbox beside using the provider's API.

use std::{fmt, sync::Arc};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal},
    faults::Faults,
    objects::{
        customer::CardBehaviour,
        views,
        webhook::{Delivery, EventState},
    },
    rules::{cancel, confirm_checkout, cycle, dunning, endpoints, open_checkout, pause, settle},
    state::State,
    timestamp::Timestamp,
    world::World,
};

/// Cheap to clone. Good for as long as the sandbox runs.
#[derive(Clone)]
pub struct Control {
    world: Arc<World>,
}

impl fmt::Debug for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Control")
    }
}

/// A webhook as it stands.
#[derive(Debug, Clone)]
pub struct SentWebhook {
    pub id: Uuid,
    pub kind: String,
    pub payload: String,
    pub state: EventState,
    pub attempts: u32,
}

impl Control {
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self { world }
    }

    /// Does what fell due up to the clock's instant, without waiting for the next look at the clock.
    pub fn settle(&self) {
        self.world.settle();
    }

    pub fn faults(&self) -> Faults {
        self.world.read(|state| state.faults.clone())
    }

    pub fn set_faults(&self, faults: Faults) {
        self.world.write(|state, _| state.faults = faults);
    }

    /// What becomes of the charges of a customer from now on, where nobody is present to pay.
    ///
    /// # Errors
    /// When there is no such customer.
    pub fn set_card(&self, customer: Uuid, card: CardBehaviour) -> Answer<()> {
        self.world.write(|state, _| {
            state.customer_mut(customer)?.wallet.card = card;
            Ok(())
        })
    }

    /// As the portal does it: open payments are tried at once.
    ///
    /// # Errors
    /// When there is no such customer.
    pub fn replace_card(&self, customer: Uuid, card: CardBehaviour) -> Answer<()> {
        self.world
            .write(|state, now| dunning::replace_card(state, now, customer, card))
    }

    /// A subscription that began at an instant of the past, with its checkout and its orders up to now, all paid.
    ///
    /// # Errors
    /// When the customer or the product is unknown, or the seats do not suit its price.
    pub fn subscribe(
        &self,
        customer: Uuid,
        product: Uuid,
        seats: Option<i64>,
        metadata: &Map<String, Value>,
        started_at: DateTime<Utc>,
    ) -> Answer<Uuid> {
        self.world.write(|state, now| {
            let then = Timestamp::new(started_at).min(now);
            let subscription = past_subscription(state, then, customer, product, seats, metadata)?;
            settle::settle(state, now);
            Ok(subscription)
        })
    }

    /// The current period of a subscription ended at that instant, and the card declined its renewal. The retries that fell
    /// due since have failed as well.
    ///
    /// # Errors
    /// When there is no such subscription.
    pub fn fail_renewal(&self, subscription: Uuid, failed_at: DateTime<Utc>) -> Answer<()> {
        self.world.write(|state, now| {
            let customer = state.subscription_mut(subscription)?.customer_id;
            state.customer_mut(customer)?.wallet.card = CardBehaviour::Declines;
            end_period(state, Timestamp::new(failed_at).min(now), subscription)?;
            settle::settle(state, now);
            Ok(())
        })
    }

    /// The current period of a subscription ended at that instant: what was to follow has followed, a renewal or an end.
    ///
    /// # Errors
    /// When there is no such subscription.
    pub fn end_period(&self, subscription: Uuid, ended_at: DateTime<Utc>) -> Answer<()> {
        self.world.write(|state, now| {
            end_period(state, Timestamp::new(ended_at).min(now), subscription)?;
            settle::settle(state, now);
            Ok(())
        })
    }

    /// Canceled at that instant, to the end of the period, as it is done in the portal.
    ///
    /// # Errors
    /// When there is no such subscription, or it is canceled.
    pub fn cancel(&self, subscription: Uuid, canceled_at: DateTime<Utc>) -> Answer<()> {
        self.world.write(|state, now| {
            let then = Timestamp::new(canceled_at).min(now);
            cancel::at_period_end(state, then, subscription, cancel::Reason::default())
        })
    }

    /// It is to rest from the end of its period on.
    ///
    /// # Errors
    /// When there is no such subscription, or it cannot be paused.
    pub fn pause(&self, subscription: Uuid, paused_at: DateTime<Utc>) -> Answer<()> {
        self.world.write(|state, now| {
            let then = Timestamp::new(paused_at).min(now);
            pause::at_period_end(state, then, subscription, None)
        })
    }

    /// Every attempt to deliver a webhook, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.world.read(|state| state.deliveries.clone())
    }

    /// Every webhook, oldest first.
    pub fn webhooks(&self) -> Vec<SentWebhook> {
        self.world.read(|state| {
            let shown = state.events.iter().map(|event| SentWebhook {
                id: event.id,
                kind: event.kind.clone(),
                payload: event.payload.clone(),
                state: event.state,
                attempts: event.attempts,
            });
            shown.collect()
        })
    }

    /// Delivers a webhook once more.
    ///
    /// # Errors
    /// When there is no such webhook.
    pub fn redeliver(&self, webhook: Uuid) -> Answer<()> {
        self.world.write(|state, _| endpoints::redeliver(state, webhook))
    }

    /// As the API shows them, in order of creation. So are the others.
    pub fn customers(&self) -> Vec<Value> {
        self.world.read(|state| {
            let shown = state
                .living_customers()
                .map(|customer| views::customer(state, customer));
            shown.collect()
        })
    }

    pub fn products(&self) -> Vec<Value> {
        self.world.read(|state| {
            state
                .products
                .iter()
                .map(|product| views::product(state, product))
                .collect()
        })
    }

    pub fn subscriptions(&self) -> Vec<Value> {
        self.world.read(|state| {
            let shown = state
                .subscriptions
                .iter()
                .map(|subscription| views::subscription(state, subscription));
            shown.collect()
        })
    }

    pub fn orders(&self) -> Vec<Value> {
        self.world
            .read(|state| state.orders.iter().map(|order| views::order(state, order)).collect())
    }

    /// Everything it remembers, as it is written to its file.
    pub fn state(&self) -> Value {
        self.world.read(|state| json!(state))
    }

    /// Until every webhook is delivered, given up or lost.
    pub async fn wait_idle(&self) {
        let mut changes = self.world.changes();
        while !self.world.is_idle() {
            if changes.changed().await.is_err() {
                return;
            }
        }
    }
}

fn past_subscription(
    state: &mut State,
    then: Timestamp,
    customer: Uuid,
    product: Uuid,
    seats: Option<i64>,
    metadata: &Map<String, Value>,
) -> Answer<Uuid> {
    let mut body = json!({ "products": [product], "customer_id": customer, "metadata": metadata });
    if let Some(seats) = seats {
        body["seats"] = json!(seats);
    }
    let checkout = open_checkout::create(state, then, &body)?;
    let secret = state.checkout(checkout)?.client_secret.clone();
    pay_as(state, then, &secret, customer)?;
    let found = state
        .subscriptions
        .iter()
        .find(|subscription| subscription.checkout_id == Some(checkout));
    found.map(|subscription| subscription.id).ok_or_else(Refusal::not_found)
}

fn pay_as(state: &mut State, then: Timestamp, secret: &str, customer: Uuid) -> Answer<()> {
    let found = state.customer(customer)?;
    let name = found
        .billing_name
        .clone()
        .or(found.name.clone())
        .or(found.email.clone());
    let body = json!({
        "customer_billing_name": name.unwrap_or_else(|| "Customer".to_owned()),
        "customer_billing_address": found.billing_address.clone().unwrap_or_else(|| json!({ "country": "US" })),
    });
    let confirmed = confirm_checkout::confirm(state, then, secret, &body)?;
    confirm_checkout::pay(state, then, confirmed.id)
}

fn end_period(state: &mut State, then: Timestamp, subscription: Uuid) -> Answer<()> {
    let found = state.subscription_mut(subscription)?;
    found.current_period_end = then;
    found.ledger.anchor_day = then.day_of_month();
    if found.cancel_at_period_end {
        found.ends_at = Some(then);
    }
    cycle::cycle(state, then, subscription)
}
