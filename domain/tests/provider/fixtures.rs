//! Whole objects of the API's version 2026-10, and what of them is understood.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use contract::ids::TenantId;
use domain::billing::provider::{
    BillingReason, Checkout, CheckoutStatus, Customer, Order, OrderStatus, PaymentProvider, PendingChange,
    Subscription, SubscriptionStatus, WebhookEvent, WebhookKind, WebhookRejected, polar::Polar,
};
use serde_json::{Value, json};

use super::stub::Stub;

pub const TENANT: &str = "0199e8f0-0000-7000-8000-000000000042";
pub const SUBSCRIPTION: &str = "e5149aae-e521-42b9-b24c-abb3d71eea2e";
pub const CHECKOUT: &str = "e4b478fa-cd25-4253-9f1f-8a41e6370ede";
pub const CUSTOMER: &str = "992fae2a-2a17-4b7a-8d9e-e287cf90131b";
pub const PRODUCT: &str = "d8dd2de1-21b7-4a41-8bc3-ce909c0cfe23";
pub const ORDER: &str = "57107b74-8400-4d80-a2fc-54c2b4239cb3";

const OBJECTS: &str = include_str!("../../../oracles/polar/objects.json");
const MESSAGES: &str = include_str!("../../../oracles/polar/webhooks.json");

/// An object, with some of its fields replaced.
pub fn object(name: &str, changes: Value) -> Value {
    let mut objects: BTreeMap<String, Value> = serde_json::from_str(OBJECTS).unwrap();
    let mut object = objects.remove(name).unwrap();
    let (Value::Object(fields), Value::Object(changes)) = (&mut object, changes) else {
        panic!("{name} is not an object")
    };
    fields.extend(changes);
    object
}

pub fn tenant() -> TenantId {
    TENANT.parse().unwrap()
}

pub fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Reading needs nobody to answer.
async fn polar() -> Polar {
    Stub::answering([]).await.polar()
}

async fn told(kind: &str, data: Value) -> Result<WebhookEvent, WebhookRejected> {
    let body = json!({"type": kind, "timestamp": "2026-11-20T10:00:00.123456Z", "data": data});
    polar().await.read_webhook(body.to_string().as_bytes())
}

async fn subscription(changes: Value) -> Subscription {
    match told("subscription.updated", object("Subscription", changes))
        .await
        .unwrap()
        .kind
    {
        WebhookKind::Subscription(subscription) => *subscription,
        other => panic!("{other:?}"),
    }
}

async fn order(changes: Value) -> Order {
    match told("order.updated", object("Order", changes)).await.unwrap().kind {
        WebhookKind::Order(order) => *order,
        other => panic!("{other:?}"),
    }
}

async fn checkout(changes: Value) -> Checkout {
    match told("checkout.updated", object("Checkout", changes))
        .await
        .unwrap()
        .kind
    {
        WebhookKind::Checkout(checkout) => *checkout,
        other => panic!("{other:?}"),
    }
}

