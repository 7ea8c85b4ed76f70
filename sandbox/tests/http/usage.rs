use reqwest::Method;
use serde_json::json;

use super::harness::World;

#[tokio::test]
async fn an_event_counts_once_whoever_it_is_for() {
    let world = World::start().await;
    world.team("org_1").await;
    let event = json!({
        "name": "api_call", "external_customer_id": "org_1", "external_id": "call_1", "metadata": { "units": 3 },
    });
    let mut other = event.clone();
    other["external_id"] = json!("call_2");
    let body = json!({ "events": [event, event, other] });
    let path = "/v1/events/ingest";
    let answer = world.call(Method::POST, path, Some(body.clone()), 200).await;
    assert_eq!(answer, json!({ "inserted": 2, "duplicates": 1 }));
    let answer = world.call(Method::POST, path, Some(body), 200).await;
    assert_eq!(answer, json!({ "inserted": 0, "duplicates": 3 }));

    let meter = json!({
        "name": "Units",
        "filter": { "conjunction": "and", "clauses": [{ "property": "name", "operator": "eq", "value": "api_call" }] },
        "aggregation": { "func": "sum", "property": "units" },
    });
    let meter = world.post("/v1/meters/", meter).await;
    let found = world.get("/v1/customer-meters/?external_customer_id=org_1").await;
    assert_eq!(found["items"][0]["meter_id"], meter["id"]);
    assert_eq!(found["items"][0]["consumed_units"], 6.0);
    assert_eq!(found["items"][0]["balance"], -6.0);
    let span = "start_timestamp=2026-01-30T00:00:00Z&end_timestamp=2026-02-01T00:00:00Z&interval=day";
    let path = format!("/v1/meters/{}/quantities?{span}", meter["id"].as_str().unwrap());
    let quantities = world.get(&path).await;
    assert_eq!(quantities["total"], 6.0);
    let day = &quantities["quantities"][1];
    assert_eq!(
        (&day["timestamp"], &day["quantity"]),
        (&json!("2026-01-31T00:00:00Z"), &json!(6.0))
    );
}

#[tokio::test]
async fn an_unknown_customer_or_the_future_refuses_the_whole_batch() {
    let world = World::start().await;
    let good = json!({ "name": "api_call", "external_customer_id": "later" });
    let unknown = json!({ "name": "api_call", "customer_id": "00000000-0000-4000-8000-000000000000" });
    let early = json!({ "name": "api_call", "external_customer_id": "later", "timestamp": "2030-01-01T00:00:00Z" });
    for (bad, place) in [(unknown, "customer_id"), (early, "timestamp")] {
        let body = json!({ "events": [good, bad] });
        let refused = world.call(Method::POST, "/v1/events/ingest", Some(body), 422).await;
        assert_eq!(refused["detail"][0]["loc"], json!(["body", "events", 1, place]));
    }
    let body = json!({ "events": [good] });
    let answer = world.call(Method::POST, "/v1/events/ingest", Some(body), 200).await;
    assert_eq!(answer, json!({ "inserted": 1, "duplicates": 0 }));
}
