//! Every object has the keys of the provider's, and every kind of value where it has one.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::harness::{World, id, text};
use sandbox::CardBehaviour;

const OBJECTS: &str = include_str!("../../../oracles/polar/objects.json");
const WEBHOOKS: &str = include_str!("../../../oracles/polar/webhooks.json");

/// Free maps and lists of other things.
const OPEN: [&str; 10] = [
    "metadata",
    "customer_metadata",
    "custom_field_data",
    "payment_processor_metadata",
    "processor_metadata",
    "method_metadata",
    "billing_address",
    "customer_billing_address",
    "filter",
    "aggregation",
];

fn keys(map: &Map<String, Value>) -> BTreeSet<&str> {
    map.keys().map(String::as_str).collect()
}

/// Keys of prices differ by their kind, and keys of the price map are ids.
fn assert_shape(path: &str, found: &Value, wanted: &Value) {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => {
            assert_eq!(keys(found), keys(wanted), "{path}");
            for (key, value) in found {
                let is_open = OPEN.contains(&key.as_str()) || (key == "prices" && value.is_object());
                if !is_open && key != "product_price" {
                    assert_shape(&format!("{path}.{key}"), value, &wanted[key]);
                }
            }
        }
        (Value::Array(found), Value::Array(wanted)) => {
            for item in found {
                let same_kind = |other: &&Value| other["amount_type"] == item["amount_type"];
                if let Some(wanted) = wanted.iter().find(same_kind) {
                    assert_shape(&format!("{path}[]"), item, wanted);
                }
            }
        }
        (Value::Null, _) | (_, Value::Null) => {}
        (found, wanted) => {
            let kind = |value: &Value| (value.is_string(), value.is_number(), value.is_boolean());
            assert_eq!(kind(found), kind(wanted), "{path}");
        }
    }
}

fn fixture(name: &str) -> Value {
    serde_json::from_str::<Value>(OBJECTS).unwrap()[name].clone()
}

#[tokio::test]
async fn replies_have_the_keys_of_the_providers() {
    let world = World::start().await;
    let product = world.seat_product("Team", 1000).await;
    assert_shape("Product", &product, &fixture("Product"));
    let customer = world.team("org_1").await;
    assert_shape("Customer", &customer, &fixture("Customer"));
    let body = json!({ "products": [product["id"]], "customer_id": customer["id"], "seats": 2 });
    let checkout = world.post("/v1/checkouts/", body).await;
    assert_shape("Checkout", &checkout, &fixture("Checkout"));
    world.confirm(&checkout, json!({}), 200).await;
    let subscription = world.get("/v1/subscriptions/").await["items"][0].clone();
    assert_shape("Subscription", &subscription, &fixture("Subscription"));
    let order = world.get("/v1/orders/").await["items"][0].clone();
    assert_shape("Order", &order, &fixture("Order"));
    let payment = world.get("/v1/payments/").await["items"][0].clone();
    assert_shape("Payment", &payment, &fixture("Payment"));
    let body = json!({ "order_id": order["id"], "amount": 100, "reason": "other" });
    assert_shape("Refund", &world.post("/v1/refunds/", body).await, &fixture("Refund"));
    let body = json!({ "customer_id": customer["id"], "external_member_id": "user_1" });
    let session = world.post("/v1/customer-sessions/", body).await;
    assert_shape("CustomerSession", &session, &fixture("CustomerSession"));
    let members = world.get("/v1/customers/external/org_1/members").await;
    assert_shape("Member", &members["items"][0], &fixture("Member"));
    let meter = fixture("Meter");
    let body = json!({ "name": "Calls", "filter": meter["filter"], "aggregation": meter["aggregation"] });
    assert_shape("Meter", &world.post("/v1/meters/", body).await, &meter);
    let event = json!({ "name": "api_call", "external_customer_id": "org_1" });
    let body = json!({ "events": [event] });
    world.call(Method::POST, "/v1/events/ingest", Some(body), 200).await;
    let found = world.get("/v1/customer-meters/").await["items"][0].clone();
    assert_shape("CustomerMeter", &found, &fixture("CustomerMeter"));
    let state = world.get("/v1/customers/external/org_1/state").await;
    assert_shape("CustomerState", &state, &fixture("CustomerState"));
    let endpoint = world.get("/v1/webhooks/endpoints").await["items"][0].clone();
    assert_shape("WebhookEndpoint", &endpoint, &fixture("WebhookEndpoint"));
}

#[tokio::test]
async fn webhooks_have_the_keys_of_the_providers() {
    let world = World::start().await;
    let wanted: Value = serde_json::from_str(WEBHOOKS).unwrap();
    let product = world.seat_product("Team", 1000).await;
    world
        .patch(
            &format!("/v1/products/{}", text(&product["id"])),
            json!({ "name": "Teams" }),
        )
        .await;
    let customer = world.team("org_1").await;
    world
        .post("/v1/checkouts/", json!({ "products": [product["id"]] }))
        .await;
    let subscription = world.buy(&product, &customer, Some(2)).await;
    let path = format!("/v1/subscriptions/{}", text(&subscription["id"]));
    world.patch(&path, json!({ "cancel_at_period_end": true })).await;
    world.patch(&path, json!({ "cancel_at_period_end": false })).await;
    let order = world.get("/v1/orders/").await["items"][0].clone();
    world
        .post(
            "/v1/refunds/",
            json!({ "order_id": order["id"], "amount": 100, "reason": "other" }),
        )
        .await;
    world
        .control()
        .set_card(id(&customer), CardBehaviour::Declines)
        .unwrap();
    world.advance(TimeDelta::days(60)).await;
    let path = format!("/v1/customers/{}", text(&customer["id"]));
    world.send(Method::DELETE, &path, None).await;
    let mut seen = BTreeSet::new();
    for received in world.take().await {
        let kind = text(&received.body["type"]).to_owned();
        if let Some(wanted) = wanted.get(&kind) {
            assert_shape(&kind, &received.body, wanted);
            seen.insert(kind);
        }
    }
    let elsewhere = ["benefit_grant.", "customer_seat.", "discount."];
    for kind in wanted.as_object().unwrap().keys() {
        let out = elsewhere.iter().any(|prefix| kind.starts_with(prefix));
        assert!(out || seen.contains(kind), "{kind} was never sent");
    }
}
