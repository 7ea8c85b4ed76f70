//! What the stand-in sends arrives, is believed and is understood.

use std::collections::BTreeMap;

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use domain::{
    billing::provider::{
        PaymentProvider, Timing, WebhookEvent, WebhookHeaders, WebhookKind, WebhookRejected,
        polar::{Environment, Polar, Settings, SigningSecret, Token},
    },
    clock::{Clock, SystemClock},
};
use sandbox::Webhook;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use super::{
    stand_in::{SECRET, polar, sandbox, subscribed},
    stub::{TOKEN, patience},
};

type Read = Result<WebhookEvent, WebhookRejected>;

/// Where messages arrive. What became of each is told to whoever listens.
async fn inbox(secret: &'static str) -> (String, UnboundedReceiver<Read>) {
    let (read, reading) = mpsc::unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/webhooks/polar", listener.local_addr().unwrap());
    let reader = Polar::new(Settings {
        environment: Environment::Sandbox,
        token: Token::new(TOKEN),
        webhook_secrets: vec![SigningSecret::new(secret).unwrap()],
        patience: patience(),
    })
    .unwrap();
    let router = Router::new()
        .route("/webhooks/polar", post(receive))
        .with_state((reader, read));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, reading)
}

async fn receive(State((polar, read)): State<(Polar, UnboundedSender<Read>)>, headers: HeaderMap, body: Bytes) {
    let header = |name: &str| headers[name].to_str().unwrap();
    let about = WebhookHeaders {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signature: header("webhook-signature"),
    };
    read.send(polar.verify_webhook(about, &body, SystemClock.now()))
        .unwrap();
}

#[tokio::test]
async fn every_message_of_a_subscription_s_life_is_believed_and_understood() {
    for secret in [SECRET, "whsec_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK"] {
        let (url, mut arrived) = inbox(secret).await;
        let webhook = Webhook {
            url,
            secret: secret.to_owned(),
        };
        let sandbox = sandbox(Some(webhook)).await;
        let polar = polar(&sandbox, TOKEN, secret);
        let bought = subscribed(&sandbox, &polar).await;
        polar.change_seats(bought.id.clone(), 6, Timing::Now).await.unwrap();
        polar.revoke(bought.id.clone()).await.unwrap();
        sandbox.control().wait_idle().await;

        let mut kinds = BTreeMap::<&str, u32>::new();
        let mut newest = bought.clone();
        let sent = sandbox.control().webhooks().len();
        for _ in 0..sent {
            let event = arrived.recv().await.unwrap().unwrap();
            let kind = match event.kind {
                WebhookKind::Subscription(told) => {
                    if told.modified_at >= newest.modified_at {
                        newest = *told;
                    }
                    "subscription"
                }
                WebhookKind::Order(_) => "order",
                WebhookKind::Checkout(_) => "checkout",
                WebhookKind::Customer(_) => "customer",
                WebhookKind::Other => "other",
            };
            *kinds.entry(kind).or_default() += 1;
        }
        for kind in ["subscription", "order", "checkout", "customer", "other"] {
            assert!(kinds.contains_key(kind), "{kind}: {kinds:?}");
        }
        // The newest of what was told is what is.
        assert_eq!(newest, polar.subscription(bought.id).await.unwrap());
        sandbox.stop().await;
    }
}
