//! What goes over the wire for each question.

use contract::billing::CancelReason;
use domain::billing::provider::{
    Cancellation, PaymentProvider, ProductUpdate, ProviderError, Timing,
    polar::{Patience, Polar},
};
use futures::{FutureExt, future::BoxFuture};
use serde_json::{Value, json};

use super::{
    fixtures::{CHECKOUT, CUSTOMER, PRODUCT, SUBSCRIPTION, TENANT, object, tenant},
    stub::{Answer, Stub, TOKEN, invalid, not_found, page},
    words::{USER, new_charge, new_checkout, new_customer, new_portal_session, new_product, usage},
};

/// One question, what it says over the wire first, and whether it changes something.
pub struct Question {
    pub name: &'static str,
    pub changes: bool,
    pub ask: fn(Polar) -> BoxFuture<'static, Result<(), ProviderError>>,
    route: &'static str,
    body: Value,
}

macro_rules! ask {
    (|$polar:ident| $question:expr) => {
        |$polar| async move { $question.await.map(drop) }.boxed()
    };
}

/// The questions whose first words are all they say.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn all() -> Vec<Question> {
    let plan = |behavior| json!({"product_id": PRODUCT, "proration_behavior": behavior});
    let seats = |behavior| json!({"seats": 9, "proration_behavior": behavior});
    vec![
        Question {
            name: "create_checkout",
            changes: true,
            ask: ask!(|polar| polar.create_checkout(new_checkout())),
            route: "POST /v1/checkouts/",
            body: json!({
                "customer_id": CUSTOMER, "products": [PRODUCT], "seats": 5, "min_seats": 3, "max_seats": 10,
                "success_url": "https://app.example.com/return?checkout={CHECKOUT_ID}",
                "return_url": "https://app.example.com/plans", "locale": "en", "customer_ip_address": "203.0.113.7",
                "metadata": {"tenant_id": TENANT, "attempt": "a1"},
            }),
        },
        Question {
            name: "charge_once",
            changes: true,
            ask: ask!(|polar| polar.charge_once(new_charge())),
            route: "POST /v1/checkouts/",
            body: json!({
                "customer_id": CUSTOMER, "products": [PRODUCT], "success_url": "https://app.example.com/return",
                "metadata": {"tenant_id": TENANT},
            }),
        },
        Question {
            name: "checkout",
            changes: false,
            ask: ask!(|polar| polar.checkout(CHECKOUT.into())),
            route: "GET /v1/checkouts/e4b478fa-cd25-4253-9f1f-8a41e6370ede",
            body: Value::Null,
        },
        Question {
            name: "change_plan now",
            changes: true,
            ask: ask!(|polar| polar.change_plan(SUBSCRIPTION.into(), PRODUCT.into(), Timing::Now)),
            route: "PATCH /v1/subscriptions/e5149aae-e521-42b9-b24c-abb3d71eea2e",
            body: plan("invoice"),
        },
        Question {
            name: "change_plan later",
            changes: true,
            ask: ask!(|polar| polar.change_plan(SUBSCRIPTION.into(), PRODUCT.into(), Timing::AtRenewal)),
            route: "PATCH /v1/subscriptions/e5149aae-e521-42b9-b24c-abb3d71eea2e",
            body: plan("next_period"),
        },
        Question {
            name: "change_seats now",
            changes: true,
            ask: ask!(|polar| polar.change_seats(SUBSCRIPTION.into(), 9, Timing::Now)),
            route: "PATCH /v1/subscriptions/e5149aae-e521-42b9-b24c-abb3d71eea2e",
            body: seats("invoice"),
        },
        Question {
            name: "change_seats later",
            changes: true,
            ask: ask!(|polar| polar.change_seats(SUBSCRIPTION.into(), 9, Timing::AtRenewal)),
            route: "PATCH /v1/subscriptions/e5149aae-e521-42b9-b24c-abb3d71eea2e",
            body: seats("next_period"),
        },
        Question {
            name: "cancel",
            changes: true,
            ask: ask!(|polar| polar.cancel(
                SUBSCRIPTION.into(),
                Cancellation {
                    reason: CancelReason::TooExpensive,
                    comment: Some("Sorry.".to_owned()),
                },
            )),
            route: "PATCH /v1/subscriptions/e5149aae-e521-42b9-b24c-abb3d71eea2e",
            body: json!({
                "cancel_at_period_end": true, "customer_cancellation_reason": "too_expensive",
                "customer_cancellation_comment": "Sorry.",
            }),
        },
        Question {
            name: "undo_cancel",
            changes: true,
            ask: ask!(|polar| polar.undo_cancel(SUBSCRIPTION.into())),
            route: "PATCH /v1/subscriptions/e5149aae-e521-42b9-b24c-abb3d71eea2e",
            body: json!({"cancel_at_period_end": false}),
        },
        Question {
            name: "drop_scheduled_change",
            changes: true,
            ask: ask!(|polar| polar.drop_scheduled_change(SUBSCRIPTION.into())),
            route: "PATCH /v1/subscriptions/e5149aae-e521-42b9-b24c-abb3d71eea2e",
            body: json!({"pending_update": null}),
        },
        Question {
            name: "revoke",
            changes: true,
            ask: ask!(|polar| polar.revoke(SUBSCRIPTION.into())),
            route: "DELETE /v1/subscriptions/e5149aae-e521-42b9-b24c-abb3d71eea2e",
            body: Value::Null,
        },
        Question {
            name: "portal",
            changes: true,
            ask: ask!(|polar| polar.portal(new_portal_session())),
            route: "POST /v1/customer-sessions/",
            body: json!({
                "customer_id": CUSTOMER, "external_member_id": USER, "return_url": "https://app.example.com/billing",
            }),
        },
        Question {
            name: "report_usage",
            changes: false,
            ask: ask!(|polar| polar.report_usage(vec![usage()])),
            route: "POST /v1/events/ingest",
            body: json!({"events": [{
                "name": "exports", "external_customer_id": TENANT, "external_id": "export-1",
                "timestamp": "2026-11-20T10:00:00Z", "metadata": {"quantity": 3},
            }]}),
        },
        Question {
            name: "customer",
            changes: false,
            ask: ask!(|polar| polar.customer(tenant())),
            route: "GET /v1/customers/external/0199e8f0-0000-7000-8000-000000000042",
            body: Value::Null,
        },
        Question {
            name: "customer_by_id",
            changes: false,
            ask: ask!(|polar| polar.customer_by_id(CUSTOMER.into())),
            route: "GET /v1/customers/992fae2a-2a17-4b7a-8d9e-e287cf90131b",
            body: Value::Null,
        },
        Question {
            name: "subscription",
            changes: false,
            ask: ask!(|polar| polar.subscription(SUBSCRIPTION.into())),
            route: "GET /v1/subscriptions/e5149aae-e521-42b9-b24c-abb3d71eea2e",
            body: Value::Null,
        },
        Question {
            name: "subscriptions",
            changes: false,
            ask: ask!(|polar| polar.subscriptions(CUSTOMER.into())),
            route: "GET /v1/subscriptions/?customer_id=992fae2a-2a17-4b7a-8d9e-e287cf90131b&limit=100&page=1",
            body: Value::Null,
        },
        Question {
            name: "orders",
            changes: false,
            ask: ask!(|polar| polar.orders(CUSTOMER.into())),
            route: "GET /v1/orders/?customer_id=992fae2a-2a17-4b7a-8d9e-e287cf90131b&limit=100&page=1",
            body: Value::Null,
        },
        Question {
            name: "products",
            changes: false,
            ask: ask!(|polar| polar.products()),
            route: "GET /v1/products/?limit=100&page=1",
            body: Value::Null,
        },
        Question {
            name: "update_product",
            changes: true,
            ask: ask!(|polar| polar.update_product(
                PRODUCT.into(),
                ProductUpdate {
                    name: None,
                    archived: Some(true),
                },
            )),
            route: "PATCH /v1/products/d8dd2de1-21b7-4a41-8bc3-ce909c0cfe23",
            body: json!({"is_archived": true}),
        },
        Question {
            name: "webhook_endpoints",
            changes: false,
            ask: ask!(|polar| polar.webhook_endpoints()),
            route: "GET /v1/webhooks/endpoints?limit=100&page=1",
            body: Value::Null,
        },
    ]
}

