//! `plinth billing events|retry|reconcile|drifts`: what the operator looks up at the terminal of what the provider told, and
//! of what it has otherwise than we.

use std::{net::SocketAddr, sync::Arc};

use chrono::TimeDelta;
use contract::ids::TenantId;
use domain::{
    billing::provider::{NewCustomer, PaymentProvider, Person, polar::Polar},
    clock::Clock,
};
use sandbox::{Sandbox, Webhook};
use serde_json::{Value, json};
use server::{
    clock::MovableClock,
    config::{PolarAccount, PolarServer},
    payments::client,
};
use sqlx::AssertSqlSafe;
use tempfile::TempDir;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::{
    harness::{Product, Setup},
    terminal::{plinth, plinth_with, said},
    webhooks::{self, BODY, SECRET, signed, tell},
};

/// A customer there, who is the organization or nobody that is known here.
fn customer(tenant: impl std::fmt::Display) -> String {
    let examples: Value = serde_json::from_str(include_str!("../../../oracles/polar/webhooks.json")).unwrap();
    let mut example = examples["customer.created"].clone();
    example["data"]["external_id"] = tenant.to_string().into();
    example["data"]["email"] = "payer@example.test".into();
    example.to_string()
}

fn id_in(line: &str) -> &str {
    line.split("  ").nth(1).unwrap()
}

#[tokio::test]
async fn what_was_told_is_listed_the_newest_first_with_what_became_of_it() {
    let product = webhooks::product().await;
    let none = plinth(&product, &["billing", "events"]);
    assert!(none.status.success() && said(&none).contains("no events"), "{none:?}");

    let (acme, _) = product.owner("ann", "acme").await;
    let acme = acme.tenant().id;
    let odd = json!({ "type": "order.paid", "timestamp": "2026-03-02T09:00:00Z", "data": {} }).to_string();
    let other = BODY.replace("benefit", "discount");
    for (id, body) in [
        ("nothing", BODY),
        ("nothing", &other),
        ("odd", &odd),
        ("acme", &customer(acme)),
        ("nobody", &customer(Uuid::nil())),
    ] {
        assert_eq!(tell(&product, signed(&product, id, body, 0, SECRET), body).await, 202);
        product.clock.advance(TimeDelta::minutes(1));
    }
    product.do_jobs().await;

    let listed = plinth(&product, &["billing", "events"]);
    let text = said(&listed);
    assert!(
        listed.status.success() && !text.contains("payer@example.test"),
        "{text}"
    );
    let lines: Vec<&str> = text.lines().collect();
    let about = acme.to_string();
    for (line, parts) in lines.iter().zip([
        &[
            "09:04:00Z",
            "received",
            "customer.created",
            "nobody's",
            "attempts 1",
            "is not there",
        ][..],
        &["09:03:00Z", "processed", "customer.created", &about, "attempts 1"],
        &[
            "09:02:00Z",
            "failed",
            "order.paid",
            "nobody's",
            "attempts 1",
            "is not understood",
        ],
        &[
            "09:00:00Z",
            "ignored",
            "benefit.created",
            "nothing follows",
            "ANOTHER MESSAGE",
        ],
    ]) {
        for part in parts {
            assert!(line.contains(part), "{part} in {line}");
        }
    }
    assert_eq!((lines.len(), text.matches("ANOTHER MESSAGE").count()), (4, 1), "{text}");

    for (line, status) in lines.iter().zip(["received", "processed", "failed", "ignored"]) {
        let only = said(&plinth(&product, &["billing", "events", "--status", status]));
        assert_eq!(only.trim_end(), *line, "{status}");
    }
    let newest = said(&plinth(&product, &["billing", "events", "--limit", "2"]));
    assert_eq!(newest.lines().collect::<Vec<_>>(), lines[..2]);
    let unknown = plinth(&product, &["billing", "events", "--status", "lost"]);
    assert!(
        !unknown.status.success() && said(&unknown).contains("no status lost"),
        "{unknown:?}"
    );
}

#[tokio::test]
async fn what_was_given_up_is_tried_again_and_what_was_settled_is_not() {
    let product = webhooks::product().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let acme = acme.tenant().id;
    for (id, body) in [("odd", "{"), ("acme", &customer(acme))] {
        assert_eq!(tell(&product, signed(&product, id, body, 0, SECRET), body).await, 202);
    }
    product.do_jobs().await;
    let of_status = |status: &str| said(&plinth(&product, &["billing", "events", "--status", status]));
    let (failed, processed) = (of_status("failed"), of_status("processed"));
    let retry = |id: &str| plinth(&product, &["billing", "retry", id]);

    let queued = retry(id_in(&failed));
    assert!(
        queued.status.success() && said(&queued).contains("queued"),
        "{queued:?}"
    );
    assert!(
        of_status("received").contains("attempts 0"),
        "{}",
        of_status("received")
    );
    // Its content was mended, as after a release that understands it.
    let mended = "update billing_payment_events set payload = $1 where message_id = 'odd'";
    sqlx::query(mended)
        .bind(BODY.as_bytes())
        .execute(product.database.owner())
        .await
        .unwrap();
    product.do_jobs().await;
    let ignored = of_status("ignored");
    assert_eq!(id_in(&ignored), id_in(&failed));
    assert!(ignored.contains("attempts 1"), "{ignored}");

    let settled = retry(id_in(&processed));
    assert!(
        settled.status.success() && said(&settled).contains("settled before"),
        "{settled:?}"
    );
    assert_eq!(of_status("processed"), processed);
    let unknown = retry(&Uuid::nil().to_string());
    assert!(
        !unknown.status.success() && said(&unknown).contains("there is no event"),
        "{unknown:?}"
    );
    assert!(!retry("the-last-one").status.success());
}

