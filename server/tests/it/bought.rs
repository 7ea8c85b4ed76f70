//! An organization that has bought a plan, of a payment provider that answers: what is asked of its bills could really be done.

use std::{net::SocketAddr, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use contract::billing::BillingInterval;
use domain::{
    actor::OrgActor,
    billing::{
        catalogue::publish::{Publication, publish},
        provider::{NewCustomer, PaymentProvider, Person},
    },
    clock::Clock,
    jobs::{Job, JobContext, settle_payment_event::SettlePaymentEvent},
    testing::TestClock,
};
use sandbox::{Options, Sandbox, Webhook};
use server::{
    config::{PolarAccount, PolarServer},
    mail::mailbox::Mailbox,
    payments::client,
};
use sqlx::AssertSqlSafe;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::{
    functions::Function,
    harness::{Answer, BASE_URL, Browser, Product, Setup},
    webhooks::SECRET,
    work::Work,
};

const TOKEN: &str = "polar_oat_of_the_tests";

pub struct Bought {
    pub product: Product,
    /// On the business plan, by the month, with three seats.
    pub acme: OrgActor,
    pub owner: Browser,
    _provider: Sandbox,
}

/// The provider's clock stands still where the tests' own does.
#[derive(Debug, Default)]
struct Still(TestClock);

impl sandbox::Clock for Still {
    fn now(&self) -> DateTime<Utc> {
        Clock::now(&self.0)
    }
}

impl Bought {
    pub async fn new() -> Self {
        let here = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let sandbox = Sandbox::start(Options {
            clock: Arc::new(Still::default()),
            webhook: Some(Webhook {
                url: format!("http://{}/webhooks/polar", here.local_addr().unwrap()),
                secret: SECRET.to_owned(),
            }),
            retry_scale: 0.0,
            ..Options::new(TOKEN)
        })
        .await
        .unwrap();
        let account = PolarAccount {
            server: PolarServer::At(sandbox.url().parse().unwrap()),
            token: TOKEN.to_owned(),
            webhook_secrets: vec![SECRET.to_owned()],
        };
        let payments: Arc<dyn PaymentProvider> = Arc::new(client(&account).unwrap());
        let product = Product::with(Setup {
            payments: Some(payments),
            ..Setup::default()
        })
        .await;
        product.listen(here);
        let published = publish(&product.database.platform(), &product.deps).await.unwrap();
        assert!(matches!(published, Publication::Done(_)), "{published:?}");
        let (acme, owner) = product.owner("ann", "acme").await;
        buy(&product, &acme, &sandbox).await;
        Self {
            product,
            acme,
            owner,
            _provider: sandbox,
        }
    }

    /// Calls it with what there is: of bills, with those of this organization in the place of nothing in particular.
    pub async fn call(&self, function: &Function, browser: &mut Browser, work: &Work) -> Answer {
        if !function.is_about_bills() {
            return function.call(browser, work, &work.slug).await;
        }
        let known = [
            ("version", self.one("(extract(epoch from modified_at) * 1000000)::bigint::text from billing_tenant_subscriptions where is_current").await),
            ("invoice", self.one("provider_order_id from billing_invoices").await),
            ("checkout", self.one("provider_checkout_id from billing_checkouts").await),
        ];
        let instead: Vec<_> = known
            .iter()
            .map(|(name, value)| (*name, &**value))
            .filter(|(name, _)| function.asks_for(name))
            .collect();
        function.call_instead(browser, work, &instead).await
    }

    async fn one(&self, what: &str) -> String {
        sqlx::query_scalar(AssertSqlSafe(format!("select {what} limit 1")))
            .fetch_one(self.product.database.owner())
            .await
            .unwrap()
    }
}

/// At the provider, as if it had been paid for by the page of a while ago; what is told of it is taken in.
async fn buy(product: &Product, acme: &OrgActor, sandbox: &Sandbox) {
    let (deps, tenant) = (&product.deps, acme.tenant().id);
    let customer = deps
        .payments
        .ensure_customer(NewCustomer {
            tenant,
            name: "Acme".to_owned(),
            owner: Person {
                user: acme.user().id(),
                email: "ann@example.test".to_owned(),
                name: "Ann".to_owned(),
            },
        })
        .await
        .unwrap();
    let business: String = sqlx::query_scalar(
        "select provider_product_id from plan_prices where plan_key = 'business' and billing_interval = $1",
    )
    .bind(BillingInterval::Month.key())
    .fetch_one(product.database.owner())
    .await
    .unwrap();
    let whose = serde_json::Map::from_iter([("tenant_id".to_owned(), tenant.to_string().into())]);
    let (customer, business) = (Uuid::parse_str(customer.as_str()), Uuid::parse_str(&business));
    sandbox
        .control()
        .subscribe(
            customer.unwrap(),
            business.unwrap(),
            Some(3),
            &whose,
            deps.now() - TimeDelta::days(3),
        )
        .unwrap();
    sandbox.control().wait_idle().await;
    settle(product).await;
    sqlx::query(
        "insert into billing_checkouts (tenant_id, id, plan_key, billing_interval, seats, provider_checkout_id, status, created_by, \
         created_at, expires_at) values ($1, gen_random_uuid(), 'business', 'month', 3, 'paid-a-while-ago', 'succeeded', $2, $3, $3)",
    )
    .bind(tenant.0)
    .bind(acme.user().id().0)
    .bind(deps.now() - TimeDelta::days(3))
    .execute(product.database.owner())
    .await
    .unwrap();
    let bought = "billing_tenant_subscriptions where is_current and plan_key = 'business' and seats = 3";
    assert_eq!(product.database.count(bought).await, 1);
    assert_eq!(product.database.count("billing_invoices where paid").await, 1);
}

/// Everything that the provider has told.
pub async fn settle(product: &Product) {
    let folder = tempfile::tempdir().unwrap();
    let mailbox = Mailbox::open(folder.path(), product.deps.clock.clone(), product.deps.random.clone());
    let context = JobContext {
        platform: product.database.platform(),
        deps: product.deps.clone(),
        mailer: Arc::new(mailbox.unwrap()),
        base_url: BASE_URL.into(),
    };
    let waiting: Vec<Uuid> =
        sqlx::query_scalar("select id from billing_payment_events where status = 'received' order by received_at, id")
            .fetch_all(product.database.owner())
            .await
            .unwrap();
    for event in waiting {
        let job = SettlePaymentEvent { event: event.into() };
        Job::run(&job, &context).await.unwrap();
    }
}
