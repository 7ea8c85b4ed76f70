use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

use super::harness::{World, text};

#[tokio::test]
async fn a_purchase_tells_its_story_in_order() {
    let world = World::start().await;
    let product = world.product("Pro", 2900, json!({})).await;
    let body = json!({
        "products": [product["id"]],
        "external_customer_id": "org_1",
        "customer_email": "ada@acme.example",
        "metadata": { "org_id": "org_1" },
        "success_url": "http://app.example/done?checkout={CHECKOUT_ID}",
    });
    let checkout = world.post("/v1/checkouts/", body).await;
    assert_eq!(checkout["status"], "open");
    assert_eq!(checkout["total_amount"], 2900);
    let success = format!("http://app.example/done?checkout={}", text(&checkout["id"]));
    assert_eq!(checkout["success_url"], success);

    let confirmed = world.confirm(&checkout, json!({}), 200).await;
    assert_eq!(confirmed["status"], "confirmed");
    assert!(text(&confirmed["customer_session_token"]).starts_with("polar_mst_"));
    assert_eq!(
        world.kinds().await,
        [
            "product.created",
            "checkout.created",
            "customer.created",
            "member.created",
            "checkout.updated",
            "customer.updated",
            "subscription.created",
            "subscription.active",
            "subscription.updated",
            "order.created",
            "order.updated",
            "order.paid",
            "checkout.updated",
        ]
    );
    let paid = world.get(&format!("/v1/checkouts/{}", text(&checkout["id"]))).await;
    assert_eq!(paid["status"], "succeeded");
    let customer = world.get("/v1/customers/external/org_1").await;
    assert_eq!(paid["customer_id"], customer["id"]);
    let orders = world
        .get(&format!("/v1/orders/?checkout_id={}", text(&checkout["id"])))
        .await;
    assert_eq!(orders["pagination"]["total_count"], 1);
    let order = &orders["items"][0];
    assert_eq!(order["billing_reason"], "subscription_create");
    assert_eq!(order["metadata"], json!({ "org_id": "org_1" }));
    assert_eq!(order["subscription"]["metadata"], json!({ "org_id": "org_1" }));
    assert_eq!(order["subscription"]["current_period_end"], "2026-02-28T10:00:00Z");
}

#[tokio::test]
async fn a_declined_card_opens_the_checkout_again() {
    let world = World::start().await;
    let product = world.product("Pro", 2900, json!({})).await;
    let customer = world.team("org_1").await;
    let body = json!({ "products": [product["id"]], "customer_id": customer["id"] });
    let checkout = world.post("/v1/checkouts/", body).await;
    world.take().await;
    let declined = json!({ "confirmation_token_id": "ctoken_declined" });
    assert_eq!(world.confirm(&checkout, declined, 200).await["status"], "confirmed");
    assert_eq!(world.kinds().await, ["checkout.updated", "checkout.updated"]);
    let path = format!("/v1/checkouts/{}", text(&checkout["id"]));
    assert_eq!(world.get(&path).await["status"], "open");
    assert_eq!(world.get("/v1/orders/").await["pagination"]["total_count"], 0);
    let payments = world.get("/v1/payments/?status=failed").await;
    assert_eq!(payments["items"][0]["checkout_id"], checkout["id"]);
}

#[tokio::test]
async fn a_customer_has_one_running_subscription() {
    let world = World::start().await;
    let product = world.product("Pro", 2900, json!({})).await;
    let customer = world.team("org_1").await;
    let body = json!({ "products": [product["id"]], "customer_id": customer["id"] });
    let late = world.post("/v1/checkouts/", body).await;
    world.buy(&product, &customer, None).await;
    let refused = world.confirm(&late, json!({}), 403).await;
    assert_eq!(refused["error"], "AlreadyActiveSubscriptionError");
    assert_eq!(world.get("/v1/subscriptions/").await["pagination"]["total_count"], 1);
}

