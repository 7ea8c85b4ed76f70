//! Changes of subscriptions, refunds, invoices.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::harness::{World, id, text};
use sandbox::CardBehaviour;

fn path(subscription: &Value) -> String {
    format!("/v1/subscriptions/{}", text(&subscription["id"]))
}

/// Five seats of ten dollars, since midnight of a month of thirty days.
async fn five_seats() -> (World, Value, Value) {
    let world = World::start_with(None, "2026-04-01T00:00:00Z".parse().unwrap()).await;
    let product = world.seat_product("Team", 1000).await;
    let customer = world.team("org_1").await;
    let subscription = world.buy(&product, &customer, Some(5)).await;
    world.take().await;
    (world, customer, subscription)
}

#[tokio::test]
async fn more_seats_are_charged_at_once_by_the_second() {
    let (world, _, subscription) = five_seats().await;
    world.advance(TimeDelta::days(10)).await;
    let body = json!({ "seats": 8, "proration_behavior": "invoice" });
    let changed = world.patch(&path(&subscription), body).await;
    assert_eq!(changed["seats"], 8);
    assert_eq!(changed["amount"], 8000);
    assert_eq!(changed["current_period_end"], "2026-05-01T00:00:00Z");
    let kinds = ["order.created", "order.updated", "order.paid", "subscription.updated"];
    assert_eq!(world.kinds().await, kinds);
    let order = world.get("/v1/orders/").await["items"][0].clone();
    assert_eq!(order["billing_reason"], "subscription_update");
    // Twenty of thirty days are left: 5333 for eight seats, less 3333 for five.
    assert_eq!(order["total_amount"], 2000);
    assert_eq!(order["items"][0]["amount"], -3333);
    assert_eq!(order["items"][1]["amount"], 5333);
}

