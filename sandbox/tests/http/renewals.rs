//! What time brings.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::harness::{World, id, text};
use sandbox::CardBehaviour;

async fn subscribed(trial: Value) -> (World, Value, String) {
    let world = World::start().await;
    let product = world.product("Pro", 2900, trial).await;
    let customer = world.team("org_1").await;
    let subscription = world.buy(&product, &customer, None).await;
    let path = format!("/v1/subscriptions/{}", text(&subscription["id"]));
    (world, customer, path)
}

#[tokio::test]
async fn renewals_happen_at_their_own_instants_in_order() {
    let (world, _, path) = subscribed(json!({})).await;
    world.take().await;
    world.advance(TimeDelta::days(70)).await;
    let cycle = [
        "subscription.cycled",
        "subscription.updated",
        "order.created",
        "order.updated",
        "order.paid",
    ];
    assert_eq!(world.kinds().await, [cycle, cycle].concat());
    let renewed = world.get(&path).await;
    assert_eq!(renewed["current_period_start"], "2026-03-31T10:00:00Z");
    assert_eq!(renewed["current_period_end"], "2026-04-30T10:00:00Z");
    let orders = world.get("/v1/orders/?sorting=created_at").await;
    let dates: Vec<&str> = orders["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|order| text(&order["created_at"]))
        .collect();
    assert_eq!(
        dates,
        ["2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z", "2026-03-31T10:00:00Z"]
    );
    assert_eq!(orders["items"][2]["billing_reason"], "subscription_cycle");
}

#[tokio::test]
async fn the_clock_is_looked_at_without_being_told() {
    let (world, _, path) = subscribed(json!({})).await;
    world.take().await;
    world.clock.advance(TimeDelta::days(28));
    let renewed = async {
        while world
            .control()
            .webhooks()
            .iter()
            .all(|webhook| webhook.kind != "subscription.cycled")
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), renewed)
        .await
        .unwrap();
    assert_eq!(world.get(&path).await["current_period_start"], "2026-02-28T10:00:00Z");
}

#[tokio::test]
async fn a_trial_begins_with_an_order_of_nothing_and_ends_with_a_charge() {
    let (world, customer, path) = subscribed(json!({ "trial_interval": "day", "trial_interval_count": 14 })).await;
    let trialing = world.get(&path).await;
    assert_eq!(trialing["status"], "trialing");
    assert_eq!(trialing["trial_end"], "2026-02-14T10:00:00Z");
    assert_eq!(trialing["current_period_end"], trialing["trial_end"]);
    let order = world.get("/v1/orders/").await["items"][0].clone();
    assert_eq!((&order["total_amount"], &order["paid"]), (&json!(0), &json!(true)));
    let state = world
        .get(&format!("/v1/customers/{}/state", text(&customer["id"])))
        .await;
    assert_eq!(state["active_subscriptions"][0]["status"], "trialing");
    world.advance(TimeDelta::days(14)).await;
    assert_eq!(world.get(&path).await["status"], "active");
    let order = world.get("/v1/orders/").await["items"][0].clone();
    assert_eq!(
        (&order["total_amount"], &order["billing_reason"]),
        (&json!(2900), &json!("subscription_cycle"))
    );
}

#[tokio::test]
async fn a_failed_renewal_is_retried_and_recovers() {
    let (world, customer, path) = subscribed(json!({})).await;
    world
        .control()
        .set_card(id(&customer), CardBehaviour::Declines)
        .unwrap();
    world.take().await;
    world.advance(TimeDelta::days(28)).await;
    assert_eq!(
        world.kinds().await,
        [
            "subscription.cycled",
            "subscription.updated",
            "order.created",
            "order.updated",
            "subscription.updated",
            "subscription.past_due",
        ]
    );
    let late = world.get(&path).await;
    assert_eq!(
        (&late["status"], &late["past_due_at"]),
        (&json!("past_due"), &json!("2026-02-28T10:00:00Z"))
    );
    let order = world.get("/v1/orders/?status=pending").await["items"][0].clone();
    assert_eq!(order["next_payment_attempt_at"], "2026-03-02T10:00:00Z");
    world.advance(TimeDelta::days(2)).await;
    assert_eq!(world.kinds().await, ["order.updated"]);
    world.control().set_card(id(&customer), CardBehaviour::Pays).unwrap();
    world.advance(TimeDelta::days(5)).await;
    let kinds = [
        "subscription.updated",
        "subscription.active",
        "order.updated",
        "order.paid",
    ];
    assert_eq!(world.kinds().await, kinds);
    let recovered = world.get(&path).await;
    assert_eq!(
        (&recovered["status"], &recovered["past_due_at"]),
        (&json!("active"), &json!(null))
    );
    assert_eq!(recovered["current_period_end"], "2026-03-31T10:00:00Z");
}

