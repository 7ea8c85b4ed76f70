//! Objects as the provider shows them: with every key, and with the objects they name.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    checkout::{Checkout, CheckoutStatus},
    customer::{Customer, CustomerSession},
    order::{Order, Payment, Refund},
    product::{Price, PriceAmount, Product},
    subscription::Subscription,
    usage::Meter,
    webhook::{Delivery, Endpoint, WebhookEvent},
};
use crate::{state::State, timestamp::Interval};

fn fields(object: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(object) {
        Ok(Value::Object(mut map)) => {
            map.remove("private");
            map
        }
        _ => Map::new(),
    }
}

fn completed(object: &impl Serialize, others: Value) -> Value {
    let mut map = fields(object);
    if let Value::Object(others) = others {
        map.extend(others);
    }
    Value::Object(map)
}

fn without(mut value: Value, keys: &[&str]) -> Value {
    if let Some(map) = value.as_object_mut() {
        for key in keys {
            map.remove(*key);
        }
    }
    value
}

pub fn product(state: &State, product: &Product) -> Value {
    let sold = state.orders.iter().any(|order| order.product_id == product.id)
        || state
            .subscriptions
            .iter()
            .any(|subscription| subscription.product_id == product.id);
    completed(
        product,
        json!({
            "meter_interval": null,
            "meter_interval_count": null,
            "organization_id": state.organization.id,
            "is_deletable": !sold,
            "benefits": [],
            "medias": [],
            "attached_custom_fields": [],
        }),
    )
}

fn product_in_order(state: &State, id: uuid::Uuid) -> Value {
    let product = state.product(id).map_or(Value::Null, |found| product(state, found));
    without(
        product,
        &["is_deletable", "prices", "benefits", "medias", "attached_custom_fields"],
    )
}

fn product_in_checkout(state: &State, found: &Product, prices: &[Price]) -> Value {
    let mut value = without(
        product(state, found),
        &["metadata", "is_deletable", "attached_custom_fields"],
    );
    value["prices"] = json!(prices);
    value
}

pub fn customer(state: &State, customer: &Customer) -> Value {
    completed(
        customer,
        json!({
            "email_verified": false,
            "organization_id": state.organization.id,
            "avatar_url": null,
        }),
    )
}

fn customer_of(state: &State, id: uuid::Uuid) -> Value {
    let found = state.customers.iter().find(|customer| customer.id == id);
    found.map_or(Value::Null, |found| customer(state, found))
}

pub fn customer_state(state: &State, found: &Customer) -> Value {
    let subscriptions: Vec<Value> = state
        .subscriptions
        .iter()
        .filter(|subscription| subscription.customer_id == found.id && subscription.status.is_active())
        .map(|found| {
            let gone = [
                "recurring_interval_count",
                "current_meter_period_start",
                "current_meter_period_end",
                "ended_at",
                "past_due_at",
                "pause_at_period_end",
                "paused_at",
                "resumes_at",
                "customer_id",
                "checkout_id",
                "customer_cancellation_reason",
                "customer_cancellation_comment",
                "customer",
                "product",
                "discount",
                "prices",
                "pending_update",
            ];
            without(subscription(state, found), &gone)
        })
        .collect();
    let meters: Vec<Value> = crate::rules::usage::meters_of(state, found)
        .into_iter()
        .map(|meter| without(meter, &["customer_id", "customer", "meter"]))
        .collect();
    let mut value = customer(state, found);
    value["active_subscriptions"] = json!(subscriptions);
    value["granted_benefits"] = json!([]);
    value["active_meters"] = json!(meters);
    value
}

pub fn session(state: &State, session: &CustomerSession) -> Value {
    let mut url = format!(
        "{}/{}/portal?customer_session_token={}",
        state.url, state.organization.slug, session.token
    );
    if let Some(email) = &session.email {
        url.extend([
            "&email=",
            &url::form_urlencoded::byte_serialize(email.as_bytes()).collect::<String>(),
        ]);
    }
    let shown = completed(
        session,
        json!({ "customer_portal_url": url, "customer": customer_of(state, session.customer_id) }),
    );
    without(shown, &["email"])
}

/// Its trial, when there is one: from the checkout or from the product.
pub fn trial(state: &State, checkout: &Checkout) -> Option<(Interval, u32)> {
    let product = state.product(checkout.product_id).ok()?;
    if !checkout.allow_trial || !product.is_recurring {
        return None;
    }
    checkout
        .trial_interval
        .zip(checkout.trial_interval_count)
        .or(product.trial_interval.zip(product.trial_interval_count))
}

