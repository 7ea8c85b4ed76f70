//! A sandbox with a clock that stands, and somebody who receives its webhooks.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{Client, Method, Response};
use sandbox::{Clock, Control, Options, Sandbox, Webhook};
use serde_json::{Value, json};
use uuid::Uuid;

pub const TOKEN: &str = "polar_oat_test";
pub const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// Stands still until it is moved.
#[derive(Debug)]
pub struct TestClock(Mutex<DateTime<Utc>>);

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

impl TestClock {
    pub fn advance(&self, delta: TimeDelta) {
        *self.0.lock().unwrap() += delta;
    }
}

#[derive(Debug, Clone)]
pub struct Received {
    pub headers: HeaderMap,
    pub text: String,
    pub body: Value,
}

/// Answers with the statuses it was told, and 202 afterwards.
#[derive(Debug, Default)]
pub struct Receiver {
    pub received: Mutex<Vec<Received>>,
    pub answers: Mutex<VecDeque<u16>>,
}

async fn receive(State(receiver): State<Arc<Receiver>>, headers: HeaderMap, bytes: Bytes) -> StatusCode {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let body = serde_json::from_str(&text).unwrap();
    receiver.received.lock().unwrap().push(Received { headers, text, body });
    let answer = receiver.answers.lock().unwrap().pop_front().unwrap_or(202);
    StatusCode::from_u16(answer).unwrap()
}

pub struct World {
    pub sandbox: Sandbox,
    pub clock: Arc<TestClock>,
    pub receiver: Arc<Receiver>,
    pub client: Client,
    pub hook: String,
}

impl World {
    pub async fn start() -> Self {
        Self::start_with(None, "2026-01-31T10:00:00Z".parse().unwrap()).await
    }

    pub async fn start_with(data: Option<PathBuf>, now: DateTime<Utc>) -> Self {
        let receiver = Arc::new(Receiver::default());
        let router = Router::new()
            .route("/hook", post(receive))
            .with_state(Arc::clone(&receiver));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let hook = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let clock = Arc::new(TestClock(Mutex::new(now)));
        let sandbox = Sandbox::start(options(Arc::<TestClock>::clone(&clock), data, &hook))
            .await
            .unwrap();
        Self {
            sandbox,
            clock,
            receiver,
            client: client(),
            hook,
        }
    }

    /// Stops it and starts another, with the state it left.
    pub async fn restart(self, data: PathBuf) -> Self {
        self.sandbox.stop().await;
        let clock: Arc<dyn Clock> = Arc::<TestClock>::clone(&self.clock);
        let sandbox = Sandbox::start(options(clock, Some(data), &self.hook)).await.unwrap();
        Self { sandbox, ..self }
    }

    pub fn control(&self) -> Control {
        self.sandbox.control()
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Response {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.sandbox.url()))
            .bearer_auth(TOKEN);
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.unwrap()
    }

    /// The body of an answer that must have this status.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>, status: u16) -> Value {
        let response = self.send(method, path, body.as_ref()).await;
        let found = response.status().as_u16();
        let text = response.text().await.unwrap();
        assert_eq!(found, status, "{path}: {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    pub async fn get(&self, path: &str) -> Value {
        self.call(Method::GET, path, None, 200).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.call(Method::POST, path, Some(body), 201).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Value {
        self.call(Method::PATCH, path, Some(body), 200).await
    }

    /// A monthly product of 10 dollars a seat, without a trial.
    pub async fn seat_product(&self, name: &str, price: i64) -> Value {
        let body = json!({
            "name": name,
            "recurring_interval": "month",
            "prices": [{
                "amount_type": "seat_based",
                "price_currency": "usd",
                "seat_tiers": { "seat_tier_type": "volume", "tiers": [
                    { "min_seats": 1, "max_seats": null, "price_per_seat": price },
                ] },
            }],
        });
        self.post("/v1/products/", body).await
    }

    pub async fn product(&self, name: &str, price: i64, more: Value) -> Value {
        let mut body = json!({
            "name": name,
            "recurring_interval": "month",
            "prices": [{ "amount_type": "fixed", "price_currency": "usd", "price_amount": price }],
        });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.post("/v1/products/", body).await
    }

    pub async fn team(&self, external_id: &str) -> Value {
        let owner = json!({ "email": "ada@acme.example", "name": "Ada", "external_id": "user_1" });
        let body = json!({ "type": "team", "name": "Acme", "external_id": external_id, "owner": owner });
        self.post("/v1/customers/", body).await
    }

    /// Buys, as the hosted page does. The subscription.
    pub async fn buy(&self, product: &Value, customer: &Value, seats: Option<i64>) -> Value {
        let mut body = json!({ "products": [product["id"]], "customer_id": customer["id"] });
        if let Some(seats) = seats {
            body["seats"] = json!(seats);
        }
        let checkout = self.post("/v1/checkouts/", body).await;
        self.confirm(&checkout, json!({}), 200).await;
        let found = self
            .get(&format!("/v1/subscriptions/?customer_id={}", text(&customer["id"])))
            .await;
        let mut items = found["items"].as_array().unwrap().iter();
        items
            .find(|item| item["checkout_id"] == checkout["id"])
            .unwrap()
            .clone()
    }

    pub async fn confirm(&self, checkout: &Value, body: Value, status: u16) -> Value {
        let path = format!("/v1/checkouts/client/{}/confirm", text(&checkout["client_secret"]));
        self.call(Method::POST, &path, Some(body), status).await
    }

    /// The types of the webhooks since the last call, but for the changes of state, which come later.
    pub async fn kinds(&self) -> Vec<String> {
        let received = self.take().await;
        let kinds = received.iter().map(|received| text(&received.body["type"]).to_owned());
        kinds.filter(|kind| kind != "customer.state_changed").collect()
    }

    pub async fn take(&self) -> Vec<Received> {
        self.control().wait_idle().await;
        std::mem::take(&mut self.receiver.received.lock().unwrap())
    }

    pub async fn advance(&self, delta: TimeDelta) {
        self.clock.advance(delta);
        self.control().settle();
        self.control().wait_idle().await;
    }
}

pub fn options(clock: Arc<dyn Clock>, data: Option<PathBuf>, hook: &str) -> Options {
    Options {
        data,
        clock,
        webhook: Some(Webhook {
            url: hook.to_owned(),
            secret: SECRET.to_owned(),
        }),
        retry_scale: 0.001,
        ..Options::new(TOKEN)
    }
}

pub fn client() -> Client {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

pub fn id(value: &Value) -> Uuid {
    text(&value["id"]).parse().unwrap()
}