#[tokio::test]
async fn after_the_last_retry_it_ends() {
    let (world, customer, path) = subscribed(json!({})).await;
    world
        .control()
        .set_card(id(&customer), CardBehaviour::Declines)
        .unwrap();
    world.advance(TimeDelta::days(28 + 20)).await;
    assert_eq!(world.get(&path).await["status"], "past_due");
    world.take().await;
    world.advance(TimeDelta::days(1)).await;
    let kinds = [
        "order.updated",
        "subscription.updated",
        "subscription.canceled",
        "subscription.revoked",
    ];
    assert_eq!(world.kinds().await, kinds);
    assert_eq!(world.get(&path).await["ended_at"], "2026-03-21T10:00:00Z");
    // The first attempt and four more, two, seven, fourteen and twenty-one days later.
    let payments = world.get("/v1/payments/?status=failed&sorting=created_at").await;
    let dates: Vec<&str> = payments["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| text(&item["created_at"]))
        .collect();
    let days = ["2026-02-28", "2026-03-02", "2026-03-07", "2026-03-14", "2026-03-21"];
    assert_eq!(dates, days.map(|day| format!("{day}T10:00:00Z")));
}

#[tokio::test]
async fn another_card_pays_at_once() {
    let (world, customer, path) = subscribed(json!({})).await;
    world
        .control()
        .set_card(id(&customer), CardBehaviour::Declines)
        .unwrap();
    world.advance(TimeDelta::days(28)).await;
    world
        .control()
        .replace_card(id(&customer), CardBehaviour::Pays)
        .unwrap();
    assert_eq!(world.get(&path).await["status"], "active");
    assert_eq!(
        world.get("/v1/orders/?status=pending").await["pagination"]["total_count"],
        0
    );
}

#[tokio::test]
async fn a_history_is_made_for_demonstrations() {
    let world = World::start_with(None, "2026-05-20T00:00:00Z".parse().unwrap()).await;
    let product = world.seat_product("Team", 1000).await;
    let customer = world.team("org_1").await;
    let began = "2026-03-01T00:00:00Z".parse().unwrap();
    let metadata = json!({ "org_id": "org_1" }).as_object().unwrap().clone();
    let control = world.control();
    let subscription = control
        .subscribe(id(&customer), id(&product), Some(4), &metadata, began)
        .unwrap();
    let path = format!("/v1/subscriptions/{subscription}");
    let running = world.get(&path).await;
    assert_eq!(running["started_at"], "2026-03-01T00:00:00Z");
    assert_eq!(running["current_period_start"], "2026-05-01T00:00:00Z");
    assert_eq!(
        world.get("/v1/orders/?status=paid").await["pagination"]["total_count"],
        3
    );
    control
        .fail_renewal(subscription, "2026-05-17T00:00:00Z".parse().unwrap())
        .unwrap();
    let late = world.get(&path).await;
    assert_eq!(
        (&late["status"], &late["past_due_at"]),
        (&json!("past_due"), &json!("2026-05-17T00:00:00Z"))
    );
    let order = world.get("/v1/orders/?status=pending").await["items"][0].clone();
    assert_eq!(order["next_payment_attempt_at"], "2026-05-24T00:00:00Z");
}