pub fn checkout(state: &State, checkout: &Checkout) -> Value {
    let shown = |id: &uuid::Uuid| {
        let product = state.product(*id).ok()?;
        let prices = checkout.prices.get(id).map_or(&[][..], Vec::as_slice);
        Some(product_in_checkout(state, product, prices))
    };
    let prices = checkout.current_prices();
    let amount = checkout.amount();
    let trial = trial(state, checkout);
    let trial_end = trial.map(|(interval, count)| {
        let start = checkout.modified_at.unwrap_or(checkout.created_at);
        interval.after(start, count, start.day_of_month())
    });
    let recurring = state
        .product(checkout.product_id)
        .is_ok_and(|product| product.is_recurring);
    let free = prices
        .iter()
        .all(|price| matches!(price.amount, PriceAmount::Fixed { price_amount: 0 }));
    let billing_field = |wanted: bool| if wanted { "required" } else { "disabled" };
    let value = completed(
        checkout,
        json!({
            "payment_processor": "stripe",
            "url": format!("{}/checkout/{}", state.url, checkout.client_secret),
            "success_url": checkout.filled_success_url(&state.url),
            "amount": amount,
            "units": null,
            "min_units": null,
            "max_units": null,
            "discount_amount": 0,
            "net_amount": amount,
            "tax_amount": if checkout.status == CheckoutStatus::Succeeded { json!(0) } else { json!(null) },
            "tax_behavior": null,
            "total_amount": amount,
            "active_trial_interval": trial.map(|(interval, _)| interval),
            "active_trial_interval_count": trial.map(|(_, count)| count),
            "trial_end": trial_end,
            "organization_id": state.organization.id,
            "product_price_id": prices.first().map(|price| price.id),
            "discount_id": null,
            "is_discount_applicable": !free,
            "is_free_product_price": free,
            "is_payment_required": amount > 0 && trial.is_none(),
            "is_payment_setup_required": amount > 0 && recurring,
            "is_payment_form_required": amount > 0,
            "payment_processor_metadata": { "publishable_key": "pk_test_sandbox" },
            "billing_address_fields": {
                "country": "required",
                "state": "disabled",
                "city": billing_field(checkout.require_billing_address),
                "postal_code": billing_field(checkout.require_billing_address),
                "line1": billing_field(checkout.require_billing_address),
                "line2": if checkout.require_billing_address { "optional" } else { "disabled" },
            },
            "products": checkout.product_ids.iter().filter_map(shown).collect::<Vec<Value>>(),
            "product": shown(&checkout.product_id),
            "product_price": prices.first(),
            "prices": checkout.prices,
            "discount": null,
            "subscription_id": null,
            "attached_custom_fields": [],
        }),
    );
    without(value, &["product_ids"])
}

/// For who knows the client secret.
pub fn public_checkout(state: &State, found: &Checkout) -> Value {
    let mut value = without(
        checkout(state, found),
        &[
            "metadata",
            "external_customer_id",
            "subscription_id",
            "customer_metadata",
            "trial_interval",
            "trial_interval_count",
        ],
    );
    let organization = &state.organization;
    value["organization"] = json!({
        "created_at": organization.created_at,
        "modified_at": null,
        "id": organization.id,
        "name": organization.name,
        "slug": organization.slug,
        "avatar_url": null,
        "proration_behavior": "prorate",
        "allow_customer_updates": true,
    });
    value
}

/// Without the objects it names, as orders show it.
fn subscription_in_order(subscription: &Subscription) -> Value {
    let value = completed(
        subscription,
        json!({
            "current_meter_period_start": null,
            "current_meter_period_end": null,
            "discount_id": null,
            "units": null,
        }),
    );
    without(value, &["prices", "pending_update", "custom_field_data"])
}

pub fn subscription(state: &State, subscription: &Subscription) -> Value {
    let mut value = subscription_in_order(subscription);
    value["custom_field_data"] = json!(subscription.custom_field_data);
    value["customer"] = customer_of(state, subscription.customer_id);
    value["product"] = state
        .product(subscription.product_id)
        .map_or(Value::Null, |found| product(state, found));
    value["discount"] = Value::Null;
    value["prices"] = json!(subscription.prices);
    value["meters"] = json!([]);
    value["pending_update"] = json!(subscription.pending_update);
    if subscription.pending_update.is_some() {
        value["pending_update"]["units"] = Value::Null;
    }
    value
}

pub fn order(state: &State, order: &Order) -> Value {
    let name = state.product(order.product_id).map(|product| product.name.clone());
    let subscription = order.subscription_id.and_then(|id| state.subscription(id).ok());
    completed(
        order,
        json!({
            "discount_amount": 0,
            "net_amount": order.subtotal_amount,
            "tax_amount": 0,
            "total_amount": order.subtotal_amount,
            "due_amount": order.due_amount(),
            "refunded_tax_amount": 0,
            "receipt_number": null,
            "units": null,
            "discount_id": null,
            "platform_fee_amount": 0,
            "platform_fee_currency": null,
            "customer": customer_of(state, order.customer_id),
            "product": product_in_order(state, order.product_id),
            "discount": null,
            "subscription": subscription.map(subscription_in_order),
            "description": name.unwrap_or_default(),
            "refundable_amount": order.refundable_amount(),
            "refundable_tax_amount": 0,
        }),
    )
}

pub fn payment(state: &State, payment: &Payment) -> Value {
    completed(payment, json!({ "organization_id": state.organization.id }))
}

pub fn refund(state: &State, refund: &Refund) -> Value {
    completed(
        refund,
        json!({ "organization_id": state.organization.id, "dispute": null }),
    )
}

pub fn meter(state: &State, meter: &Meter) -> Value {
    completed(meter, json!({ "organization_id": state.organization.id }))
}

pub fn endpoint(state: &State, endpoint: &Endpoint) -> Value {
    completed(endpoint, json!({ "organization_id": state.organization.id }))
}

pub fn delivery(state: &State, delivery: &Delivery) -> Value {
    let event = state.events.iter().find(|event| event.id == delivery.event_id);
    let value = completed(delivery, json!({ "webhook_event": event.map(webhook_event) }));
    without(value, &["event_id", "endpoint_id"])
}

pub fn webhook_event(event: &WebhookEvent) -> Value {
    without(
        completed(event, json!({ "is_archived": false })),
        &["endpoint_id", "attempts", "state", "mischief"],
    )
}