#[tokio::test]
async fn only_an_open_checkout_changes() {
    let world = World::start().await;
    let product = world.product("Pro", 2900, json!({})).await;
    let body = json!({ "products": [product["id"]], "customer_email": "ada@acme.example" });
    let bought = world.post("/v1/checkouts/", body.clone()).await;
    let left = world.post("/v1/checkouts/", body).await;
    world.confirm(&bought, json!({}), 200).await;
    let path = format!("/v1/checkouts/{}", text(&bought["id"]));
    let refused = world
        .call(Method::PATCH, &path, Some(json!({ "metadata": {} })), 403)
        .await;
    assert_eq!(refused["error"], "NotOpenCheckout");
    assert_eq!(world.confirm(&bought, json!({}), 403).await["error"], "NotOpenCheckout");

    world.take().await;
    world.advance(TimeDelta::hours(24)).await;
    assert_eq!(world.kinds().await, ["checkout.expired"]);
    let path = format!("/v1/checkouts/client/{}", text(&left["client_secret"]));
    assert_eq!(
        world.call(Method::GET, &path, None, 410).await["error"],
        "ExpiredCheckoutError"
    );
    assert_eq!(
        world.confirm(&left, json!({}), 410).await["error"],
        "ExpiredCheckoutError"
    );
}

#[tokio::test]
async fn what_is_bought_must_be_on_sale() {
    let world = World::start().await;
    let product = world.product("Pro", 2900, json!({})).await;
    let path = format!("/v1/products/{}", text(&product["id"]));
    world.patch(&path, json!({ "is_archived": true })).await;
    let body = json!({ "products": [product["id"]] });
    let refused = world.call(Method::POST, "/v1/checkouts/", Some(body), 422).await;
    assert_eq!(refused["error"], "PolarRequestValidationError");
    assert_eq!(refused["detail"][0]["loc"], json!(["body", "products", 0]));
    let body = json!({ "products": ["00000000-0000-4000-8000-000000000000"] });
    let refused = world.call(Method::POST, "/v1/checkouts/", Some(body), 422).await;
    assert_eq!(refused["detail"][0]["msg"], "Product does not exist.");
}

#[tokio::test]
async fn seats_need_a_price_for_seats() {
    let world = World::start().await;
    let fixed = world.product("Pro", 2900, json!({})).await;
    let seats = world.seat_product("Team", 1000).await;
    let body = json!({ "products": [fixed["id"]], "seats": 3 });
    let refused = world.call(Method::POST, "/v1/checkouts/", Some(body), 422).await;
    assert_eq!(refused["detail"][0]["loc"], json!(["body", "seats"]));
    let body = json!({ "products": [seats["id"]], "seats": 3 });
    assert_eq!(world.post("/v1/checkouts/", body).await["total_amount"], 3000);
    let body = json!({ "products": [seats["id"]] });
    assert_eq!(world.post("/v1/checkouts/", body).await["seats"], 1);
}

#[tokio::test]
async fn a_one_time_purchase_has_an_order_and_no_subscription() {
    let world = World::start().await;
    let product = world
        .product("Credits", 5000, json!({ "recurring_interval": null }))
        .await;
    let customer = world.team("org_1").await;
    let body = json!({ "products": [product["id"]], "customer_id": customer["id"] });
    let checkout = world.post("/v1/checkouts/", body).await;
    world.take().await;
    world.confirm(&checkout, json!({}), 200).await;
    assert_eq!(
        world.kinds().await,
        [
            "checkout.updated",
            "customer.updated",
            "order.created",
            "order.updated",
            "order.paid",
            "checkout.updated"
        ]
    );
    let orders = world.get("/v1/orders/?product_billing_type=one_time").await;
    assert_eq!(orders["items"][0]["billing_reason"], "purchase");
    assert_eq!(orders["items"][0]["subscription_id"], json!(null));
}

#[tokio::test]
async fn an_address_that_is_known_finds_its_customer_and_proves_nothing() {
    let world = World::start().await;
    let product = world.product("Pro", 2900, json!({})).await;
    let customer = world
        .post("/v1/customers/", json!({ "email": "ada@acme.example" }))
        .await;
    let body = json!({
        "products": [product["id"]], "customer_email": "ADA@acme.example", "external_customer_id": "org_9",
    });
    let checkout = world.post("/v1/checkouts/", body).await;
    let confirmed = world.confirm(&checkout, json!({}), 200).await;
    assert_eq!(confirmed["customer_session_token"], json!(null));
    assert_eq!(confirmed["customer_id"], customer["id"]);
    let path = format!("/v1/customers/{}", text(&customer["id"]));
    assert_eq!(world.get(&path).await["external_id"], json!(null));
}
