//! The stand-in that speaks as Polar does, and what every test against it begins with.

use std::collections::BTreeMap;

use contract::billing::BillingInterval;
use domain::billing::provider::{
    CHECKOUT_ID, Checkout, CustomerId, NewCheckout, NewProduct, PaymentProvider, Product, SeatPrice, Subscription,
    polar::{Environment, Polar, Settings, SigningSecret, Token},
};
use sandbox::{Options, Sandbox, Webhook};
use serde_json::json;

use super::{
    fixtures::tenant,
    stub::{TOKEN, patience},
    words::new_customer,
};

/// As Polar has made them since September 2026.
pub const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

pub async fn sandbox(webhook: Option<Webhook>) -> Sandbox {
    Sandbox::start(Options {
        webhook,
        retry_scale: 0.0,
        ..Options::new(TOKEN)
    })
    .await
    .unwrap()
}

pub fn polar(sandbox: &Sandbox, token: &str, secret: &str) -> Polar {
    Polar::new(Settings {
        environment: Environment::At(sandbox.url().parse().unwrap()),
        token: Token::new(token),
        webhook_secrets: vec![SigningSecret::new(secret).unwrap()],
        patience: patience(),
    })
    .unwrap()
}

pub fn plan(plan: &str, interval: BillingInterval, amount: i64) -> NewProduct {
    NewProduct {
        name: format!("{plan} for a while"),
        plan: plan.to_owned(),
        interval,
        seat_price: SeatPrice {
            amount,
            currency: "usd".to_owned(),
            min_seats: 1,
            max_seats: None,
        },
    }
}

pub fn checkout_of(customer: &CustomerId, product: &Product) -> NewCheckout {
    NewCheckout {
        customer: customer.clone(),
        tenant: tenant(),
        product: product.id.clone(),
        seats: 5,
        min_seats: Some(2),
        max_seats: Some(20),
        success_url: format!("https://app.example.com/return?checkout={CHECKOUT_ID}"),
        return_url: Some("https://app.example.com/plans".to_owned()),
        metadata: BTreeMap::new(),
        locale: Some("en".to_owned()),
        client_ip: Some("203.0.113.7".parse().unwrap()),
    }
}

/// What the page does when its button is pressed. Its address ends in the checkout's secret.
pub async fn press_pay(sandbox: &Sandbox, checkout: &Checkout, card: &str) {
    let secret = checkout.url.rsplit('/').next().unwrap();
    let browser = reqwest::Client::builder().build().unwrap();
    let answer = browser
        .post(format!("{}/v1/checkouts/client/{secret}/confirm", sandbox.url()))
        .json(&json!({
            "confirmation_token_id": card, "customer_billing_name": "Acme Ltd",
            "customer_billing_address": {"country": "US"},
        }))
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
}

/// An organization that has bought five seats, for 1000 each.
pub async fn subscribed(sandbox: &Sandbox, polar: &Polar) -> Subscription {
    let product = polar
        .create_product(plan("team", BillingInterval::Month, 1000))
        .await
        .unwrap();
    let customer = polar.ensure_customer(new_customer()).await.unwrap();
    let checkout = polar.create_checkout(checkout_of(&customer, &product)).await.unwrap();
    press_pay(sandbox, &checkout, "good").await;
    let bought = polar.checkout(checkout.id).await.unwrap().subscription.unwrap();
    polar.subscription(bought).await.unwrap()
}
