//! An organization that can buy, over the real wire: the client of the payment provider, and the stand-in that speaks as it
//! does, by the same clock.

use std::{sync::Arc, time::Duration};

use axum::{Router, body::Bytes, extract::State as Given, http::HeaderMap, routing::post};
use chrono::{DateTime, Utc};
use contract::billing::BillingInterval;
use domain::{
    Deps,
    actor::OrgActor,
    billing::{
        Wanted,
        catalogue::publish::{Publication, publish},
        checkout::{Outcome, Ways, checkout},
        confirm::{State, confirm},
        events::receive::{Received, receive},
        overview::{Overview, overview},
        provider::{
            CHECKOUT_ID, WebhookHeaders,
            polar::{Environment, Patience, Polar, Settings, SigningSecret, Token},
        },
    },
    clock::Clock,
    database::PlatformDatabase,
    jobs::{Job, JobContext, apply_limits::ApplyLimits, settle_payment_event::SettlePaymentEvent},
    mail::{Mailer, NotSent, Rendered},
    testing::{TestClock, TestDatabase, clock_and_deps, organization, person},
};
use futures::{FutureExt, future::BoxFuture};
use sandbox::{Faults, Options, Sandbox, Webhook};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;

const TOKEN: &str = "polar_oat_test";
const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

#[derive(Debug)]
struct Shared(Arc<TestClock>);

impl sandbox::Clock for Shared {
    fn now(&self) -> DateTime<Utc> {
        Clock::now(&*self.0)
    }
}

/// Keeps what the provider tells.
async fn told(Given((platform, deps)): Given<(PlatformDatabase, Deps)>, headers: HeaderMap, body: Bytes) {
    let header = |name: &str| headers[name].to_str().unwrap();
    let about = WebhookHeaders {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signature: header("webhook-signature"),
    };
    let received = receive(&platform, &deps, about, &body).await.unwrap();
    assert!(matches!(received, Received::Stored(_)), "{received:?}");
}

/// Mails stay in the queue.
#[derive(Debug)]
struct NoMail;

impl Mailer for NoMail {
    fn send(&self, mail: Rendered) -> BoxFuture<'_, Result<(), NotSent>> {
        async move { Err(NotSent::Failed(format!("nothing is to be sent: {mail:?}"))) }.boxed()
    }
}

pub struct Shop {
    pub database: TestDatabase,
    pub clock: Arc<TestClock>,
    pub deps: Deps,
    pub sandbox: Sandbox,
    /// Ann, who owns Acme, on trial.
    pub org: OrgActor,
}

