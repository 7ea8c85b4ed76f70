//! What the payment provider told, as staff look through it and have it taken in once more.

use chrono::TimeDelta;
use contract::{Error, staff::StaffRole};
use domain::actor::FRESH_FACTOR;

use super::world::{World, staff_browser};
use crate::{
    harness::Product,
    webhooks::{SECRET, product as told_product, signed, tell},
};

const REPLAY: &str = "/api/app/platform/webhooks/replay_event/replay_event";
const REPLAY_FAILED: &str = "/api/app/platform/webhooks/replay_failed/replay_failed";

#[tokio::test]
async fn a_message_is_found_read_without_names_and_replayed() {
    let product = told_product().await;
    let mut bea = staff_browser(&product, "bea", StaffRole::Billing).await;
    let body = r#"{"type":"order.paid","timestamp":"2026-03-02T09:00:00Z","data":{"customer":{"name":"Ann","email":"ann@example.test"},"nothing":"else"}}"#;
    assert_eq!(tell(&product, signed(&product, "m", body, 0, SECRET), body).await, 202);
    let other = body.replace("else", "<b>more</b>");
    assert_eq!(
        tell(&product, signed(&product, "m", &other, 0, SECRET), &other).await,
        202
    );
    product.do_jobs().await;
    let list = bea.get("/platform/webhooks?status=failed&type=order.paid").await;
    assert!(
        list.body.contains("order.paid") && list.body.contains("Two payloads"),
        "{}",
        list.body
    );
    let id: String = sqlx::query_scalar("select id::text from billing_payment_events")
        .fetch_one(product.database.owner())
        .await
        .unwrap();
    let page = format!("/platform/webhooks/{id}");
    let shown = bea.get(&page).await;
    for said in [
        "order.paid",
        "is not understood",
        "&lt;b&gt;more",
        "[hidden]",
        "Attempts that failed",
    ] {
        assert!(shown.body.contains(said), "{said}: {}", shown.body);
    }
    assert!(!shown.body.contains("ann@example.test") && !shown.body.contains("\"Ann\""));
    let answer = bea.post_form(&page, REPLAY, &[("event", &id)]).await;
    assert_eq!(answer.location(), Some(page.as_str()));
    assert!(bea.follow(&answer).await.body.contains("as soon as a worker is free"));
    let waiting = "billing_payment_events where status = 'received' and attempts = 0";
    assert_eq!(product.database.count(waiting).await, 1);
    product.do_jobs().await;
    assert_eq!(
        product
            .database
            .count("billing_payment_events where status = 'failed'")
            .await,
        1
    );
}

#[tokio::test]
async fn all_that_failed_are_counted_before_they_are_tried_again() {
    let product = Product::new().await;
    World::of(&product).await;
    let mut bea = staff_browser(&product, "bea", StaffRole::Billing).await;
    let page = "/platform/webhooks/replay";
    let shown = bea.get(page).await;
    assert!(shown.body.contains("1 message failed"), "{}", shown.body);
    let changed = bea.post_form(page, REPLAY_FAILED, &[("counted", "2")]).await;
    let shown = bea.follow(&changed).await;
    assert!(
        shown.body.contains("1 message failed") && shown.body.contains("form-errors"),
        "{}",
        shown.body
    );
    let done = bea.post_form(page, REPLAY_FAILED, &[("counted", "1")]).await;
    assert_eq!(done.location(), Some("/platform/webhooks"));
    assert!(bea.get(page).await.body.contains("Nothing failed"));
    let refused = bea.post(REPLAY_FAILED, &[("counted", "many")]).await;
    assert!(matches!(refused.error(), Error::Invalid(_)));
}

#[tokio::test]
async fn all_at_once_take_a_fresh_proof_and_one_alone_does_not() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    let mut bea = staff_browser(&product, "bea", StaffRole::Billing).await;
    let page = "/platform/webhooks/replay";
    product.clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    let led = bea.get(page).await;
    assert_eq!(
        led.location(),
        Some("/second-factor?next=%2Fplatform%2Fwebhooks%2Freplay")
    );
    let before = product.snapshot().await;
    let refused = bea.post(REPLAY_FAILED, &[("counted", "1")]).await;
    assert_eq!(refused.error(), Error::SecondFactorRequired);
    assert_eq!(before, product.snapshot().await);
    let event = world.event.to_string();
    assert_eq!(bea.post(REPLAY, &[("event", &event)]).await.status, 200);
    assert!(
        bea.get(page).await.body.contains("Nothing failed"),
        "there is nothing to prove it for"
    );
}

#[tokio::test]
async fn who_only_reads_is_offered_no_replay() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    let mut sam = staff_browser(&product, "sam", StaffRole::Support).await;
    for path in ["/platform/webhooks", "/platform/webhooks/{event}"] {
        let answer = sam.get(&world.page(path)).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.body.contains("eplay"), "{path}: {}", answer.body);
    }
    assert_eq!(sam.get("/platform/webhooks/replay").await.status, 403);
    for path in [
        "/platform/webhooks/none",
        "/platform/webhooks/00000000-0000-0000-0000-000000000000",
    ] {
        assert_eq!(sam.get(path).await.status, 404, "{path}");
    }
}
