use std::sync::Arc;

use sandbox::{Faults, MovableClock, Sandbox};
use serde_json::json;

use super::harness::{World, client, options, text};

#[tokio::test]
async fn everything_survives_a_restart_and_so_does_what_is_not_delivered() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.json");
    let world = World::start_with(Some(file.clone()), "2026-01-31T10:00:00Z".parse().unwrap()).await;
    let product = world.seat_product("Team", 1000).await;
    let customer = world.team("org_1").await;
    let subscription = world.buy(&product, &customer, Some(3)).await;
    world.take().await;
    let faults = Faults {
        delay_webhooks: 1,
        webhook_delay_milliseconds: 3_600_000,
        ..Faults::default()
    };
    world.control().set_faults(faults);
    let path = format!("/v1/subscriptions/{}", text(&subscription["id"]));
    let before = world.patch(&path, json!({ "metadata": { "note": "kept" } })).await;
    world.control().set_faults(Faults::default());

    let world = world.restart(file).await;
    assert_eq!(world.get(&path).await, before);
    let received = world.take().await;
    assert!(
        received
            .iter()
            .any(|received| received.body["data"]["metadata"]["note"] == "kept")
    );
}

#[tokio::test]
async fn a_file_that_is_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.json");
    std::fs::write(&file, "{}").unwrap();
    let clock = Arc::new(MovableClock::default());
    let options = options(clock, Some(file.clone()), "http://127.0.0.1:1/");
    let error = Sandbox::start(options).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert_eq!(std::fs::read_to_string(file).unwrap(), "{}");
}

#[tokio::test]
async fn a_clock_of_its_own_is_moved_over_http_and_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.json");
    let start = async || {
        let clock = Arc::new(MovableClock::default());
        let options = options(
            Arc::<MovableClock>::clone(&clock),
            Some(file.clone()),
            "http://127.0.0.1:1/",
        );
        (Sandbox::start(options).await.unwrap(), clock)
    };
    let (sandbox, _) = start().await;
    let url = format!("{}/sandbox/clock", sandbox.url());
    let moved = client()
        .post(url)
        .json(&json!({ "ahead_seconds": 86_400 }))
        .send()
        .await
        .unwrap();
    assert_eq!(moved.status(), 200);
    sandbox.stop().await;
    let (sandbox, clock) = start().await;
    assert_eq!(clock.ahead_seconds(), 86_400);
    sandbox.stop().await;
}
