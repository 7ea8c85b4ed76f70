//! What several answers together come to.

use contract::billing::BillingInterval;
use domain::billing::provider::{CheckoutStatus, PaymentProvider, ProviderError, SeatPrice};
use serde_json::{Value, json};

use super::{
    fixtures::{CHECKOUT, CUSTOMER, ORDER, SUBSCRIPTION, TENANT, moment, object, tenant},
    stub::{Answer, Stub, invalid, not_found, page, refusal},
    words::{new_customer, new_portal_session, new_product},
};

fn customer() -> Answer {
    Answer::Json(200, object("Customer", json!({"external_id": TENANT})))
}

fn uuid(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

fn numbered(object_name: &str, number: u32) -> Value {
    let created = format!("2026-11-{number:02}T10:00:00Z");
    object(object_name, json!({"id": uuid(number), "created_at": created}))
}

#[tokio::test]
async fn an_organization_has_one_customer() {
    // There is one.
    let stub = Stub::answering([customer()]).await;
    assert_eq!(
        stub.polar().ensure_customer(new_customer()).await.unwrap().as_str(),
        CUSTOMER
    );
    assert_eq!(stub.asked().len(), 1);

    // Somebody makes one at the same time.
    let stub = Stub::answering([not_found(), invalid("external_id"), customer()]).await;
    assert_eq!(
        stub.polar().ensure_customer(new_customer()).await.unwrap().as_str(),
        CUSTOMER
    );
    let route = format!("GET /v1/customers/external/{TENANT}");
    assert_eq!(stub.routes(), [route.as_str(), "POST /v1/customers/", route.as_str()]);

    // It was refused for another reason.
    let stub = Stub::answering([not_found(), invalid("owner"), not_found()]).await;
    let error = stub.polar().ensure_customer(new_customer()).await.unwrap_err();
    assert!(
        matches!(&error, ProviderError::Refused { field, .. } if field.as_deref() == Some("owner")),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_organization_without_a_customer_has_none() {
    let stub = Stub::answering([not_found(), customer()]).await;
    let polar = stub.polar();
    assert_eq!(polar.customer(tenant()).await.unwrap(), None);
    assert_eq!(polar.customer(tenant()).await.unwrap().unwrap().tenant, Some(tenant()));
}

#[tokio::test]
async fn everything_is_read_from_all_pages_the_newest_first() {
    let stub = Stub::answering([
        page(&[numbered("Subscription", 9), numbered("Subscription", 5)], 3),
        // One came up meanwhile: what was the last of the first page is the first of the second.
        page(&[numbered("Subscription", 5), numbered("Subscription", 7)], 3),
        page(&[numbered("Subscription", 1)], 3),
    ])
    .await;
    let all = stub.polar().subscriptions(CUSTOMER.into()).await.unwrap();
    let ids: Vec<&str> = all.iter().map(|subscription| subscription.id.as_str()).collect();
    assert_eq!(ids, [uuid(9), uuid(7), uuid(5), uuid(1)]);
    let pages: Vec<String> = stub.asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(pages.len(), 3);
    for (number, path) in pages.iter().enumerate() {
        assert!(path.ends_with(&format!("&limit=100&page={}", number + 1)), "{path}");
    }

    let stub = Stub::answering([
        page(&[numbered("Order", 2)], 2),
        page(&[numbered("Order", 3), numbered("Order", 2)], 2),
    ])
    .await;
    let all = stub.polar().orders(CUSTOMER.into()).await.unwrap();
    let ids: Vec<&str> = all.iter().map(|order| order.id.as_str()).collect();
    assert_eq!(ids, [uuid(3), uuid(2)]);

    // A last page that is gone is the end as well.
    let stub = Stub::answering([page(&[numbered("Order", 2)], 9), page(&[], 9)]).await;
    assert_eq!(stub.polar().orders(CUSTOMER.into()).await.unwrap().len(), 1);
    assert_eq!(stub.asked().len(), 2);
}

#[tokio::test]
async fn a_checkout_that_is_paid_tells_its_subscription() {
    let paid = object("Checkout", json!({"status": "succeeded", "customer_id": CUSTOMER}));
    let others = object("Subscription", json!({"id": uuid(1), "checkout_id": uuid(2)}));
    let ours = object("Subscription", json!({}));
    let stub = Stub::answering([Answer::Json(200, paid.clone()), page(&[others.clone(), ours], 1)]).await;
    let checkout = stub.polar().checkout(CHECKOUT.into()).await.unwrap();
    assert_eq!(checkout.status, CheckoutStatus::Succeeded);
    assert_eq!(checkout.subscription.unwrap().as_str(), SUBSCRIPTION);

    // Paid, and its subscription is not there yet.
    let stub = Stub::answering([Answer::Json(200, paid), page(&[others], 1)]).await;
    assert_eq!(stub.polar().checkout(CHECKOUT.into()).await.unwrap().subscription, None);

    // Not paid: there is nothing to look for.
    let open = object("Checkout", json!({"status": "confirmed", "customer_id": CUSTOMER}));
    let stub = Stub::answering([Answer::Json(200, open)]).await;
    assert_eq!(stub.polar().checkout(CHECKOUT.into()).await.unwrap().subscription, None);
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn who_is_not_known_yet_is_made_known_before_the_portal_opens() {
    let session = || Answer::Json(201, object("CustomerSession", json!({})));
    let member = object("Member", json!({}));
    let member_id = member["id"].clone();
    let stub = Stub::answering([invalid("external_member_id"), Answer::Json(201, member), session()]).await;
    let opened = stub.polar().portal(new_portal_session()).await.unwrap();
    assert_eq!(opened.expires_at, moment("2026-11-20T11:00:00.123456Z"));
    assert!(opened.url.contains("customer_session_token"), "{}", opened.url);
    let asked = stub.asked();
    assert_eq!(asked[1].path, format!("/v1/customers/{CUSTOMER}/members"));
    assert_eq!(asked[1].body["role"], "billing_manager");
    assert_eq!(asked[1].body["email"], "ada@example.com");
    assert_eq!(asked[2].body["member_id"], member_id);
    assert_eq!(asked[2].body.get("external_member_id"), None);

    // They were put there by hand, without our id.
    let others = object("Member", json!({"id": uuid(1), "email": "grace@example.com"}));
    let by_hand = object(
        "Member",
        json!({"id": uuid(2), "email": "Ada@Example.com", "external_id": null}),
    );
    let stub = Stub::answering([
        invalid("external_member_id"),
        invalid("email"),
        page(&[others.clone(), by_hand], 1),
        session(),
    ])
    .await;
    stub.polar().portal(new_portal_session()).await.unwrap();
    assert_eq!(stub.asked()[3].body["member_id"], uuid(2));
    // The address is no good: nobody has it.
    let stub = Stub::answering([invalid("external_member_id"), invalid("email"), page(&[others], 1)]).await;
    let error = stub.polar().portal(new_portal_session()).await.unwrap_err();
    assert!(
        matches!(&error, ProviderError::Refused { field, .. } if field.as_deref() == Some("email")),
        "{error:?}"
    );
    assert_eq!(stub.asked().len(), 3);

    // Anything else that is wrong is not mended.
    let stub = Stub::answering([invalid("customer_id")]).await;
    let error = stub.polar().portal(new_portal_session()).await.unwrap_err();
    assert!(matches!(error, ProviderError::Refused { .. }), "{error:?}");
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn an_invoice_is_written_when_it_is_asked_for() {
    let begun = || Answer::Bare(202, None);
    let written = || Answer::Json(200, json!({"url": "https://files.example.com/invoice.pdf"}));
    let url = Some("https://files.example.com/invoice.pdf".to_owned());
    let route = |method: &str| format!("{method} /v1/orders/{ORDER}/invoice");

    let stub = Stub::answering([written()]).await;
    assert_eq!(stub.polar().invoice(ORDER.into()).await.unwrap(), url);
    assert_eq!(stub.routes(), [route("GET")]);

    let stub = Stub::answering([not_found(), begun(), written()]).await;
    assert_eq!(stub.polar().invoice(ORDER.into()).await.unwrap(), url);
    assert_eq!(stub.routes(), [route("GET"), route("POST"), route("GET")]);

    let stub = Stub::answering([not_found(), begun(), not_found()]).await;
    assert_eq!(stub.polar().invoice(ORDER.into()).await.unwrap(), None);

    // There is no such order, or nothing to write.
    let stub = Stub::answering([not_found(), not_found()]).await;
    assert_eq!(
        stub.polar().invoice(ORDER.into()).await.unwrap_err(),
        ProviderError::NotFound
    );
    let stub = Stub::answering([not_found(), refusal(409, "OrderNotEligibleForInvoice")]).await;
    let error = stub.polar().invoice(ORDER.into()).await.unwrap_err();
    assert!(error.is_refusal("OrderNotEligibleForInvoice"), "{error:?}");
}

#[tokio::test]
async fn products_are_understood() {
    let free = json!([{"id": uuid(1), "amount_type": "fixed", "price_amount": 0, "price_currency": "usd", "is_archived": false}]);
    let seats = |archived: bool, tiers: Value| {
        json!([{"id": uuid(1), "amount_type": "seat_based", "price_currency": "eur", "is_archived": archived,
            "seat_tiers": {"seat_tier_type": "graduated", "tiers": tiers, "minimum_seats": 1, "maximum_seats": null}}])
    };
    let tier = |from: u32, to: Option<u32>| json!({"min_seats": from, "max_seats": to, "price_per_seat": 700});
    let stub = Stub::answering([page(
        &[
            object("Product", json!({"metadata": {"plan": "team"}})),
            object(
                "Product",
                json!({"recurring_interval": "year", "prices": free, "is_archived": true}),
            ),
            object(
                "Product",
                json!({"recurring_interval": null, "prices": seats(false, json!([tier(2, Some(9))]))}),
            ),
            object(
                "Product",
                json!({"recurring_interval_count": 3, "prices": seats(true, json!([tier(1, None)]))}),
            ),
            object(
                "Product",
                json!({"prices": seats(false, json!([tier(1, Some(5)), tier(6, None)]))}),
            ),
        ],
        1,
    )])
    .await;
    let products = stub.polar().products().await.unwrap();
    let price = |amount, currency: &str, min_seats, max_seats| {
        Some(SeatPrice {
            amount,
            currency: currency.to_owned(),
            min_seats,
            max_seats,
        })
    };
    let read: Vec<_> = products
        .into_iter()
        .map(|product| (product.plan, product.interval, product.archived, product.seat_price))
        .collect();
    assert_eq!(
        read,
        [
            (
                Some("team".to_owned()),
                Some(BillingInterval::Month),
                false,
                price(1000, "usd", 1, None)
            ),
            (None, Some(BillingInterval::Year), true, None),
            (None, None, false, price(700, "eur", 2, Some(9))),
            (None, None, false, None),
            (None, Some(BillingInterval::Month), false, None),
        ]
    );
}

#[tokio::test]
async fn what_is_for_sale_is_not_put_up_again() {
    let product = |id: u32, plan: &str, interval: &str, archived: bool| {
        object(
            "Product",
            json!({"id": uuid(id), "metadata": {"plan": plan}, "recurring_interval": interval, "is_archived": archived}),
        )
    };
    let others = [
        product(1, "team", "month", false),
        product(2, "starter", "year", false),
        product(3, "team", "year", true),
    ];
    let stub = Stub::answering([page(&others, 2), page(&[product(4, "team", "year", false)], 2)]).await;
    let found = stub.polar().create_product(new_product()).await.unwrap();
    assert_eq!(found.id.as_str(), uuid(4));
    assert_eq!(stub.asked().len(), 2);

    let stub = Stub::answering([page(&others, 1), Answer::Json(201, product(5, "team", "year", false))]).await;
    assert_eq!(
        stub.polar().create_product(new_product()).await.unwrap().id.as_str(),
        uuid(5)
    );
}

#[tokio::test]
async fn a_declined_payment_and_a_refusal_are_told_apart() {
    use domain::billing::provider::Timing;

    let stub = Stub::answering([
        refusal(402, "PaymentFailed"),
        refusal(403, "AlreadyCanceledSubscription"),
    ])
    .await;
    let polar = stub.polar();
    let error = polar
        .change_seats(SUBSCRIPTION.into(), 3, Timing::Now)
        .await
        .unwrap_err();
    assert!(matches!(error, ProviderError::Declined(_)), "{error:?}");
    let error = polar
        .change_seats(SUBSCRIPTION.into(), 3, Timing::Now)
        .await
        .unwrap_err();
    assert!(error.is_refusal("AlreadyCanceledSubscription"), "{error:?}");
}

#[tokio::test]
async fn an_answer_of_another_shape_is_not_guessed_at() {
    for answer in [
        Answer::Json(200, json!({"id": SUBSCRIPTION})),
        Answer::Json(200, json!([])),
        Answer::Bare(200, None),
        Answer::Bare(204, None),
    ] {
        let stub = Stub::answering([answer.clone(), answer]).await;
        let error = stub.polar().subscription(SUBSCRIPTION.into()).await.unwrap_err();
        assert!(matches!(error, ProviderError::Malformed(_)), "{error:?}");
        assert_eq!(stub.asked().len(), 1);
    }
}
