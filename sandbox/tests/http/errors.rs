//! How it says no before it looks at what is asked.

use reqwest::{Method, header};
use sandbox::Faults;
use serde_json::json;

use super::harness::{TOKEN, World};

#[tokio::test]
async fn without_a_token_and_with_a_bad_one() {
    let world = World::start().await;
    let url = format!("{}/v1/products/", world.sandbox.url());
    let none = world.client.get(&url).send().await.unwrap();
    assert_eq!(none.status(), 401);
    assert_eq!(none.headers()[header::WWW_AUTHENTICATE], "Bearer realm=\"polar\"");
    assert_eq!(none.headers()["x-polar-sandbox"], "1");
    let body: serde_json::Value = none.json().await.unwrap();
    assert_eq!(body, json!({ "error": "Unauthorized", "detail": "Unauthorized" }));

    for path in ["/v1/products/", "/v1/nothing", "/v1/checkouts/client/polar_c_1"] {
        let url = format!("{}{path}", world.sandbox.url());
        let bad = world
            .client
            .get(&url)
            .bearer_auth("polar_oat_other")
            .send()
            .await
            .unwrap();
        assert_eq!(bad.status(), 401, "{path}");
        assert_eq!(bad.headers()[header::CACHE_CONTROL], "no-store");
        let body: serde_json::Value = bad.json().await.unwrap();
        assert_eq!(body["error"], "invalid_token");
        assert!(body.get("detail").is_none() && body["error_description"].is_string());
    }
}

#[tokio::test]
async fn versions_come_in_and_go_out() {
    let world = World::start().await;
    let url = format!("{}/v1/products/", world.sandbox.url());
    for (sent, status, told) in [
        (None, 200, "2026-10"),
        (Some("2026-04"), 200, "2026-04"),
        (Some("1999"), 404, "2026-10"),
    ] {
        let mut request = world.client.get(&url).bearer_auth(TOKEN);
        if let Some(version) = sent {
            request = request.header("Polar-Version", version);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["polar-version"], told);
        if status == 404 {
            let body: serde_json::Value = response.json().await.unwrap();
            assert_eq!(body, json!({ "detail": "Not Found" }));
        }
    }
}

#[tokio::test]
async fn slashes_and_methods_are_as_they_are() {
    let world = World::start().await;
    for path in ["/v1/products", "/v1/webhooks/endpoints/", "/v1/none"] {
        let body = world.call(Method::GET, path, None, 404).await;
        assert_eq!(body, json!({ "detail": "Not Found" }), "{path}");
    }
    world.call(Method::DELETE, "/v1/products/", None, 405).await;
}

#[tokio::test]
async fn a_wrong_body_is_told_field_by_field() {
    let world = World::start().await;
    let body = world
        .call(Method::POST, "/v1/products/", Some(json!({ "name": "Pr" })), 422)
        .await;
    assert_eq!(body["error"], "RequestValidationError");
    let detail = body["detail"].as_array().unwrap();
    assert_eq!(detail[0]["loc"], json!(["body", "name"]));
    assert_eq!(detail[0]["type"], "string_too_short");
    assert_eq!(
        detail[1],
        json!({
            "type": "missing", "loc": ["body", "prices"], "msg": "Field required", "input": { "name": "Pr" },
        })
    );
    let nested = json!({ "name": "Pro", "prices": [{ "amount_type": "fixed", "price_amount": 49 }] });
    let body = world.call(Method::POST, "/v1/products/", Some(nested), 422).await;
    assert_eq!(body["detail"][0]["loc"], json!(["body", "prices", 0, "price_amount"]));
    let metadata = json!({ "email": "ada@acme.example", "metadata": { "org": "" } });
    let body = world.call(Method::POST, "/v1/customers/", Some(metadata), 422).await;
    assert_eq!(body["detail"][0]["loc"], json!(["body", "metadata"]));
    world.call(Method::GET, "/v1/orders/no-id", None, 422).await;
}

#[tokio::test]
async fn lists_come_in_pages() {
    let world = World::start().await;
    let empty = world.get("/v1/products/").await;
    assert_eq!(
        empty,
        json!({ "items": [], "pagination": { "total_count": 0, "max_page": 0 } })
    );
    for number in 0..12 {
        world.product(&format!("Product {number}"), 1000, json!({})).await;
    }
    let page = world.get("/v1/products/?page=2").await;
    assert_eq!(page["pagination"], json!({ "total_count": 12, "max_page": 2 }));
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
    let all = world.get("/v1/products/?limit=1000&sorting=created_at").await;
    assert_eq!(all["items"].as_array().unwrap().len(), 12);
    assert_eq!(all["items"][0]["name"], "Product 0");
    let refused = world
        .call(Method::GET, "/v1/products/?sorting=nothing", None, 422)
        .await;
    assert_eq!(refused["detail"][0]["loc"], json!(["query", "sorting"]));
}

#[tokio::test]
async fn faults_are_as_the_providers() {
    let world = World::start().await;
    let faults = Faults {
        retry_after_seconds: Some(7),
        limited_requests: Some(1),
        ..Faults::default()
    };
    world.control().set_faults(faults);
    let limited = world.send(Method::GET, "/v1/products/", None).await;
    assert_eq!(limited.status(), 429);
    assert_eq!(limited.headers()[header::RETRY_AFTER], "7");
    assert_eq!(limited.text().await.unwrap(), "");
    world.get("/v1/products/").await;

    let faults = Faults {
        failing_status: Some(502),
        ..Faults::default()
    };
    world.control().set_faults(faults);
    let body = json!({ "email": "ada@acme.example" });
    assert_eq!(
        world.send(Method::POST, "/v1/customers/", Some(&body)).await.status(),
        502
    );
    world.control().set_faults(Faults::default());
    assert_eq!(world.get("/v1/customers/").await["pagination"]["total_count"], 0);

    let faults = Faults {
        portal_is_down: true,
        ..Faults::default()
    };
    world.control().set_faults(faults);
    assert_eq!(
        world
            .send(Method::POST, "/v1/customer-sessions/", Some(&json!({})))
            .await
            .status(),
        503
    );
}

#[tokio::test]
async fn faults_are_set_over_http() {
    let world = World::start().await;
    let url = format!("{}/sandbox/faults", world.sandbox.url());
    let form = "latency_milliseconds=5&portal_is_down=on&failing_status=&lose_webhooks=2";
    let request = world
        .client
        .post(&url)
        .header("content-type", "application/x-www-form-urlencoded");
    let response = request.body(form).send().await.unwrap();
    assert_eq!(response.status(), 303);
    let faults = world.control().faults();
    let expected = Faults {
        latency_milliseconds: 5,
        portal_is_down: true,
        lose_webhooks: 2,
        ..Faults::default()
    };
    assert_eq!(faults, expected);
    let response = world
        .client
        .post(&url)
        .json(&json!({ "failing_status": 418 }))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 422);
    let response = world
        .client
        .post(&url)
        .json(&json!({ "failing_status": 503 }))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(world.control().faults().failing_status, Some(503));
}
