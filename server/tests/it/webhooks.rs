//! What the payment provider tells, over the wire: who is believed, what is kept, and what is answered.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::billing::provider::PaymentProvider;
use hmac::{Hmac, KeyInit, Mac};
use server::{
    config::{PolarAccount, PolarServer},
    payments::client,
};
use sha2::Sha256;

use crate::harness::{Product, Setup};

pub const SECRET: &str = "whsec_of_the_tests_and_of_nobody_else";
/// Nothing follows from it.
pub const BODY: &str = r#"{"type":"benefit.created","timestamp":"2026-03-02T09:00:00Z","data":{}}"#;

/// One that a provider tells something. Nothing is asked of that.
pub async fn product() -> Product {
    let account = PolarAccount {
        server: PolarServer::At("http://127.0.0.1:1".parse().unwrap()),
        token: "polar_oat_of_the_tests".to_owned(),
        webhook_secrets: vec!["whsec_of_the_one_before_the_rotation".to_owned(), SECRET.to_owned()],
    };
    let payments: Arc<dyn PaymentProvider> = Arc::new(client(&account).unwrap());
    Product::with(Setup {
        payments: Some(payments),
        ..Setup::default()
    })
    .await
}

pub fn signed(product: &Product, id: &str, body: &str, seconds: i64, secret: &str) -> HeaderMap {
    let timestamp = product.deps.now().timestamp() + seconds;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("webhook-id", id),
        ("webhook-timestamp", &timestamp.to_string()),
        ("webhook-signature", &signature),
        ("content-type", "application/json"),
    ] {
        headers.insert(
            axum::http::HeaderName::try_from(name).unwrap(),
            HeaderValue::from_str(value).unwrap(),
        );
    }
    headers
}

pub async fn tell(product: &Product, headers: HeaderMap, body: &str) -> u16 {
    product.deliver("/webhooks/polar", headers, body.to_owned()).await
}

#[tokio::test]
async fn what_is_signed_is_kept_once_whatever_it_says() {
    let product = product().await;
    for _ in 0..2 {
        let headers = signed(&product, "m", BODY, 0, SECRET);
        assert_eq!(tell(&product, headers, BODY).await, 202);
    }
    let odd = "not even JSON";
    assert_eq!(tell(&product, signed(&product, "odd", odd, 0, SECRET), odd).await, 202);
    let other = BODY.replace("benefit", "discount");
    assert_eq!(
        tell(&product, signed(&product, "m", &other, 0, SECRET), &other).await,
        202
    );
    assert_eq!(product.database.count("billing_payment_events").await, 2);
    let diverged =
        "billing_payment_events where message_id = 'm' and event_type = 'benefit.created' and diverged_at is not null";
    assert_eq!(product.database.count(diverged).await, 1);
    let jobs = "graphile_worker._private_jobs where key like 'settle_payment_event:%'";
    assert_eq!(product.database.count(jobs).await, 2);
}

#[tokio::test]
async fn who_is_not_the_provider_is_not_believed_and_nothing_is_kept() {
    let product = product().await;
    for (seconds, secret) in [
        (0, "whsec_of_somebody_else_altogether_x"),
        (-301, SECRET),
        (301, SECRET),
    ] {
        let headers = signed(&product, "m", BODY, seconds, secret);
        assert_eq!(tell(&product, headers, BODY).await, 401, "{seconds} {secret}");
    }
    let of_another = signed(&product, "m", "{}", 0, SECRET);
    assert_eq!(tell(&product, of_another, BODY).await, 401);
    assert_eq!(tell(&product, HeaderMap::new(), BODY).await, 400);
    let long = signed(&product, &"m".repeat(201), BODY, 0, SECRET);
    assert_eq!(tell(&product, long, BODY).await, 400);
    let large = "x".repeat(600 * 1024);
    assert_eq!(
        tell(&product, signed(&product, "m", &large, 0, SECRET), &large).await,
        413
    );
    assert_eq!(product.database.count("billing_payment_events").await, 0);
}

#[tokio::test]
async fn what_cannot_be_kept_is_to_be_sent_again() {
    let product = product().await;
    product.database.platform().close().await;
    let headers = signed(&product, "m", BODY, 0, SECRET);
    assert_eq!(tell(&product, headers, BODY).await, 503);
}

#[tokio::test]
async fn without_a_provider_nobody_is_believed() {
    let product = Product::new().await;
    let headers = signed(&product, "m", BODY, 0, SECRET);
    assert_eq!(tell(&product, headers, BODY).await, 401);
}