#[tokio::test]
async fn a_prorated_change_is_on_the_next_order() {
    let (world, _, subscription) = five_seats().await;
    world.advance(TimeDelta::days(15)).await;
    world.patch(&path(&subscription), json!({ "seats": 3 })).await;
    assert_eq!(world.kinds().await, ["subscription.updated"]);
    world.advance(TimeDelta::days(15)).await;
    let order = world.get("/v1/orders/").await["items"][0].clone();
    // Three seats from now on, less half a month of two.
    assert_eq!(order["total_amount"], 3000 - 1000);
    assert_eq!(order["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_change_for_the_next_period_waits_for_it() {
    let (world, _, subscription) = five_seats().await;
    let small = world.seat_product("Small team", 500).await;
    world.take().await;
    let body = json!({ "product_id": small["id"], "proration_behavior": "next_period" });
    let changed = world.patch(&path(&subscription), body).await;
    assert_eq!(changed["product_id"], subscription["product_id"]);
    assert_eq!(changed["pending_update"]["product_id"], small["id"]);
    assert_eq!(changed["pending_update"]["applies_at"], "2026-05-01T00:00:00Z");
    assert_eq!(world.kinds().await, ["subscription.updated"]);
    world.advance(TimeDelta::days(30)).await;
    let renewed = world.get(&path(&subscription)).await;
    assert_eq!(renewed["product_id"], small["id"]);
    assert_eq!(renewed["pending_update"], json!(null));
    assert_eq!(world.get("/v1/orders/").await["items"][0]["total_amount"], 2500);
}

#[tokio::test]
async fn a_product_and_seats_that_wait_are_one_change() {
    let (world, _, subscription) = five_seats().await;
    let small = world.seat_product("Small team", 500).await;
    let path = path(&subscription);
    let waits = async |body: Value| {
        let changed = world.patch(&path, body).await;
        let pending = &changed["pending_update"];
        (pending["product_id"].clone(), pending["seats"].clone())
    };
    let later = |field: &str, value: &Value| json!({ field: value, "proration_behavior": "next_period" });
    assert_eq!(
        waits(later("product_id", &small["id"])).await,
        (small["id"].clone(), Value::Null)
    );
    let both = waits(later("seats", &json!(2))).await;
    assert_eq!(both, (small["id"].clone(), json!(2)), "the second joins the first");
    // The number that is paid for already takes back the number alone, and so does one that holds at once.
    assert_eq!(
        waits(later("seats", &json!(5))).await,
        (small["id"].clone(), Value::Null)
    );
    waits(later("seats", &json!(2))).await;
    let more = waits(json!({ "seats": 6, "proration_behavior": "invoice" })).await;
    assert_eq!(more, (small["id"].clone(), Value::Null));
    waits(later("seats", &json!(2))).await;
    world.advance(TimeDelta::days(30)).await;
    let renewed = world.get(&path).await;
    assert_eq!((&renewed["product_id"], &renewed["seats"]), (&small["id"], &json!(2)));
    assert_eq!(renewed["pending_update"], Value::Null);
    assert_eq!(world.get("/v1/orders/").await["items"][0]["total_amount"], 1000);
    // A product that holds at once leaves nothing to wait for.
    waits(later("seats", &json!(3))).await;
    let large = json!({ "product_id": subscription["product_id"], "proration_behavior": "invoice" });
    assert_eq!(waits(large).await, (Value::Null, Value::Null));
}

#[tokio::test]
async fn a_scheduled_change_can_be_dropped() {
    let (world, _, subscription) = five_seats().await;
    let body = json!({ "seats": 2, "proration_behavior": "next_period" });
    world.patch(&path(&subscription), body).await;
    let dropped = world
        .patch(&path(&subscription), json!({ "pending_update": null }))
        .await;
    assert_eq!(dropped["pending_update"], json!(null));
    let nothing = json!({ "pending_update": null });
    let refused = world
        .call(Method::PATCH, &path(&subscription), Some(nothing), 422)
        .await;
    assert_eq!(refused["detail"][0]["loc"], json!(["body", "pending_update"]));
    world.advance(TimeDelta::days(30)).await;
    assert_eq!(world.get(&path(&subscription)).await["seats"], 5);
}

#[tokio::test]
async fn nothing_changes_when_the_card_is_declined() {
    let (world, customer, subscription) = five_seats().await;
    world
        .control()
        .set_card(id(&customer), CardBehaviour::Declines)
        .unwrap();
    let body = json!({ "seats": 8, "proration_behavior": "invoice" });
    let refused = world
        .call(Method::PATCH, &path(&subscription), Some(body.clone()), 402)
        .await;
    assert_eq!(
        refused,
        json!({ "error": "PaymentFailed", "detail": "Payment failed with reason: card_error." })
    );
    assert_eq!(world.get(&path(&subscription)).await, subscription);
    assert_eq!(world.get("/v1/orders/").await["pagination"]["total_count"], 1);
    world
        .control()
        .set_card(id(&customer), CardBehaviour::AsksForConfirmation)
        .unwrap();
    let refused = world.call(Method::PATCH, &path(&subscription), Some(body), 402).await;
    assert_eq!(refused["error"], "PaymentActionRequired");
}

#[tokio::test]
async fn what_is_paid_too_much_is_taken_off_the_next_orders() {
    let (world, _, subscription) = five_seats().await;
    let body = json!({ "seats": 1, "proration_behavior": "invoice" });
    world.patch(&path(&subscription), body).await;
    let order = world.get("/v1/orders/").await["items"][0].clone();
    assert_eq!(
        (&order["total_amount"], &order["due_amount"]),
        (&json!(-4000), &json!(0))
    );
    world.advance(TimeDelta::days(30)).await;
    let order = world.get("/v1/orders/").await["items"][0].clone();
    assert_eq!(order["total_amount"], 1000);
    assert_eq!(order["applied_balance_amount"], -1000);
    assert_eq!(order["due_amount"], 0);
    assert_eq!(order["paid"], true);
}

#[tokio::test]
async fn another_interval_begins_a_period_of_its_own() {
    let (world, _, subscription) = five_seats().await;
    let tiers = json!({ "tiers": [{ "min_seats": 1, "price_per_seat": 10_000 }] });
    let body = json!({
        "name": "Team, yearly", "recurring_interval": "year",
        "prices": [{ "amount_type": "seat_based", "price_currency": "usd", "seat_tiers": tiers }],
    });
    let yearly = world.post("/v1/products/", body).await;
    world.advance(TimeDelta::days(15)).await;
    world.take().await;
    let changed = world
        .patch(&path(&subscription), json!({ "product_id": yearly["id"] }))
        .await;
    assert_eq!(changed["current_period_start"], "2026-04-16T00:00:00Z");
    assert_eq!(changed["current_period_end"], "2027-04-16T00:00:00Z");
    assert_eq!(
        world.get("/v1/orders/").await["items"][0]["total_amount"],
        50_000 - 2_500
    );
}

#[tokio::test]
async fn wrong_changes_are_refused_with_their_place() {
    let (world, _, subscription) = five_seats().await;
    let fixed = world.product("Pro", 2900, json!({})).await;
    for (product, message) in [
        (
            fixed["id"].clone(),
            "Can't switch from a seat-based to a non-seat-based product.",
        ),
        (json!("00000000-0000-4000-8000-000000000000"), "Product does not exist."),
    ] {
        let body = json!({ "product_id": product });
        let refused = world.call(Method::PATCH, &path(&subscription), Some(body), 422).await;
        assert_eq!(refused["detail"][0]["loc"], json!(["body", "product_id"]));
        assert_eq!(refused["detail"][0]["msg"], message);
    }
    let body = json!({ "seats": 6, "proration_behavior": "reset" });
    let refused = world.call(Method::PATCH, &path(&subscription), Some(body), 422).await;
    assert_eq!(refused["detail"][0]["loc"], json!(["body", "proration_behavior"]));
    let refused = world
        .call(
            Method::PATCH,
            &path(&subscription),
            Some(json!({ "trial_end": "now" })),
            422,
        )
        .await;
    assert_eq!(refused["detail"][0]["loc"], json!(["body", "trial_end"]));
}

#[tokio::test]
async fn cancelled_at_the_end_it_stays_active_until_then() {
    let (world, customer, subscription) = five_seats().await;
    let body = json!({ "cancel_at_period_end": true, "customer_cancellation_reason": "too_expensive" });
    let canceled = world.patch(&path(&subscription), body.clone()).await;
    assert_eq!(canceled["status"], "active");
    assert_eq!(canceled["ends_at"], canceled["current_period_end"]);
    assert_eq!(canceled["customer_cancellation_reason"], "too_expensive");
    assert_eq!(world.kinds().await, ["subscription.updated", "subscription.canceled"]);
    let refused = world.call(Method::PATCH, &path(&subscription), Some(body), 403).await;
    assert_eq!(refused["error"], "AlreadyCanceledSubscription");
    let refused = world
        .call(Method::PATCH, &path(&subscription), Some(json!({ "seats": 9 })), 403)
        .await;
    assert_eq!(refused["error"], "AlreadyCanceledSubscription");

    world.advance(TimeDelta::days(30)).await;
    let kinds = ["subscription.updated", "subscription.canceled", "subscription.revoked"];
    assert_eq!(world.kinds().await, kinds);
    let ended = world.get(&path(&subscription)).await;
    assert_eq!(
        (&ended["status"], &ended["ended_at"]),
        (&json!("canceled"), &json!("2026-05-01T00:00:00Z"))
    );
    let state = world
        .get(&format!("/v1/customers/{}/state", text(&customer["id"])))
        .await;
    assert_eq!(state["active_subscriptions"], json!([]));
    let body = json!({ "cancel_at_period_end": false });
    let refused = world.call(Method::PATCH, &path(&subscription), Some(body), 410).await;
    assert_eq!(refused["error"], "ResourceUnavailable");
    let refused = world.call(Method::DELETE, &path(&subscription), None, 403).await;
    assert_eq!(refused["error"], "AlreadyCanceledSubscription");
}

#[tokio::test]
async fn a_cancellation_is_taken_back() {
    let (world, _, subscription) = five_seats().await;
    let body = json!({ "cancel_at_period_end": false });
    let refused = world
        .call(Method::PATCH, &path(&subscription), Some(body.clone()), 409)
        .await;
    assert_eq!(refused["error"], "SubscriptionNotScheduledToCancel");
    world
        .patch(&path(&subscription), json!({ "cancel_at_period_end": true }))
        .await;
    world.take().await;
    let kept = world.patch(&path(&subscription), body).await;
    assert_eq!((&kept["ends_at"], &kept["canceled_at"]), (&json!(null), &json!(null)));
    assert_eq!(world.kinds().await, ["subscription.updated", "subscription.uncanceled"]);
}

#[tokio::test]
async fn revoked_it_is_over_at_once() {
    let (world, _, subscription) = five_seats().await;
    let revoked = world.call(Method::DELETE, &path(&subscription), None, 200).await;
    assert_eq!(revoked["status"], "canceled");
    assert_eq!(revoked["ended_at"], "2026-04-01T00:00:00Z");
    let kinds = ["subscription.updated", "subscription.canceled", "subscription.revoked"];
    assert_eq!(world.kinds().await, kinds);
}

#[tokio::test]
async fn every_change_is_later_than_the_one_before_on_a_clock_that_stands() {
    let (world, _, subscription) = five_seats().await;
    let mut last = text(&subscription["created_at"]).to_owned();
    for seats in 6..10 {
        let body = json!({ "seats": seats, "proration_behavior": "prorate" });
        let changed = text(&world.patch(&path(&subscription), body).await["modified_at"]).to_owned();
        // Of one second: the fraction is there or not.
        assert!(
            changed.trim_end_matches('Z') > last.trim_end_matches('Z'),
            "{last} {changed}"
        );
        last = changed;
    }
}

#[tokio::test]
async fn a_pause_and_its_end() {
    let (world, _, subscription) = five_seats().await;
    world
        .patch(&path(&subscription), json!({ "pause_at_period_end": true }))
        .await;
    world.take().await;
    world.advance(TimeDelta::days(30)).await;
    assert_eq!(world.kinds().await, ["subscription.updated", "subscription.paused"]);
    world.advance(TimeDelta::days(40)).await;
    assert_eq!(world.get(&path(&subscription)).await["status"], "paused");
    let resumed = world.patch(&path(&subscription), json!({ "resume": true })).await;
    assert_eq!(resumed["status"], "active");
    assert_eq!(
        world.kinds().await[..3],
        ["subscription.updated", "subscription.resumed", "order.created"]
    );
}

#[tokio::test]
async fn a_refund_leaves_the_subscription() {
    let (world, _, subscription) = five_seats().await;
    let order = world.get("/v1/orders/").await["items"][0].clone();
    let refund = |amount: i64| json!({ "order_id": order["id"], "amount": amount, "reason": "customer_request" });
    world.post("/v1/refunds/", refund(2000)).await;
    assert_eq!(world.kinds().await, ["refund.created", "order.refunded"]);
    let order_path = format!("/v1/orders/{}", text(&order["id"]));
    let left = world.get(&order_path).await;
    assert_eq!(
        (&left["status"], &left["refundable_amount"]),
        (&json!("partially_refunded"), &json!(3000))
    );
    let refused = world.call(Method::POST, "/v1/refunds/", Some(refund(3001)), 422).await;
    assert_eq!(refused["detail"][0]["loc"], json!(["body", "amount"]));
    world.post("/v1/refunds/", refund(3000)).await;
    assert_eq!(world.get(&order_path).await["status"], "refunded");
    let refused = world.call(Method::POST, "/v1/refunds/", Some(refund(1)), 403).await;
    assert_eq!(refused["error"], "RefundedAlready");
    assert_eq!(world.get(&path(&subscription)).await["status"], "active");
}

#[tokio::test]
async fn an_invoice_needs_to_know_who_is_billed() {
    let (world, _, _) = five_seats().await;
    let order = world.get("/v1/orders/").await["items"][0].clone();
    let order_path = format!("/v1/orders/{}", text(&order["id"]));
    let invoice = format!("{order_path}/invoice");
    assert_eq!(
        world.call(Method::GET, &invoice, None, 404).await["error"],
        "InvoiceDoesNotExist"
    );
    let refused = world.call(Method::POST, &invoice, None, 422).await;
    assert_eq!(refused["error"], "MissingInvoiceBillingDetails");
    assert!(refused["detail"].is_string());
    let body = json!({ "billing_name": "Acme <Ltd>", "billing_address": { "country": "DE" } });
    world.patch(&order_path, body).await;
    world.call(Method::POST, &invoice, None, 202).await;
    let url = world.get(&invoice).await["url"].clone();
    let page = world.client.get(text(&url)).send().await.unwrap().text().await.unwrap();
    assert!(
        page.contains(text(&order["invoice_number"])) && page.contains("Acme &lt;Ltd&gt;"),
        "{page}"
    );
}