#[tokio::test]
async fn every_question_has_its_route_and_its_words() {
    for question in all() {
        let stub = Stub::answering([Answer::Bare(400, None)]).await;
        let error = (question.ask)(stub.polar()).await.unwrap_err();
        assert!(error.is_refusal("400"), "{}: {error:?}", question.name);
        let asked = stub.asked().remove(0);
        assert_eq!(
            format!("{} {}", asked.method, asked.path),
            question.route,
            "{}",
            question.name
        );
        assert_eq!(asked.body, question.body, "{}", question.name);
        assert_eq!(asked.headers["polar-version"], "2026-10", "{}", question.name);
        assert_eq!(
            asked.headers["authorization"],
            format!("Bearer {TOKEN}"),
            "{}",
            question.name
        );
        assert!(
            asked.headers["user-agent"].to_str().unwrap().starts_with("plinth/"),
            "{}",
            question.name
        );
        if !question.body.is_null() {
            assert_eq!(asked.headers["content-type"], "application/json", "{}", question.name);
        }
    }
}

#[tokio::test]
async fn every_reason_to_leave_has_its_word() {
    for (reason, word) in [
        (CancelReason::TooExpensive, "too_expensive"),
        (CancelReason::MissingFeature, "missing_features"),
        (CancelReason::JustTesting, "unused"),
        (CancelReason::Other, "other"),
    ] {
        let stub = Stub::answering([Answer::Json(200, object("Subscription", json!({})))]).await;
        let cancellation = Cancellation { reason, comment: None };
        stub.polar().cancel(SUBSCRIPTION.into(), cancellation).await.unwrap();
        assert_eq!(
            stub.asked()[0].body,
            json!({"cancel_at_period_end": true, "customer_cancellation_reason": word})
        );
    }
}

