//! Whoever takes the money, asked over the wire: what is for sale there, and the sandbox of a developer's machine.

use std::{net::SocketAddr, path::Path, sync::Arc};

use chrono::TimeDelta;
use contract::{billing::BillingInterval, error::Check, staff::StaffRole};
use domain::{
    Deps,
    billing::{
        catalogue::{
            compare::{Comparison, Difference, compare},
            publish::{Publication, Published, publish},
        },
        editor::{PlanEdit, list::catalogue, save::save},
        provider::{NewCustomer, Person, ProviderError},
    },
    clock::Clock,
    testing::{TestDatabase, deps, staff},
};
use sandbox::Sandbox;
use server::{
    clock::MovableClock,
    config::{Config, PolarAccount, PolarServer},
    payments::{Asker, Payments, client},
};
use sqlx::AssertSqlSafe;
use tokio::net::TcpListener;

use crate::harness::{Product, Setup};

const TOKEN: &str = "polar_oat_of_the_tests";

async fn sandbox() -> Sandbox {
    Sandbox::start(sandbox::Options::new(TOKEN)).await.unwrap()
}

fn asking(database: &TestDatabase, sandbox: &Sandbox, token: &str) -> Deps {
    let account = PolarAccount {
        server: PolarServer::At(sandbox.url().parse().unwrap()),
        token: token.to_owned(),
        webhook_secrets: vec!["whsec_of_the_tests".to_owned()],
    };
    Deps {
        payments: Arc::new(client(&account).unwrap()),
        ..deps(database)
    }
}

async fn run(database: &TestDatabase, statement: &str) {
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .execute(database.owner())
        .await
        .unwrap();
}

fn done(kept: u32, assigned: u32) -> Publication {
    Publication::Done(Published { kept, assigned })
}