async fn customer(kind: &str, name: &str, changes: Value) -> Customer {
    match told(kind, object(name, changes)).await.unwrap().kind {
        WebhookKind::Customer(customer) => *customer,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_subscription_is_understood() {
    let created = moment("2026-11-20T10:00:00.123456Z");
    let read = subscription(json!({"seats": 7, "metadata": {"tenant_id": TENANT}})).await;
    assert_eq!(
        read,
        Subscription {
            id: SUBSCRIPTION.into(),
            customer: CUSTOMER.into(),
            product: PRODUCT.into(),
            status: SubscriptionStatus::Active,
            seats: Some(7),
            amount: 2900,
            currency: "usd".to_owned(),
            discounted: false,
            current_period_start: created,
            current_period_end: Some(moment("2026-12-20T10:00:00.123456Z")),
            trial_end: None,
            cancel_at_period_end: false,
            canceled_at: None,
            ends_at: None,
            ended_at: None,
            started_at: Some(created),
            past_due_at: None,
            pending: None,
            paused_at: None,
            resumes_at: None,
            checkout: Some(CHECKOUT.into()),
            tenant: Some(tenant()),
            // The fixture's customer belongs to nobody here.
            customer_tenant: None,
            created_at: created,
            modified_at: created,
        }
    );
}

#[tokio::test]
async fn a_subscription_in_trouble_is_understood() {
    let later = "2026-12-01T00:00:00Z";
    let mut data = object(
        "Subscription",
        json!({
            "status": "past_due", "modified_at": later, "past_due_at": later, "canceled_at": later, "ends_at": later,
            "ended_at": later, "trial_end": later, "paused_at": later, "resumes_at": later, "cancel_at_period_end": true,
            "metadata": {"seats": 5, "vip": true},
            "pending_update": {"id": CUSTOMER, "created_at": later, "modified_at": null, "applies_at": later,
                "product_id": PRODUCT, "seats": 3, "units": null},
        }),
    );
    data["customer"]["external_id"] = json!(TENANT);
    let WebhookKind::Subscription(read) = told("subscription.past_due", data).await.unwrap().kind else {
        panic!("not a subscription")
    };
    let applies_at = moment(later);
    let later = Some(applies_at);
    assert_eq!(read.status, SubscriptionStatus::PastDue);
    assert_eq!(Some(read.modified_at), later);
    assert!(read.cancel_at_period_end);
    for told in [
        read.past_due_at,
        read.canceled_at,
        read.ends_at,
        read.ended_at,
        read.trial_end,
        read.paused_at,
        read.resumes_at,
    ] {
        assert_eq!(told, later);
    }
    assert_eq!(
        read.pending,
        Some(PendingChange {
            product: Some(PRODUCT.into()),
            seats: Some(3),
            applies_at,
        })
    );
    assert_eq!((read.tenant, read.customer_tenant), (None, Some(tenant())));
}

#[tokio::test]
async fn an_order_is_understood() {
    let created = moment("2026-11-20T10:00:00.123456Z");
    let read = order(json!({"tax_amount": 500, "total_amount": 3400, "metadata": {"tenant_id": TENANT}})).await;
    assert_eq!(
        read,
        Order {
            id: ORDER.into(),
            customer: CUSTOMER.into(),
            subscription: Some(SUBSCRIPTION.into()),
            product: Some(PRODUCT.into()),
            checkout: Some(CHECKOUT.into()),
            number: Some("ACME-0001".to_owned()),
            status: OrderStatus::Paid,
            paid: true,
            billing_reason: BillingReason::SubscriptionCreate,
            total_amount: 3400,
            tax_amount: 500,
            net_amount: 2900,
            refunded_amount: 0,
            currency: "usd".to_owned(),
            next_payment_attempt_at: None,
            tenant: Some(tenant()),
            customer_tenant: None,
            created_at: created,
            modified_at: created,
        }
    );
}

#[tokio::test]
async fn a_checkout_and_a_customer_are_understood() {
    let read = checkout(json!({"metadata": {"tenant_id": TENANT}, "customer_id": CUSTOMER, "seats": 4})).await;
    assert_eq!(read.id.as_str(), CHECKOUT);
    assert_eq!(read.status, CheckoutStatus::Open);
    assert_eq!(read.expires_at, moment("2026-11-21T10:00:00.123456Z"));
    assert_eq!((read.tenant, read.seats), (Some(tenant()), Some(4)));
    assert_eq!(read.customer.unwrap().as_str(), CUSTOMER);
    assert_eq!(read.product.unwrap().as_str(), PRODUCT);

    let changes = json!({"external_id": TENANT, "email": null});
    for (kind, name, deleted) in [
        ("customer.created", "Customer", false),
        ("customer.updated", "Customer", false),
        ("customer.state_changed", "CustomerState", false),
        ("customer.deleted", "Customer", true),
    ] {
        let read = customer(kind, name, changes.clone()).await;
        assert_eq!(read.id.as_str(), CUSTOMER);
        assert_eq!(
            (read.tenant, read.deleted, read.email),
            (Some(tenant()), deleted, None),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn every_message_is_understood_as_what_it_is_about() {
    let polar = polar().await;
    let messages: BTreeMap<String, Value> = serde_json::from_str(MESSAGES).unwrap();
    assert_eq!(messages.len(), 28);
    for (kind, message) in messages {
        let event = polar.read_webhook(message.to_string().as_bytes()).unwrap();
        assert_eq!(event.event_type, kind);
        assert_eq!(event.occurred_at, moment("2026-11-20T10:00:00.123456Z"));
        let about = match event.kind {
            WebhookKind::Subscription(_) => "subscription",
            WebhookKind::Order(_) => "order",
            WebhookKind::Checkout(_) => "checkout",
            WebhookKind::Customer(_) => "customer",
            WebhookKind::Other => "other",
        };
        let subject = kind.split('.').next().unwrap();
        let acted_on = ["subscription", "order", "checkout", "customer"].contains(&subject);
        assert_eq!(about, if acted_on { subject } else { "other" }, "{kind}");
    }
}

#[tokio::test]
async fn values_that_came_up_later_do_not_disturb() {
    let read = subscription(json!({"a_new_field": [1]})).await;
    assert_eq!(read.status, SubscriptionStatus::Active);
    let read = order(json!({"status": "disputed", "billing_reason": "whim"})).await;
    assert_eq!(read.status, OrderStatus::Other("disputed".to_owned()));
    assert_eq!(read.billing_reason, BillingReason::Other("whim".to_owned()));
    let read = checkout(json!({"status": "dreaming"})).await;
    assert_eq!(read.status, CheckoutStatus::Other("dreaming".to_owned()));
}

/// How an organization stands cannot be guessed.
#[tokio::test]
async fn a_status_of_a_subscription_that_is_not_known_is_told_as_such() {
    let rejected = told(
        "subscription.updated",
        object("Subscription", json!({"status": "hibernating"})),
    )
    .await
    .unwrap_err();
    assert!(rejected.is_authentic());
    assert_eq!(
        rejected.to_string(),
        "subscription.updated is not understood: the status hibernating is not known"
    );
}

#[tokio::test]
async fn every_status_has_its_name() {
    for (word, status, ended) in [
        ("incomplete", SubscriptionStatus::Incomplete, false),
        ("incomplete_expired", SubscriptionStatus::IncompleteExpired, true),
        ("trialing", SubscriptionStatus::Trialing, false),
        ("active", SubscriptionStatus::Active, false),
        ("past_due", SubscriptionStatus::PastDue, false),
        ("canceled", SubscriptionStatus::Canceled, true),
        ("unpaid", SubscriptionStatus::Unpaid, true),
        ("paused", SubscriptionStatus::Paused, false),
    ] {
        let read = subscription(json!({"status": word})).await;
        assert_eq!((read.status.has_ended(), read.status), (ended, status), "{word}");
    }
    for (word, status) in [
        ("draft", OrderStatus::Draft),
        ("pending", OrderStatus::Pending),
        ("paid", OrderStatus::Paid),
        ("refunded", OrderStatus::Refunded),
        ("partially_refunded", OrderStatus::PartiallyRefunded),
        ("void", OrderStatus::Void),
    ] {
        assert_eq!(order(json!({"status": word})).await.status, status, "{word}");
    }
    for (word, reason) in [
        ("purchase", BillingReason::Purchase),
        ("subscription_create", BillingReason::SubscriptionCreate),
        ("subscription_cycle", BillingReason::SubscriptionCycle),
        ("subscription_update", BillingReason::SubscriptionUpdate),
        ("subscription_meter_cycle", BillingReason::SubscriptionMeterCycle),
    ] {
        assert_eq!(
            order(json!({"billing_reason": word})).await.billing_reason,
            reason,
            "{word}"
        );
    }
    for (word, status) in [
        ("open", CheckoutStatus::Open),
        ("confirmed", CheckoutStatus::Confirmed),
        ("succeeded", CheckoutStatus::Succeeded),
        ("expired", CheckoutStatus::Expired),
        ("failed", CheckoutStatus::Failed),
    ] {
        assert_eq!(checkout(json!({"status": word})).await.status, status, "{word}");
    }
}

#[tokio::test]
async fn a_message_that_is_not_understood_is_told_apart_from_none() {
    let polar = polar().await;
    for body in [
        "",
        "not json",
        "[]",
        "{}",
        r#"{"type":"order.paid"}"#,
        r#"{"type":"order.paid","timestamp":"2026-11-20T10:00:00Z"}"#,
    ] {
        let rejected = polar.read_webhook(body.as_bytes()).unwrap_err();
        assert!(matches!(rejected, WebhookRejected::NotJson(_)), "{body}: {rejected:?}");
    }
    let rejected = told("order.paid", json!({"id": ORDER})).await.unwrap_err();
    assert!(
        matches!(&rejected, WebhookRejected::NotUnderstood { event_type, .. } if event_type == "order.paid"),
        "{rejected:?}"
    );
    assert!(rejected.is_authentic());
    // A type that nobody knows may have any content.
    let event = told("subscription.reincarnated", json!("as a cat")).await.unwrap();
    assert_eq!(
        (event.event_type.as_str(), event.kind),
        ("subscription.reincarnated", WebhookKind::Other)
    );
}