#[tokio::test]
async fn a_customer_is_an_organization_without_an_address() {
    let made = Answer::Json(201, object("Customer", json!({"external_id": TENANT})));
    let stub = Stub::answering([not_found(), made]).await;
    let id = stub.polar().ensure_customer(new_customer()).await.unwrap();
    assert_eq!(id.as_str(), CUSTOMER);
    let asked = stub.asked();
    assert_eq!(asked[0].path, format!("/v1/customers/external/{TENANT}"));
    assert_eq!(
        (asked[1].method.as_str(), asked[1].path.as_str()),
        ("POST", "/v1/customers/")
    );
    assert_eq!(
        asked[1].body,
        json!({
            "type": "team", "external_id": TENANT, "name": "Acme", "metadata": {"tenant_id": TENANT},
            "owner": {"email": "ada@example.com", "name": "Ada", "external_id": USER},
        })
    );
}

#[tokio::test]
async fn a_plan_is_put_up_for_sale_with_its_name_and_interval() {
    let made = object(
        "Product",
        json!({"metadata": {"plan": "team", "interval": "year"}, "recurring_interval": "year"}),
    );
    let stub = Stub::answering([page(&[], 0), Answer::Json(201, made)]).await;
    stub.polar().create_product(new_product()).await.unwrap();
    let asked = stub.asked().remove(1);
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "/v1/products/"));
    assert_eq!(
        asked.body,
        json!({
            "name": "Team, yearly", "recurring_interval": "year", "metadata": {"plan": "team", "interval": "year"},
            "prices": [{"amount_type": "seat_based", "price_currency": "usd", "seat_tiers": {
                "seat_tier_type": "volume",
                "tiers": [{"min_seats": 2, "max_seats": 50, "price_per_seat": 9600}],
            }}],
        })
    );
}

#[tokio::test]
async fn usage_goes_in_parts() {
    let counted = || Answer::Json(200, json!({"inserted": 500, "duplicates": 0}));
    let stub = Stub::answering([
        counted(),
        counted(),
        Answer::Json(200, json!({"inserted": 0, "duplicates": 1})),
    ])
    .await;
    let receipt = stub.polar().report_usage(vec![usage(); 1001]).await.unwrap();
    assert_eq!((receipt.counted, receipt.duplicates), (1000, 1));
    let sizes: Vec<usize> = stub
        .asked()
        .iter()
        .map(|asked| asked.body["events"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [500, 500, 1]);
    // Nothing was used: nothing is asked.
    stub.polar().report_usage(Vec::new()).await.unwrap();
    assert!(stub.asked().is_empty());
}

#[tokio::test]
async fn what_is_no_identifier_leads_nowhere() {
    let stub = Stub::answering([]).await;
    let polar = stub.polar();
    for id in ["", "..", "../customers", "?page=1", "client/polar_c_0", "e4b478fa"] {
        assert_eq!(
            polar.checkout(id.into()).await.unwrap_err(),
            ProviderError::NotFound,
            "{id}"
        );
        assert_eq!(
            polar.subscription(id.into()).await.unwrap_err(),
            ProviderError::NotFound,
            "{id}"
        );
        assert_eq!(
            polar.revoke(id.into()).await.unwrap_err(),
            ProviderError::NotFound,
            "{id}"
        );
        assert_eq!(
            polar.invoice(id.into()).await.unwrap_err(),
            ProviderError::NotFound,
            "{id}"
        );
    }
    assert!(stub.asked().is_empty());
}

#[tokio::test]
async fn an_address_below_a_path_keeps_its_path() {
    for base in ["", "/", "/polar", "/polar/"] {
        let stub = Stub::answering([page(&[], 0)]).await;
        stub.below(base, Patience::default()).products().await.unwrap();
        assert_eq!(
            stub.routes(),
            [format!("GET {}/v1/products/", base.trim_end_matches('/'))]
        );
    }
}

#[tokio::test]
async fn a_field_that_is_wrong_is_named() {
    let stub = Stub::answering([invalid("seats")]).await;
    let error = stub.polar().create_checkout(new_checkout()).await.unwrap_err();
    assert_eq!(
        error,
        ProviderError::Refused {
            code: "PolarRequestValidationError".to_owned(),
            field: Some("seats".to_owned()),
            message: "No.".to_owned(),
        }
    );
}
