//! The bar of a visit: on every page there is, whatever has become of it, with a way out that works from there.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    body::Body,
    http::{HeaderValue, Method, header},
};
use chrono::{DateTime, Utc};
use contract::{Error, maintenance::MaintenanceLevel, staff::StaffRole};
use domain::{
    clock::Clock,
    maintenance::{Scope, testing::close},
    testing::{TestClock, staff},
};
use futures::stream;

use super::visits::{Looking, STOP, VISIT, visitor};
use crate::{
    harness::{Answer, Browser, Product},
    work::Work,
};

const SIGN_IN: &str = "/api/app/auth/sign_in/sign_in";
const LEAVE: &str = "/api/app/platform/support/leave_support/leave_support";

impl Looking {
    /// What the bar says of ann's organization inside of it, and everywhere else.
    const fn said(self) -> [&'static str; 2] {
        match self {
            Self::Visit => ["You see acme as ann", "You are visiting acme as ann"],
            Self::Support => ["You are in acme, let in by ann", "You are still in acme, let in by ann"],
        }
    }

    /// Presses Stop in the bar of a page.
    async fn stop(self, browser: &mut Browser, from: &str) -> Answer {
        let page = browser.get(from).await.body;
        let (_, bar) = page.split_once("class=\"visit-bar\"").unwrap();
        let (action, fields) = match self {
            Self::Visit => (STOP, vec![]),
            Self::Support => {
                let (_, field) = bar.split_once("name=\"session\" value=\"").unwrap();
                (LEAVE, vec![("session", field.split('"').next().unwrap())])
            }
        };
        assert!(
            bar.contains(&format!("<form method=\"post\" action=\"{action}\"")),
            "{bar}"
        );
        browser.post_form(from, action, &fields).await
    }
}

/// Whatever page there is, and whatever has become of it.
fn assert_bar(looking: Looking, path: &str, answer: &Answer) {
    let inside = path == "/o/acme" || path.starts_with("/o/acme/");
    let [here, elsewhere] = looking.said();
    let said = if inside { here } else { elsewhere };
    assert!(answer.body.contains("visit-bar-stop"), "{path}: {answer:?}");
    assert!(answer.body.contains(said), "{path}: {answer:?}");
    let back = "href=\"/o/acme/projects\" class=\"visit-bar-link\"";
    assert_eq!(answer.body.contains(back), !inside, "{path}: {answer:?}");
}

#[tokio::test]
async fn the_bar_is_on_every_page_there_is() {
    for looking in [Looking::Visit, Looking::Support] {
        let product = Product::new().await;
        let (acme, _) = product.owner("ann", "acme").await;
        product.owner("bob", "harbour").await;
        let work = Work::of(&product, &acme).await;
        let mut sue = looking.begin(&product, &acme).await;
        // In any tab, and on any node.
        let mut there = product.at_another_node();
        there.cookies.clone_from(&sue.cookies);
        let mut shown = 0;
        for route in server::http::page_routes() {
            let path = work.page(route.path());
            let answer = there.get(&path).await;
            if !answer.status.is_redirection() {
                assert_bar(looking, &path, &answer);
                shown += 1;
            }
        }
        assert!(shown > 80, "{shown}");
        for path in [
            "/nowhere",
            "/o/harbour/projects",
            "/o/acme/nowhere",
            "/platform/nowhere",
        ] {
            let answer = sue.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert_bar(looking, path, &answer);
        }
        let public = sue.get("/pricing").await;
        assert_eq!(public.header("cache-control"), Some("private, no-store"));
        // What a browser has left of a visit is in no page that is kept for others.
        let mut stranger = product.browser();
        stranger.cookies.insert(VISIT.to_owned(), sue.cookies[VISIT].clone());
        let public = stranger.get("/pricing").await;
        assert_eq!(public.header("cache-control"), Some("private, no-store"));
        assert!(!public.body.contains("visit-bar"), "{}", public.body);
    }
}