#[tokio::test]
async fn what_is_for_sale_is_published_once_and_found_again() {
    let (database, polar) = (TestDatabase::new().await, sandbox().await);
    let (platform, deps) = (database.platform(), asking(&database, &polar, TOKEN));
    let nothing_yet = compare(&platform, &deps).await.unwrap();
    assert!(matches!(nothing_yet, Comparison::Differs(differences) if differences.len() == 6));

    assert_eq!(publish(&platform, &deps).await.unwrap(), done(0, 6));
    assert_eq!(compare(&platform, &deps).await.unwrap(), Comparison::Same { prices: 6 });
    assert_eq!(publish(&platform, &deps).await.unwrap(), done(6, 0));

    // A database that was set up anew finds what is there.
    run(&database, "update plan_prices set provider_product_id = null").await;
    assert_eq!(publish(&platform, &deps).await.unwrap(), done(0, 6));
    assert_eq!(polar.control().products().len(), 6);

    // A provider that has forgotten everything, as a sandbox whose data was deleted, is given it again.
    let forgetful = sandbox().await;
    let deps = asking(&database, &forgetful, TOKEN);
    assert_eq!(publish(&platform, &deps).await.unwrap(), done(0, 6));
    assert_eq!(compare(&platform, &deps).await.unwrap(), Comparison::Same { prices: 6 });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_publish_at_once_make_one_product_for_each_price() {
    let (database, polar) = (TestDatabase::new().await, sandbox().await);
    let nodes = (0..6).map(|_| {
        let (platform, deps) = (database.platform(), asking(&database, &polar, TOKEN));
        tokio::spawn(async move { publish(&platform, &deps).await.unwrap() })
    });
    for node in nodes.collect::<Vec<_>>() {
        assert!(matches!(node.await.unwrap(), Publication::Done(_)));
    }
    assert_eq!(polar.control().products().len(), 6);
}

#[tokio::test]
async fn another_price_at_the_provider_is_named_and_never_sold_silently() {
    let (database, polar) = (TestDatabase::new().await, sandbox().await);
    let (platform, deps) = (database.platform(), asking(&database, &polar, TOKEN));
    publish(&platform, &deps).await.unwrap();
    run(
        &database,
        "update plan_prices set seat_amount = 2100 where plan_key = 'team' and billing_interval = 'month'",
    )
    .await;
    let compared = compare(&platform, &deps).await.unwrap();
    let Comparison::Differs(differences) = compared else {
        panic!("{compared:?}")
    };
    assert!(
        matches!(&*differences, [Difference::Price { plan, ours: 2100, theirs: Some(1900), .. }] if plan == "team"),
        "{differences:?}"
    );
    // Forgotten here, it would be found there by plan and interval, at the old price.
    run(
        &database,
        "update plan_prices set provider_product_id = null where seat_amount = 2100",
    )
    .await;
    let refused = publish(&platform, &deps).await.unwrap();
    assert!(
        matches!(&refused, Publication::PriceDiffers { plan, .. } if plan == "team"),
        "{refused:?}"
    );
    assert_eq!(database.count("plan_prices where provider_product_id is null").await, 1);
}

/// What the sandbox sells of a plan by the month: the price of a seat, and whether it can be bought.
async fn monthly(deps: &Deps, plan: &str) -> Vec<(i64, bool)> {
    let mut sold: Vec<_> = deps
        .payments
        .products()
        .await
        .unwrap()
        .into_iter()
        .filter(|product| product.plan.as_deref() == Some(plan) && product.interval == Some(BillingInterval::Month))
        .map(|product| (product.seat_price.unwrap().amount, !product.archived))
        .collect();
    sold.sort_unstable();
    sold
}

#[tokio::test]
async fn a_new_price_takes_the_place_of_the_former_and_gives_it_back() {
    let (database, polar) = (TestDatabase::new().await, sandbox().await);
    let (platform, deps) = (database.platform(), asking(&database, &polar, TOKEN));
    publish(&platform, &deps).await.unwrap();
    let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
    let changed_to = async |amount, name: &str| {
        let mut plans = catalogue(&bea, &deps).await.unwrap();
        let mut team = plans.remove(plans.iter().position(|plan| plan.key == "team").unwrap());
        team.name = name.to_owned();
        for price in team
            .prices
            .iter_mut()
            .filter(|price| price.interval == BillingInterval::Month)
        {
            price.amount = amount;
        }
        let mut check = Check::default();
        let edit = PlanEdit::read(&mut check, "", team);
        save(&bea, &deps, &[check.done(edit).unwrap()]).await.unwrap();
        publish(&platform, &deps).await.unwrap()
    };
    assert_eq!(changed_to(2100, "Teams").await, done(5, 1));
    assert_eq!(monthly(&deps, "team").await, [(1900, false), (2100, true)]);
    assert_eq!(compare(&platform, &deps).await.unwrap(), Comparison::Same { prices: 6 });
    let named: Vec<_> = deps
        .payments
        .products()
        .await
        .unwrap()
        .into_iter()
        .filter(|product| product.plan.as_deref() == Some("team") && !product.archived)
        .map(|product| product.name)
        .collect();
    assert!(named.iter().all(|name| name.starts_with("Teams, ")), "{named:?}");

    // The former price is sold again, as what it was sold as: who has paid it all along is not left behind.
    assert_eq!(changed_to(1900, "Team").await, done(6, 0));
    assert_eq!(monthly(&deps, "team").await, [(1900, true), (2100, false)]);
    assert_eq!(
        database
            .count("plan_prices where plan_key = 'team' and archived_at is null")
            .await,
        2
    );
}

#[tokio::test]
async fn a_provider_that_refuses_leaves_the_catalogue_as_it_is() {
    let (database, polar) = (TestDatabase::new().await, sandbox().await);
    let platform = database.platform();
    let stranger = asking(&database, &polar, "polar_oat_of_somebody_else");
    let refused = publish(&platform, &stranger).await.unwrap();
    assert!(
        matches!(refused, Publication::Refused(ProviderError::Unauthorized(_))),
        "{refused:?}"
    );
    assert!(matches!(
        compare(&platform, &stranger).await.unwrap(),
        Comparison::Unknown(_)
    ));
    assert_eq!(
        database
            .count("plan_prices where provider_product_id is not null")
            .await,
        0
    );
}

pub fn laptop(folder: &Path) -> Config {
    let folder = folder.to_str().unwrap().to_owned();
    Config::read(&move |name| match name {
        "PLINTH_DATA_DIR" => Some(folder.clone()),
        "PLINTH_SANDBOX_ADDRESS" => Some("127.0.0.1:0".to_owned()),
        _ => None,
    })
    .unwrap()
}

pub const NOBODY: Asker = Asker::Server(SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 9));

#[tokio::test]
async fn a_laptop_has_a_sandbox_that_remembers_and_is_shared() {
    let folder = tempfile::tempdir().unwrap();
    let config = laptop(folder.path());
    let database = TestDatabase::new().await;
    let open = async |asker| Payments::open(&config, deps(&database).clock, asker).await;
    let publish = async |payments: &Payments| {
        let deps = Deps {
            payments: payments.provider.clone(),
            ..deps(&database)
        };
        publish(&database.platform(), &deps).await.unwrap()
    };

    let server = open(NOBODY).await.unwrap();
    assert_eq!(publish(&server).await, done(0, 6));
    let url = server.sandbox.as_ref().unwrap().origin().to_owned();
    assert_eq!(server.origins, std::slice::from_ref(&url));
    // Another server would write over what this one remembers; commands and workers ask this one.
    let message = format!("{:#}", open(NOBODY).await.unwrap_err());
    assert!(message.contains("PLINTH_DATA_DIR"), "{message}");
    for asker in [Asker::Command, Asker::Worker] {
        let beside = open(asker).await.unwrap();
        assert!(beside.sandbox.is_none());
        assert_eq!(
            (publish(&beside).await, &beside.origins),
            (done(6, 0), &vec![url.clone()])
        );
        beside.close().await;
    }
    server.close().await;

    // For a command alone it is there as well, with everything.
    let command = open(Asker::Command).await.unwrap();
    assert_eq!(publish(&command).await, done(6, 0));
    command.close().await;
}

