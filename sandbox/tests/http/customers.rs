use reqwest::Method;
use serde_json::{Value, json};

use super::harness::{World, text};

async fn refused(world: &World, method: Method, path: &str, body: Value) -> Value {
    let refused = world.call(method, path, Some(body), 422).await;
    assert_eq!(refused["error"], "PolarRequestValidationError");
    refused["detail"].clone()
}

#[tokio::test]
async fn addresses_and_external_ids_belong_to_one_customer() {
    let world = World::start().await;
    let body = json!({ "email": "ada@acme.example", "external_id": "org_1" });
    let customer = world.post("/v1/customers/", body).await;
    let kinds = world.kinds().await;
    assert_eq!(kinds, ["customer.created", "member.created"]);
    let body = json!({ "email": "ADA@acme.example", "external_id": "org_1" });
    let detail = refused(&world, Method::POST, "/v1/customers/", body).await;
    assert_eq!(detail[0]["loc"], json!(["body", "email"]));
    assert_eq!(detail[0]["msg"], "A customer with this email address already exists.");
    assert_eq!(detail[1]["loc"], json!(["body", "external_id"]));
    assert_eq!(detail[1]["msg"], "A customer with this external ID already exists.");

    let path = format!("/v1/customers/{}", text(&customer["id"]));
    let response = world.send(Method::DELETE, &path, None).await;
    assert_eq!(response.status(), 204);
    assert_eq!(
        world.call(Method::GET, &path, None, 404).await["error"],
        "ResourceNotFound"
    );
    world
        .post(
            "/v1/customers/",
            json!({ "email": "ada@acme.example", "external_id": "org_1" }),
        )
        .await;
}

#[tokio::test]
async fn an_external_id_is_written_once() {
    let world = World::start().await;
    let customer = world
        .post("/v1/customers/", json!({ "email": "ada@acme.example" }))
        .await;
    let path = format!("/v1/customers/{}", text(&customer["id"]));
    assert_eq!(
        world.patch(&path, json!({ "external_id": "org_1" })).await["external_id"],
        "org_1"
    );
    world
        .patch(&path, json!({ "external_id": "org_1", "name": "Acme" }))
        .await;
    for other in [json!("org_2"), json!(null)] {
        let detail = refused(&world, Method::PATCH, &path, json!({ "external_id": other })).await;
        assert_eq!(detail[0]["msg"], "Customer external ID cannot be updated.");
    }
    let renamed = world
        .patch("/v1/customers/external/org_1", json!({ "external_id": "org_3" }))
        .await;
    assert_eq!(renamed["external_id"], "org_1");
}

#[tokio::test]
async fn two_teams_may_have_one_owner() {
    let world = World::start().await;
    let first = world.team("org_1").await;
    let second = world.team("org_2").await;
    assert_eq!((&first["email"], &first["type"]), (&json!(null), &json!("team")));
    let members = world.get("/v1/customers/external/org_2/members").await;
    let owner = &members["items"][0];
    assert_eq!(
        (&owner["role"], &owner["email"]),
        (&json!("owner"), &json!("ada@acme.example"))
    );
    assert_eq!(owner["customer_id"], second["id"]);
    let found = world.get("/v1/customers/external/org_2/members/user_1").await;
    assert_eq!(&found, owner);
}

#[tokio::test]
async fn a_team_says_whose_portal_it_opens() {
    let world = World::start().await;
    let customer = world.team("org_1").await;
    let path = "/v1/customer-sessions/";
    let detail = refused(&world, Method::POST, path, json!({ "customer_id": customer["id"] })).await;
    assert_eq!(detail[0]["loc"], json!(["body", "member_id"]));
    assert_eq!(detail[0]["msg"], "member_id is required for team customers.");
    let body = json!({ "external_customer_id": "org_1", "external_member_id": "nobody" });
    refused(&world, Method::POST, path, body).await;
    let body = json!({ "external_customer_id": "org_1", "external_member_id": "user_1" });
    let session = world.post(path, body).await;
    let url = text(&session["customer_portal_url"]);
    assert!(url.starts_with(&format!(
        "{}/acme/portal?customer_session_token=polar_mst_",
        world.sandbox.url()
    )));
    assert!(url.ends_with("&email=ada%40acme.example"), "{url}");
    let detail = refused(&world, Method::POST, path, json!({ "external_customer_id": "org_9" })).await;
    assert_eq!(detail[0]["msg"], "Customer does not exist.");
}

#[tokio::test]
async fn members_come_and_go() {
    let world = World::start().await;
    let customer = world.team("org_1").await;
    let path = format!("/v1/customers/{}/members", text(&customer["id"]));
    let body = json!({ "email": "bob@acme.example", "external_id": "user_2", "role": "billing_manager" });
    let member = world.post(&path, body.clone()).await;
    refused(&world, Method::POST, &path, body).await;
    let own = format!("{path}/{}", text(&member["id"]));
    assert_eq!(world.patch(&own, json!({ "role": "member" })).await["role"], "member");
    assert_eq!(world.send(Method::DELETE, &own, None).await.status(), 204);
    assert_eq!(world.get(&path).await["pagination"]["total_count"], 1);
    let kinds = world.kinds().await;
    assert_eq!(kinds[2..], ["member.created", "member.updated", "member.deleted"]);
}

#[tokio::test]
async fn who_buys_seats_is_a_team_and_who_is_deleted_loses_the_subscription() {
    let world = World::start().await;
    let product = world.seat_product("Team", 1000).await;
    let customer = world
        .post("/v1/customers/", json!({ "email": "ada@acme.example" }))
        .await;
    let subscription = world.buy(&product, &customer, Some(2)).await;
    let path = format!("/v1/customers/{}", text(&customer["id"]));
    assert_eq!(world.get(&path).await["type"], "team");
    world.take().await;
    world.send(Method::DELETE, &path, None).await;
    assert_eq!(
        world.kinds().await,
        [
            "customer.deleted",
            "subscription.updated",
            "subscription.canceled",
            "subscription.revoked"
        ]
    );
    let ended = world
        .get(&format!("/v1/subscriptions/{}", text(&subscription["id"])))
        .await;
    assert_eq!(ended["status"], "canceled");
}

#[tokio::test]
async fn customers_are_found_by_their_address() {
    let world = World::start().await;
    for name in ["ada", "bob"] {
        world
            .post("/v1/customers/", json!({ "email": format!("{name}@acme.example") }))
            .await;
    }
    let found = world.get("/v1/customers/?email=BOB%40acme.example").await;
    assert_eq!(found["pagination"], json!({ "total_count": 1, "max_page": 1 }));
    assert_eq!(found["items"][0]["email"], "bob@acme.example");
}