#[tokio::test]
async fn the_bar_stands_over_what_fails_and_what_is_closed_as_well() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let mut sue = visitor(&product, "sue", &acme).await;
    // Within its frame, and where not even the frame can be drawn.
    for table in ["projects", "iam_role_permissions"] {
        let rename = |from: &str, to: &str| format!("alter table {from} rename to {to}");
        let away = sqlx::AssertSqlSafe(rename(table, "away"));
        sqlx::raw_sql(away).execute(product.database.owner()).await.unwrap();
        let answer = sue.get("/o/acme/projects").await;
        assert!(answer.status.is_server_error(), "{table}: {answer:?}");
        assert_bar(Looking::Visit, "/o/acme/projects", &answer);
        let back = sqlx::AssertSqlSafe(rename("away", table));
        sqlx::raw_sql(back).execute(product.database.owner()).await.unwrap();
    }
    for status in ["suspended", "deactivated", "deleting"] {
        sqlx::query("update tenants set status = $1, purge_after = case $1 when 'deleting' then now() + '7 days' end where slug = 'acme'")
            .bind(status)
            .execute(product.database.owner())
            .await
            .unwrap();
        assert_bar(Looking::Visit, "/o/acme/projects", &sue.get("/o/acme/projects").await);
    }
    sqlx::query("update tenants set status = 'active', purge_after = null where slug = 'acme'")
        .execute(product.database.owner())
        .await
        .unwrap();
    let tom = staff(&product.database, &product.deps, "tom", StaffRole::Superadmin).await;
    let closed = MaintenanceLevel::Closed;
    close(&tom, &product.deps, Scope::Organization(acme.tenant().id), closed).await;
    assert_eq!(ann.get("/o/acme/projects").await.status, 503);
    for path in ["/o/acme/projects", "/o/acme/settings/billing", "/platform", "/"] {
        assert_bar(Looking::Visit, path, &sue.get(path).await);
    }
}

/// Tells the time once, for the name of the request, and falls.
#[derive(Debug, Default)]
struct FallingClock {
    told: AtomicBool,
    time: TestClock,
}

impl Clock for FallingClock {
    fn now(&self) -> DateTime<Utc> {
        assert!(!self.told.swap(true, Ordering::Relaxed), "the clock has fallen");
        self.time.now()
    }
}

/// For what no page is drawn: it is answered by a document that was drawn before.
#[derive(Debug, Clone, Copy)]
enum Fault {
    Panic,
    Timeout,
    TooLarge,
    FromElsewhere,
}

impl Fault {
    const ALL: [Self; 4] = [Self::Panic, Self::Timeout, Self::TooLarge, Self::FromElsewhere];

    const fn status(self) -> u16 {
        match self {
            Self::Panic => 500,
            Self::Timeout => 503,
            Self::TooLarge => 413,
            Self::FromElsewhere => 403,
        }
    }

    /// What a form is answered with that meets it.
    async fn meet(self, product: &Product, cookies: &BTreeMap<String, String>) -> Answer {
        let mut browser = product.at_a_node(|state| match self {
            Self::Panic => state.deps.clock = Arc::new(FallingClock::default()),
            Self::Timeout => state.patience = Duration::from_millis(50),
            Self::TooLarge | Self::FromElsewhere => {}
        });
        browser.cookies.clone_from(cookies);
        let mut request = browser.request(&Method::POST, SIGN_IN, "text/html");
        let body = match self {
            Self::Panic => Body::empty(),
            Self::Timeout => Body::from_stream(stream::pending::<Result<Vec<u8>, std::io::Error>>()),
            Self::TooLarge => Body::from("x".repeat(1024 * 1024 + 1)),
            Self::FromElsewhere => {
                let headers = request.headers_mut().unwrap();
                headers.insert(header::ORIGIN, HeaderValue::from_static("https://elsewhere.test"));
                headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
                Body::empty()
            }
        };
        browser.send(request, body).await
    }
}

/// Nobody could be asked what the browser is on: it is told so, once, with a Stop that is a plain form, and kept nowhere.
fn assert_way_out(answer: &Answer) {
    assert_eq!(answer.body.matches("class=\"visit-bar\"").count(), 1, "{answer:?}");
    let (_, bar) = answer.body.split_once("class=\"visit-bar\"").unwrap();
    assert!(bar.contains("You may still be on a visit"), "{bar}");
    assert!(
        bar.contains(&format!("<form method=\"post\" action=\"{STOP}\"")),
        "{bar}"
    );
    assert_eq!(answer.header("cache-control"), Some("private, no-store"), "{answer:?}");
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("form-action 'self'"), "{policy}");
}