/// A product whose provider is a sandbox that tells it what happens there.
struct Told {
    product: Product,
    sandbox: Sandbox,
    polar: Arc<Polar>,
    clock: Arc<MovableClock>,
    _folder: TempDir,
}

const TOKEN: &str = "polar_oat_of_the_books";

async fn told() -> Told {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let sandbox = Sandbox::start(sandbox::Options {
        webhook: Some(Webhook {
            url: format!("http://{}/webhooks/polar", listener.local_addr().unwrap()),
            secret: SECRET.to_owned(),
        }),
        retry_scale: 0.01,
        ..sandbox::Options::new(TOKEN)
    })
    .await
    .unwrap();
    let account = PolarAccount {
        server: PolarServer::At(sandbox.url().parse().unwrap()),
        token: TOKEN.to_owned(),
        webhook_secrets: vec![SECRET.to_owned()],
    };
    let polar = Arc::new(client(&account).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(MovableClock::open(folder.path()));
    let product = Product::with(Setup {
        payments: Some(polar.clone()),
        clock: Some(clock.clone()),
        ..Setup::default()
    })
    .await;
    product.listen(listener);
    Told {
        product,
        sandbox,
        polar,
        clock,
        _folder: folder,
    }
}

impl Told {
    fn plinth(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let settings = [
            ("POLAR_ACCESS_TOKEN", TOKEN),
            ("POLAR_WEBHOOK_SECRET", SECRET),
            ("POLAR_SERVER", self.sandbox.url()),
        ];
        let output = plinth_with(&self.product, &settings, arguments);
        (output.status.code(), said(&output))
    }

    /// Two seats of the first plan, at the provider; what it tells about them is settled.
    async fn buy(&self, tenant: TenantId, owner: contract::ids::UserId) {
        let customer = self.polar.ensure_customer(NewCustomer {
            tenant,
            name: "Acme".to_owned(),
            owner: Person {
                user: owner,
                email: "ann@example.test".to_owned(),
                name: "Ann".to_owned(),
            },
        });
        let customer = customer.await.unwrap();
        let products = self.polar.products().await.unwrap();
        let id = |id: &str| Uuid::parse_str(id).unwrap();
        let whose = serde_json::Map::from_iter([("tenant_id".to_owned(), tenant.to_string().into())]);
        let control = self.sandbox.control();
        control
            .subscribe(
                id(customer.as_str()),
                id(products[0].id.as_str()),
                Some(2),
                &whose,
                self.clock.now() - TimeDelta::hours(1),
            )
            .unwrap();
        control.wait_idle().await;
        self.product.do_jobs().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_ours_and_the_providers_differ_is_named_and_changed_nowhere() {
    let told = told().await;
    let (code, text) = told.plinth(&["billing", "publish"]);
    assert!(code == Some(0) && text.contains("6 are new"), "{text}");
    let (acme, _) = told.product.owner("ann", "acme").await;
    told.product.owner("bob", "never-near-paying").await;
    let tenant = acme.tenant().id;
    told.buy(tenant, acme.user().id()).await;
    assert_eq!(
        told.plinth(&["billing", "reconcile"]),
        (Some(0), "1 compared, 0 of them differ\n".to_owned())
    );
    let nothing = (Some(0), "nothing differs that is known of\n".to_owned());
    assert_eq!(told.plinth(&["billing", "drifts"]), nothing);

    let theirs = told.sandbox.control().state();
    let reprice = async |by: i32| {
        sqlx::query(AssertSqlSafe(format!(
            "update plan_prices set seat_amount = seat_amount + {by}"
        )))
        .execute(told.product.database.owner())
        .await
        .unwrap();
    };
    reprice(100).await;
    for arguments in [&["billing", "reconcile", "acme"][..], &["billing", "reconcile"]] {
        let expected = format!("{tenant}  price_mismatch\n1 compared, 1 of them differ\n");
        assert_eq!(told.plinth(arguments), (Some(1), expected), "{arguments:?}");
    }
    let (code, text) = told.plinth(&["billing", "drifts"]);
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        code == Some(0)
            && matches!(&*lines, [only] if only.contains("  price_mismatch  ") && only.contains("  acme  expected ")),
        "found twice, it is one: {text}"
    );
    reprice(-100).await;
    assert_eq!(told.plinth(&["billing", "reconcile", "acme"]).0, Some(0));
    assert_eq!(told.plinth(&["billing", "drifts"]), nothing);
    assert_eq!(told.sandbox.control().state(), theirs, "it only reads there");

    let (code, text) = told.plinth(&["billing", "reconcile", "nowhere"]);
    assert!(
        code == Some(1) && text.contains("no organization at /o/nowhere"),
        "{text}"
    );
    let (code, text) = told.plinth(&["billing", "reconcile", "never-near-paying"]);
    assert_eq!((code, &*text), (Some(0), "0 compared, 0 of them differ\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_does_not_answer_is_a_difference_until_it_does() {
    let told = told().await;
    told.plinth(&["billing", "publish"]);
    let (acme, _) = told.product.owner("ann", "acme").await;
    told.buy(acme.tenant().id, acme.user().id()).await;
    let control = told.sandbox.control();
    control.set_faults(sandbox::Faults {
        failing_status: Some(503),
        ..sandbox::Faults::default()
    });
    let (code, text) = told.plinth(&["billing", "reconcile"]);
    assert!(
        code == Some(1) && text.contains("1 compared, 1 of them differ"),
        "{text}"
    );
    assert!(told.plinth(&["billing", "drifts"]).1.contains("  provider_outage  "));
    control.set_faults(sandbox::Faults::default());
    assert_eq!(told.plinth(&["billing", "reconcile"]).0, Some(0));
    assert!(told.plinth(&["billing", "drifts"]).1.contains("nothing differs"));
}
