//! What Polar tells by itself: who says it, and what.

use chrono::{DateTime, Utc};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    Polar, checkouts::CheckoutObject, customers::CustomerObject, orders::OrderObject, settings::SigningSecret,
    subscriptions::SubscriptionObject,
};
use crate::billing::provider::{Customer, WebhookEvent, WebhookHeaders, WebhookKind, WebhookRejected, signature};

/// A message. It has no id: that is in the header. Those of before August 2026 name no version, so none is asked for.
#[derive(Debug, Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    event_type: String,
    timestamp: DateTime<Utc>,
    data: Value,
}

impl Polar {
    pub(super) fn check_signature(
        &self,
        headers: WebhookHeaders<'_>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), WebhookRejected> {
        let keys: Vec<Vec<u8>> = self
            .webhook_secrets
            .iter()
            .flat_map(SigningSecret::keys)
            .cloned()
            .collect();
        signature::check(&keys, headers, body, now)
    }
}

/// What a message says. The types that are told apart are named: one that Polar adds later may have other data.
pub fn read(body: &[u8]) -> Result<WebhookEvent, WebhookRejected> {
    let Envelope {
        event_type,
        timestamp,
        data,
    } = serde_json::from_slice(body).map_err(|error| WebhookRejected::NotJson(error.to_string()))?;
    let kind = match event_type.as_str() {
        "subscription.created"
        | "subscription.updated"
        | "subscription.active"
        | "subscription.canceled"
        | "subscription.uncanceled"
        | "subscription.cycled"
        | "subscription.revoked"
        | "subscription.past_due"
        | "subscription.paused"
        | "subscription.resumed"
        | "subscription.migrated" => {
            WebhookKind::Subscription(Box::new(object::<SubscriptionObject>(&event_type, data)?.into()))
        }
        "order.created" | "order.updated" | "order.paid" | "order.refunded" => {
            WebhookKind::Order(Box::new(object::<OrderObject>(&event_type, data)?.into()))
        }
        "checkout.created" | "checkout.updated" | "checkout.expired" => {
            WebhookKind::Checkout(Box::new(object::<CheckoutObject>(&event_type, data)?.into()))
        }
        "customer.created" | "customer.updated" | "customer.state_changed" => {
            WebhookKind::Customer(Box::new(object::<CustomerObject>(&event_type, data)?.into()))
        }
        "customer.deleted" => {
            let customer = Customer::from(object::<CustomerObject>(&event_type, data)?);
            WebhookKind::Customer(Box::new(Customer {
                deleted: true,
                ..customer
            }))
        }
        _ => WebhookKind::Other,
    };
    Ok(WebhookEvent {
        event_type,
        occurred_at: timestamp,
        kind,
    })
}

fn object<T: DeserializeOwned>(event_type: &str, data: Value) -> Result<T, WebhookRejected> {
    serde_json::from_value(data).map_err(|error| WebhookRejected::NotUnderstood {
        event_type: event_type.to_owned(),
        reason: error.to_string(),
    })
}