#[tokio::test]
async fn production_has_no_sandbox() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap().to_owned();
    let config = Config::read(&move |name| {
        let value = match name {
            "PLINTH_ENV" => "production",
            "PLINTH_SECRET" => "0123456789abcdef0123456789abcdef",
            "PLINTH_BASE_URL" => "https://app.example",
            "DATABASE_URL" => "postgres://plinth@db.example/plinth",
            "SMTP_URL" => "smtps://user:pass@mail.example",
            "PLINTH_DATA_DIR" => &data,
            _ => return None,
        };
        Some(value.to_owned())
    })
    .unwrap();
    let database = TestDatabase::new().await;
    let payments = Payments::open(&config, deps(&database).clock, NOBODY).await.unwrap();
    assert!(payments.sandbox.is_none() && payments.origins.is_empty());
    assert_eq!(payments.provider.name(), "absent");
    assert!(!folder.path().join("sandbox").exists());
}

#[tokio::test]
async fn a_developer_finds_the_sandbox() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::new().await;
    let payments = Payments::open(&laptop(folder.path()), deps(&database).clock, NOBODY)
        .await
        .unwrap();
    let pages = payments.sandbox.clone().unwrap();
    let product = Product::with(Setup {
        dev_tools: true,
        sandbox: Some(pages.clone()),
        ..Setup::default()
    })
    .await;
    let mut browser = product.browser();
    assert!(browser.get("/dev/clock").await.body.contains(r#"href="/dev/sandbox""#));
    let led = browser.get("/dev/sandbox").await;
    assert_eq!(led.location(), Some(&*format!("{}/sandbox", pages.origin())));
    let told: serde_json::Value = serde_json::from_str(&browser.get_json("/dev/sandbox.json").await.body).unwrap();
    assert_eq!(told["url"], pages.origin());
    payments.close().await;
}

#[tokio::test]
async fn the_clock_moves_the_sandbox_along_and_waits_until_it_has_told() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let clock = Arc::new(MovableClock::open(folder.path()));
    let asker = Asker::Server(listener.local_addr().unwrap());
    let payments = Payments::open(&laptop(folder.path()), clock.clone(), asker)
        .await
        .unwrap();
    let pages = payments.sandbox.clone().unwrap();
    let product = Product::with(Setup {
        dev_tools: true,
        sandbox: Some(pages.clone()),
        payments: Some(payments.provider.clone()),
        clock: Some(clock.clone()),
        ..Setup::default()
    })
    .await;
    product.listen(listener);
    publish(&product.database.platform(), &product.deps).await.unwrap();
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let tenant = acme.tenant().id;
    let customer = payments.provider.ensure_customer(NewCustomer {
        tenant,
        name: "Acme".to_owned(),
        owner: Person {
            user: acme.user().id(),
            email: "ann@example.test".to_owned(),
            name: "Ann".to_owned(),
        },
    });
    let customer = customer.await.unwrap();
    let team = payments.provider.products().await.unwrap();
    let team = team
        .iter()
        .find(|product| product.interval == Some(BillingInterval::Month))
        .unwrap();
    let id = |id: &str| uuid::Uuid::parse_str(id).unwrap();
    let bought = clock.now() - TimeDelta::days(26);
    let whose = serde_json::Map::from_iter([("tenant_id".to_owned(), tenant.to_string().into())]);
    pages
        .control()
        .subscribe(id(customer.as_str()), id(team.id.as_str()), Some(2), &whose, bought)
        .unwrap();
    let renewals = "billing_payment_events where event_type = 'subscription.cycled'";
    let moved = ann.post_form("/dev/clock", "/dev/clock", &[("hours", "24")]).await;
    assert_eq!(moved.location(), Some("/dev/clock"));
    assert_eq!(product.database.count(renewals).await, 0, "it was not due");
    assert!(
        product.database.count("billing_payment_events").await > 0,
        "what was bought is told"
    );
    ann.post_form("/dev/clock", "/dev/clock", &[("hours", "168")]).await;
    assert_eq!(
        product.database.count(renewals).await,
        1,
        "it is told before the page is there"
    );
    payments.close().await;
}
