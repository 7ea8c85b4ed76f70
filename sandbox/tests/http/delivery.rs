//! Webhooks on their way.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use sandbox::{EventState, Faults};
use serde_json::{Value, json};
use sha2::Sha256;

use super::harness::{Received, SECRET, World, text};

fn header<'a>(received: &'a Received, name: &str) -> &'a str {
    received.headers[name].to_str().unwrap()
}

fn signature(key: &[u8], received: &Received) -> String {
    let (id, at) = (header(received, "webhook-id"), header(received, "webhook-timestamp"));
    let mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    let code = mac
        .chain_update(format!("{id}.{at}.{}", received.text))
        .finalize()
        .into_bytes();
    format!("v1,{}", STANDARD.encode(code))
}

#[tokio::test]
async fn a_delivery_is_signed_at_its_instant() {
    let world = World::start().await;
    world.product("Pro", 2900, json!({})).await;
    let received = world.take().await.remove(0);
    assert_eq!(header(&received, "content-type"), "application/json");
    assert_eq!(header(&received, "user-agent"), "polar.sh webhooks");
    assert_eq!(header(&received, "webhook-api-version"), "2026-10");
    assert_eq!(header(&received, "webhook-timestamp"), "1769853600");
    let key: Vec<u8> = (0..32).collect();
    assert_eq!(header(&received, "webhook-signature"), signature(&key, &received));
    assert_eq!(received.body["api_version"], "2026-10");
    assert_eq!(received.body["timestamp"], "2026-01-31T10:00:00Z");
    let webhook = world.control().webhooks().remove(0);
    assert_eq!(webhook.id.to_string(), header(&received, "webhook-id"));
    assert_ne!(signature(SECRET.as_bytes(), &received), signature(&key, &received));
}

#[tokio::test]
async fn endpoints_get_what_they_ask_for_with_their_own_secret() {
    let world = World::start().await;
    let body = json!({ "url": world.hook, "format": "raw", "events": ["customer.created"] });
    let endpoint = world.post("/v1/webhooks/endpoints", body).await;
    assert_eq!(endpoint["uses_standard_webhook_signature"], true);
    let path = format!("/v1/webhooks/endpoints/{}/secret", text(&endpoint["id"]));
    let rotated = world.patch(&path, json!({})).await;
    assert_ne!(rotated["secret"], endpoint["secret"]);
    world
        .post("/v1/customers/", json!({ "email": "ada@acme.example" }))
        .await;
    let key = STANDARD
        .decode(text(&rotated["secret"]).trim_start_matches("whsec_"))
        .unwrap();
    let mut own = Vec::new();
    for received in world.take().await {
        if header(&received, "webhook-signature") == signature(&key, &received) {
            own.push(text(&received.body["type"]).to_owned());
        }
    }
    assert_eq!(own, ["customer.created"]);
}

#[tokio::test]
async fn a_failed_delivery_is_tried_again_with_its_id_and_others_overtake_it() {
    let world = World::start().await;
    world.receiver.answers.lock().unwrap().extend([500, 301]);
    world.product("Pro", 2900, json!({})).await;
    let received = world.take().await;
    assert_eq!(received.len(), 3);
    let ids: Vec<&str> = received.iter().map(|received| header(received, "webhook-id")).collect();
    assert!(ids.iter().all(|id| *id == ids[0]));
    let deliveries = world.get("/v1/webhooks/deliveries?sorting=created_at").await;
    let codes: Vec<&Value> = deliveries["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["http_code"])
        .collect();
    assert_eq!(codes, [500, 301, 202]);
}

#[tokio::test]
async fn after_ten_attempts_it_is_given_up_and_after_ten_such_the_endpoint_is_off() {
    let world = World::start().await;
    world.receiver.answers.lock().unwrap().extend([503; 100]);
    for number in 0..10 {
        world.product(&format!("Product {number}"), 1000, json!({})).await;
    }
    assert_eq!(world.take().await.len(), 100);
    assert!(
        world
            .control()
            .webhooks()
            .iter()
            .all(|webhook| webhook.state == EventState::Failed && webhook.attempts == 10)
    );
    let endpoint = world.get("/v1/webhooks/endpoints").await["items"][0].clone();
    assert_eq!(endpoint["enabled"], false);
    world.product("Unheard", 1000, json!({})).await;
    assert_eq!(world.control().webhooks().len(), 10);
    let path = format!("/v1/webhooks/endpoints/{}", text(&endpoint["id"]));
    world.patch(&path, json!({ "enabled": true })).await;
    world.product("Heard", 1000, json!({})).await;
    assert_eq!(world.kinds().await, ["product.created"]);
}

#[tokio::test]
async fn one_is_delivered_again_by_hand() {
    let world = World::start().await;
    world.product("Pro", 2900, json!({})).await;
    let first = world.take().await.remove(0);
    let path = format!("/v1/webhooks/events/{}/redeliver", header(&first, "webhook-id"));
    world.call(Method::POST, &path, None, 202).await;
    let again = world.take().await.remove(0);
    assert_eq!(again.text, first.text);
    assert_eq!(header(&again, "webhook-id"), header(&first, "webhook-id"));
}

#[tokio::test]
async fn webhooks_go_wrong_on_purpose() {
    let world = World::start().await;
    let names = |received: Vec<Received>| -> Vec<String> {
        received
            .iter()
            .map(|received| text(&received.body["data"]["name"]).to_owned())
            .collect()
    };
    let set = |faults: Faults| world.control().set_faults(faults);
    set(Faults {
        duplicate_webhooks: 1,
        ..Faults::default()
    });
    world.product("Twice", 1000, json!({})).await;
    assert_eq!(names(world.take().await), ["Twice", "Twice"]);

    set(Faults {
        lose_webhooks: 1,
        ..Faults::default()
    });
    world.product("Lost", 1000, json!({})).await;
    assert!(world.take().await.is_empty());

    set(Faults {
        reorder_webhooks: 1,
        ..Faults::default()
    });
    world.product("First", 1000, json!({})).await;
    world.product("Second", 1000, json!({})).await;
    assert_eq!(names(world.take().await), ["Second", "First"]);

    set(Faults {
        delay_webhooks: 1,
        webhook_delay_milliseconds: 100,
        ..Faults::default()
    });
    world.product("Late", 1000, json!({})).await;
    world.product("Early", 1000, json!({})).await;
    assert_eq!(names(world.take().await), ["Early", "Late"]);
}

#[tokio::test]
async fn several_changes_of_a_customer_are_told_once() {
    let world = World::start().await;
    let product = world.product("Pro", 2900, json!({})).await;
    let customer = world.team("org_1").await;
    world.take().await;
    world.buy(&product, &customer, None).await;
    let received = world.take().await;
    let states: Vec<&Received> = received
        .iter()
        .filter(|received| received.body["type"] == "customer.state_changed")
        .collect();
    let last = states.last().unwrap();
    assert_eq!(last.body["data"]["active_subscriptions"].as_array().unwrap().len(), 1);
}
