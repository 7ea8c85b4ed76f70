//! The hosted pages, pressed as a browser without a script presses them.

use chrono::TimeDelta;
use reqwest::{Response, header};
use serde_json::{Value, json};

use super::harness::{World, id, text};
use sandbox::{CardBehaviour, Faults};

async fn press(world: &World, url: &str, fields: &[(&str, &str)]) -> Response {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let request = world
        .client
        .post(url)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(body).send().await.unwrap()
}

fn location(response: &Response) -> &str {
    response.headers()[header::LOCATION].to_str().unwrap()
}

async fn page(world: &World, url: &str) -> String {
    let response = world.client.get(url).send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.text().await.unwrap()
}

async fn checkout(world: &World) -> Value {
    let product = world.seat_product("Team", 1000).await;
    let customer = world.team("org_1").await;
    let body = json!({
        "products": [product["id"]], "customer_id": customer["id"], "seats": 2,
        "success_url": "http://app.example/done?id={CHECKOUT_ID}", "return_url": "http://app.example/plans",
    });
    world.post("/v1/checkouts/", body).await
}

async fn running(world: &World) -> u64 {
    world.get("/v1/subscriptions/?active=true").await["pagination"]["total_count"]
        .as_u64()
        .unwrap()
}

#[tokio::test]
async fn a_good_card_pays_once_however_often_it_is_pressed() {
    let world = World::start().await;
    let checkout = checkout(&world).await;
    let url = text(&checkout["url"]);
    let html = page(&world, url).await;
    assert!(
        html.contains("20.00 USD") && html.contains("http://app.example/plans"),
        "{html}"
    );
    let fields = [
        ("card", "pays"),
        ("customer_email", "ada@acme.example"),
        ("country", "DE"),
        ("seats", "3"),
    ];
    let pressed = tokio::join!(press(&world, url, &fields), press(&world, url, &fields));
    let done = format!("http://app.example/done?id={}", text(&checkout["id"]));
    for response in [pressed.0, pressed.1] {
        assert_eq!(response.status(), 303);
        assert_eq!(location(&response), done);
    }
    assert_eq!(running(&world).await, 1);
    let order = world.get("/v1/orders/").await;
    assert_eq!(order["pagination"]["total_count"], 1);
    assert_eq!(order["items"][0]["total_amount"], 3000);
    assert_eq!(order["items"][0]["billing_address"]["country"], "DE");
}

#[tokio::test]
async fn the_total_follows_the_seats() {
    let world = World::start().await;
    let checkout = checkout(&world).await;
    let url = text(&checkout["url"]);
    let response = press(&world, url, &[("card", "update"), ("seats", "7")]).await;
    assert_eq!(response.status(), 303);
    assert!(page(&world, url).await.contains("70.00 USD"));
}

#[tokio::test]
async fn a_declined_card_is_told_and_another_can_be_tried() {
    let world = World::start().await;
    let checkout = checkout(&world).await;
    let url = text(&checkout["url"]);
    let response = press(&world, url, &[("card", "declines"), ("country", "US")]).await;
    assert_eq!(response.status(), 422);
    assert!(response.text().await.unwrap().contains("The card was declined."));
    assert_eq!(running(&world).await, 0);
    assert_eq!(
        press(&world, url, &[("card", "pays"), ("country", "US")])
            .await
            .status(),
        303
    );
    assert_eq!(running(&world).await, 1);
}

#[tokio::test]
async fn the_bank_asks_and_is_answered() {
    let world = World::start().await;
    let checkout = checkout(&world).await;
    let url = text(&checkout["url"]);
    let bank = format!("{url}/bank");
    let ask = [("card", "asks_for_confirmation"), ("country", "US")];
    assert!(location(&press(&world, url, &ask).await).ends_with("/bank"));
    assert!(page(&world, &bank).await.contains("Confirm the payment"));
    assert_eq!(running(&world).await, 0);
    let refused = press(&world, &bank, &[("answer", "no")]).await;
    assert!(refused.text().await.unwrap().contains("The payment was refused."));
    press(&world, url, &ask).await;
    let paid = press(&world, &bank, &[("answer", "yes")]).await;
    assert!(location(&paid).starts_with("http://app.example/done"));
    assert_eq!(running(&world).await, 1);
}