#[tokio::test]
async fn what_falls_has_the_way_out_for_who_may_be_on_a_visit_and_for_nobody_else() {
    let product = Product::new().await;
    let (acme, ann) = product.owner("ann", "acme").await;
    let mut sue = visitor(&product, "sue", &acme).await;
    for fault in Fault::ALL {
        let answer = fault.meet(&product, &sue.cookies).await;
        assert_eq!(answer.status, fault.status(), "{answer:?}");
        assert_way_out(&answer);
        for cookies in [&ann.cookies, &BTreeMap::new()] {
            let answer = fault.meet(&product, cookies).await;
            assert_eq!(answer.status, fault.status(), "{answer:?}");
            assert!(answer.body.contains("<h1"), "{fault:?}: {answer:?}");
            assert!(!answer.body.contains("visit-bar"), "{fault:?}: {answer:?}");
        }
    }
    // Programs are told as before.
    let request = sue.request(&Method::POST, SIGN_IN, "application/json");
    let answer = sue.send(request, "x".repeat(1024 * 1024 + 1)).await;
    assert_eq!(answer.error(), Error::Invalid(Vec::new()));
}

#[tokio::test]
async fn what_is_not_on_record_and_an_outage_have_the_way_out_as_well() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let mut sue = visitor(&product, "sue", &acme).await;
    let owner = product.database.owner();
    sqlx::raw_sql("alter table audit_log rename to away")
        .execute(owner)
        .await
        .unwrap();
    let answer = sue.get("/o/acme/projects").await;
    assert!(answer.status.is_server_error(), "{answer:?}");
    assert_way_out(&answer);
    sqlx::raw_sql("alter table away rename to audit_log")
        .execute(owner)
        .await
        .unwrap();
    assert_bar(Looking::Visit, "/o/acme/projects", &sue.get("/o/acme/projects").await);
    product.deps.database.close().await;
    for path in ["/o/acme/projects", "/platform", "/report"] {
        assert_way_out(&sue.get(path).await);
    }
    assert!(!product.browser().get("/report").await.body.contains("visit-bar"));
}

#[tokio::test]
async fn the_way_out_of_a_page_that_cannot_tell_knows_what_to_leave() {
    for (looking, open, to) in [
        (
            Looking::Visit,
            "platform_impersonation_sessions where ended_at is null",
            "/platform/visits/",
        ),
        (
            Looking::Support,
            "support_sessions where state = 'active'",
            "/platform/support/",
        ),
    ] {
        let product = Product::new().await;
        let (acme, _) = product.owner("ann", "acme").await;
        let mut sue = looking.begin(&product, &acme).await;
        assert_eq!(product.database.count(open).await, 1, "{open}");
        let left = sue.post_form("/o/acme/projects", STOP, &[]).await;
        let led = left.location().unwrap_or_default().to_owned();
        assert!(led.starts_with(to), "{left:?}");
        assert!(!sue.cookies.contains_key(VISIT), "{left:?}");
        assert_eq!(product.database.count(open).await, 0, "{open}");
        assert_eq!(sue.get(&led).await.status, 200);
        assert_eq!(sue.get("/o/acme/projects").await.status, 404);
    }
}

#[tokio::test]
async fn a_visit_is_stopped_from_wherever_one_is() {
    for looking in [Looking::Visit, Looking::Support] {
        for path in [
            "/account/profile",
            "/platform",
            "/",
            "/report",
            "/nowhere",
            "/o/harbour/projects",
        ] {
            let product = Product::new().await;
            let (acme, mut ann) = product.owner("ann", "acme").await;
            product.owner("bob", "harbour").await;
            let mut sue = looking.begin(&product, &acme).await;
            let left = looking.stop(&mut sue, path).await;
            let to = left.location().unwrap_or_default().to_owned();
            assert!(to.starts_with("/platform/"), "{path}: {left:?}");
            assert!(!sue.cookies.contains_key(VISIT), "{path}");
            for page in [to.as_str(), path] {
                assert!(!sue.get(page).await.body.contains("visit-bar"), "{page}");
            }
            assert_eq!(sue.get("/o/acme/projects").await.status, 404, "{path}");
            assert!(!ann.get(path).await.body.contains("visit-bar"), "{path}");
        }
    }
}