impl Shop {
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        let (clock, mut deps) = clock_and_deps(&database);
        let inbox = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sandbox = Sandbox::start(Options {
            clock: Arc::new(Shared(clock.clone())),
            webhook: Some(Webhook {
                url: format!("http://{}/", inbox.local_addr().unwrap()),
                secret: SECRET.to_owned(),
            }),
            retry_scale: 0.0,
            ..Options::new(TOKEN)
        })
        .await
        .unwrap();
        let settings = Settings {
            environment: Environment::At(sandbox.url().parse().unwrap()),
            token: Token::new(TOKEN),
            webhook_secrets: vec![SigningSecret::new(SECRET).unwrap()],
            patience: Patience {
                first_pause: Duration::from_millis(1),
                ..Patience::default()
            },
        };
        deps.payments = Arc::new(Polar::new(settings).unwrap());
        let router = Router::new()
            .route("/", post(told))
            .with_state((database.platform(), deps.clone()));
        tokio::spawn(async move { axum::serve(inbox, router).await.unwrap() });
        let published = publish(&database.platform(), &deps).await.unwrap();
        assert!(matches!(published, Publication::Done(_)), "{published:?}");
        let org = organization(&deps, &person(&deps, "ann").await, "acme").await;
        Self {
            database,
            clock,
            deps,
            sandbox,
            org,
        }
    }

    /// The same organization with a subscription, and Ann in it.
    pub async fn subscribed(plan: &str, interval: BillingInterval, seats: u32) -> Self {
        let mut shop = Self::new().await;
        let wanted = wanted(plan, interval, seats);
        let url = shop.open(&wanted).await;
        shop.pay(&url, "good").await;
        let checkout = shop.checkout_id().await;
        let state = confirm(&shop.org, &shop.deps, &checkout).await.unwrap();
        assert!(matches!(state, State::Active { .. }), "{state:?}");
        shop.enter_again().await;
        shop
    }

    /// What the plan allows is known from entering.
    pub async fn enter_again(&mut self) {
        self.org = OrgActor::enter(self.org.user(), &self.deps, "acme").await.unwrap();
    }

    pub async fn checkout(&self, wanted: &Wanted) -> domain::Result<Outcome> {
        checkout(&self.org, &self.deps, wanted, &ways()).await
    }

    /// The page to pay on.
    pub async fn open(&self, wanted: &Wanted) -> String {
        match self.checkout(wanted).await.unwrap() {
            Outcome::Pay(url) => url,
            other => panic!("no page to pay on: {other:?}"),
        }
    }

    /// What the page does when its button is pressed. Its address ends in the checkout's secret.
    pub async fn pay(&self, url: &str, card: &str) {
        let secret = url.rsplit('/').next().unwrap();
        let answer = reqwest::Client::builder()
            .build()
            .unwrap()
            .post(format!("{}/v1/checkouts/client/{secret}/confirm", self.sandbox.url()))
            .json(&json!({
                "confirmation_token_id": card, "customer_billing_name": "Acme Ltd",
                "customer_billing_address": {"country": "US"},
            }))
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// The provider's id of the checkout that was opened last.
    pub async fn checkout_id(&self) -> String {
        sqlx::query_scalar(
            "select provider_checkout_id from billing_checkouts order by created_at desc, id desc limit 1",
        )
        .fetch_one(self.database.owner())
        .await
        .unwrap()
    }

    /// Everything that the provider has told by itself is settled.
    pub async fn settled(&self) {
        self.sandbox.control().wait_idle().await;
        let context = self.context();
        let waiting: Vec<Uuid> = sqlx::query_scalar("select id from billing_payment_events where status = 'received'")
            .fetch_all(self.database.owner())
            .await
            .unwrap();
        for event in waiting {
            let job = SettlePaymentEvent { event: event.into() };
            Job::run(&job, &context).await.unwrap();
        }
    }

    /// As the worker does it every hour, and after each change.
    pub async fn limits_applied(&self) {
        let context = self.context();
        let job = ApplyLimits {
            tenant: self.org.tenant().id,
        };
        Job::run(&job, &context).await.unwrap();
    }

    /// Somebody at the provider, by hand.
    pub async fn delete_customer(&self) {
        let answer = reqwest::Client::builder()
            .build()
            .unwrap()
            .delete(format!("{}/v1/customers/{}", self.sandbox.url(), self.customer()))
            .bearer_auth(TOKEN)
            .header("polar-version", "2026-10")
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// How many projects and people are paused.
    pub async fn paused(&self) -> (i64, i64) {
        (
            self.database.count("projects where paused_at is not null").await,
            self.database.count("tenant_members where paused_at is not null").await,
        )
    }

    fn context(&self) -> JobContext {
        JobContext {
            platform: self.database.platform(),
            deps: self.deps.clone(),
            mailer: Arc::new(NoMail),
            base_url: "https://plinth.example".into(),
        }
    }

    pub async fn overview(&self) -> Overview {
        overview(&self.org, &self.deps).await.unwrap()
    }

    /// Nothing is answered from now on.
    pub fn break_down(&self) {
        self.sandbox.control().set_faults(Faults {
            failing_status: Some(503),
            ..Faults::default()
        });
    }

    /// Every answer takes so long that whoever asks meanwhile is there before it.
    pub fn slow_down(&self) {
        self.sandbox.control().set_faults(Faults {
            latency_milliseconds: 150,
            ..Faults::default()
        });
    }

    pub fn repair(&self) {
        self.sandbox.control().set_faults(Faults::default());
    }

    /// The one customer that the provider knows.
    pub fn customer(&self) -> Uuid {
        let customers = self.sandbox.control().customers();
        assert_eq!(customers.len(), 1, "{customers:?}");
        customers[0]["id"].as_str().unwrap().parse().unwrap()
    }

    /// The subscription as the provider has it.
    pub fn at_the_provider(&self) -> Value {
        let subscriptions = self.sandbox.control().subscriptions();
        assert_eq!(subscriptions.len(), 1, "{subscriptions:?}");
        subscriptions[0].clone()
    }

    pub async fn audited(&self, action: &str) -> i64 {
        self.database
            .count(&format!("audit_log where action = '{action}'"))
            .await
    }
}

pub fn wanted(plan: &str, interval: BillingInterval, seats: u32) -> Wanted {
    Wanted {
        plan: plan.to_owned(),
        interval,
        seats,
    }
}

pub fn ways() -> Ways {
    Ways {
        success: format!("https://plinth.example/o/acme/settings/billing/return?checkout_id={CHECKOUT_ID}"),
        back: "https://plinth.example/o/acme/settings/billing/plans".to_owned(),
    }
}