#[tokio::test]
async fn the_portal_cancels_takes_back_and_pays() {
    let world = World::start().await;
    let product = world.seat_product("Team", 1000).await;
    let customer = world.team("org_1").await;
    let subscription = world.buy(&product, &customer, Some(2)).await;
    let path = format!("/v1/subscriptions/{}", text(&subscription["id"]));
    world
        .control()
        .set_card(id(&customer), CardBehaviour::Declines)
        .unwrap();
    world.advance(TimeDelta::days(28)).await;
    let body = json!({
        "customer_id": customer["id"], "external_member_id": "user_1", "return_url": "http://app.example/billing",
    });
    let session = world.post("/v1/customer-sessions/", body).await;
    let url = text(&session["customer_portal_url"]);
    let html = page(&world, url).await;
    assert!(
        html.contains("http://app.example/billing") && html.contains("past due"),
        "{html}"
    );

    let portal = format!("{}/acme/portal", world.sandbox.url());
    let token = ("customer_session_token", text(&session["token"]));
    let response = press(&world, &portal, &[token, ("action", "pays")]).await;
    assert_eq!(response.status(), 303);
    assert_eq!(world.get(&path).await["status"], "active");
    let own = ("id", text(&subscription["id"]));
    press(&world, &portal, &[token, own, ("action", "cancel")]).await;
    assert_eq!(world.get(&path).await["cancel_at_period_end"], true);
    assert!(page(&world, url).await.contains("Keep the subscription"));
    press(&world, &portal, &[token, own, ("action", "uncancel")]).await;
    assert_eq!(world.get(&path).await["cancel_at_period_end"], false);
    let problem = press(&world, &portal, &[token, own, ("action", "uncancel")]).await;
    let led = format!("{}{}", world.sandbox.url(), location(&problem));
    assert!(page(&world, &led).await.contains("not scheduled to be canceled"));
}

#[tokio::test]
async fn a_portal_opens_for_its_customer_alone() {
    let world = World::start().await;
    let product = world.seat_product("Team", 1000).await;
    let ours = world.team("org_1").await;
    let theirs = world.team("org_2").await;
    let subscription = world.buy(&product, &theirs, Some(2)).await;
    let body = json!({ "customer_id": ours["id"], "external_member_id": "user_1" });
    let session = world.post("/v1/customer-sessions/", body).await;
    let portal = format!("{}/acme/portal", world.sandbox.url());
    let token = ("customer_session_token", text(&session["token"]));
    press(
        &world,
        &portal,
        &[token, ("id", text(&subscription["id"])), ("action", "cancel")],
    )
    .await;
    let path = format!("/v1/subscriptions/{}", text(&subscription["id"]));
    assert_eq!(world.get(&path).await["cancel_at_period_end"], false);

    let wrong = format!("{portal}?customer_session_token=polar_mst_none");
    assert_eq!(world.client.get(&wrong).send().await.unwrap().status(), 401);
    world.control().set_faults(Faults {
        portal_is_down: true,
        ..Faults::default()
    });
    let url = text(&session["customer_portal_url"]);
    assert_eq!(world.client.get(url).send().await.unwrap().status(), 503);
    world.control().set_faults(Faults::default());
    world.advance(TimeDelta::hours(1)).await;
    assert_eq!(world.client.get(url).send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn the_console_shows_everything_and_has_levers() {
    let world = World::start().await;
    let product = world.seat_product("Team <b>", 1000).await;
    let customer = world.team("org_1").await;
    world.buy(&product, &customer, Some(2)).await;
    let received = world.take().await;
    let console = format!("{}/sandbox", world.sandbox.url());
    let html = page(&world, &console).await;
    for shown in [
        "Acme",
        "Team &lt;b&gt;",
        "ACME-0001",
        "order.paid",
        "Redeliver",
        "2026-01-31T10:00:00Z",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    assert!(!html.contains("<script") && !html.contains("<b>"));
    let fields = [("customer_id", text(&customer["id"])), ("card", "declines")];
    assert_eq!(press(&world, &format!("{console}/cards"), &fields).await.status(), 303);
    let webhook = received[0].headers["webhook-id"].to_str().unwrap();
    press(&world, &format!("{console}/webhooks/{webhook}/redeliver"), &[]).await;
    assert_eq!(world.take().await.len(), 1);
    world.clock.advance(TimeDelta::days(28));
    let advanced = world
        .client
        .post(format!("{console}/advance"))
        .json(&json!({}))
        .send()
        .await
        .unwrap();
    assert_eq!(advanced.json::<Value>().await.unwrap()["now"], "2026-02-28T10:00:00Z");
    let state: Value = world
        .client
        .get(format!("{console}/state.json"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(state["subscriptions"][0]["status"], "past_due");
    let moved = world
        .client
        .post(format!("{console}/clock"))
        .json(&json!({ "ahead_seconds": 1 }))
        .send()
        .await
        .unwrap();
    assert_eq!(moved.status(), 409);
}
