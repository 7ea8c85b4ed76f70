//! The sandbox, the messages it sends, and its truth.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use domain::billing::provider::{Order, PaymentProvider, Subscription, WebhookKind, polar::Polar};
use sandbox::{Options, Sandbox, Webhook};
use serde_json::{Value, json};
use server::{
    config::{PolarAccount, PolarServer},
    payments,
};
use tokio::net::TcpListener;

use crate::program::Setting;

const TOKEN: &str = "polar_oat_of_the_histories";
const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// What of all that it tells is acted on; the rest would only take its time.
const TOLD: [&str; 7] = [
    "subscription.updated",
    "subscription.canceled",
    "subscription.uncanceled",
    "subscription.revoked",
    "subscription.past_due",
    "order.updated",
    "order.paid",
];

/// As it was sent: its signature is good for some minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: String,
    pub headers: String,
    pub body: String,
}

type Recorded = Arc<Mutex<Vec<Message>>>;

pub struct Provider {
    sandbox: Sandbox,
    recorded: Recorded,
    pub polar: Polar,
}

impl Provider {
    pub async fn start() -> Self {
        let recorded = Recorded::default();
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let router = Router::new().route("/", post(record)).with_state(recorded.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let sandbox = Sandbox::start(Options {
            webhook: Some(Webhook {
                url,
                secret: SECRET.to_owned(),
            }),
            retry_scale: 0.01,
            ..Options::new(TOKEN)
        })
        .await
        .unwrap();
        let account = PolarAccount {
            server: PolarServer::At(sandbox.url().parse().unwrap()),
            token: TOKEN.to_owned(),
            webhook_secrets: vec![SECRET.to_owned()],
        };
        Self {
            polar: payments::client(&account).unwrap(),
            sandbox,
            recorded,
        }
    }

    /// What the program needs to know of it.
    pub fn settings(&self) -> Vec<Setting> {
        vec![
            ("PLINTH_LOG", "warn".to_owned()),
            ("POLAR_ACCESS_TOKEN", TOKEN.to_owned()),
            ("POLAR_WEBHOOK_SECRET", SECRET.to_owned()),
            ("POLAR_SERVER", self.sandbox.url().to_owned()),
        ]
    }

    pub fn control(&self) -> sandbox::Control {
        self.sandbox.control()
    }

    /// All that it has told, once it has nothing more to tell.
    pub async fn told(&self) -> Vec<Message> {
        self.control().wait_idle().await;
        std::mem::take(&mut *self.recorded.lock().unwrap())
    }

    /// Every subscription and every order there is now, as it tells them.
    pub fn truth(&self) -> (Vec<Subscription>, Vec<Order>) {
        let read = |kind: &str, data: &Value| {
            let message = json!({ "type": kind, "timestamp": "2026-01-01T00:00:00Z", "data": data });
            self.polar.read_webhook(message.to_string().as_bytes()).unwrap().kind
        };
        let control = self.control();
        let subscriptions = control.subscriptions();
        let orders = control.orders();
        (
            subscriptions
                .iter()
                .map(|data| match read("subscription.updated", data) {
                    WebhookKind::Subscription(subscription) => *subscription,
                    other => panic!("{other:?}"),
                })
                .collect(),
            orders
                .iter()
                .map(|data| match read("order.updated", data) {
                    WebhookKind::Order(order) => *order,
                    other => panic!("{other:?}"),
                })
                .collect(),
        )
    }

    pub async fn stop(self) {
        self.sandbox.stop().await;
    }
}

async fn record(State(recorded): State<Recorded>, headers: HeaderMap, body: Bytes) {
    let body = String::from_utf8(body.to_vec()).unwrap();
    let content: Value = serde_json::from_str(&body).unwrap();
    if !TOLD.contains(&content["type"].as_str().unwrap()) {
        return;
    }
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let lines = ["webhook-id", "webhook-timestamp", "webhook-signature"]
        .map(|name| format!("{name}: {}\r\n", header(name)))
        .concat();
    recorded.lock().unwrap().push(Message {
        id: header("webhook-id"),
        headers: lines,
        body,
    });
}
