//! What is told to whoever watches over the house: what was counted, how far the work is behind, and nothing of anybody's.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use domain::{
    database::PlatformDatabase,
    metrics::Pools,
    testing::{PASSWORD, documented_part},
};
use tower::ServiceExt;

use crate::{
    harness::Product,
    links::mailed,
    webhooks::{self, BODY, SECRET, signed, tell},
};

async fn told(router: &Router) -> String {
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

/// The value of a series; nothing where it was never counted.
fn value(told: &str, series: &str) -> Option<f64> {
    let line = told
        .lines()
        .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '))?;
    Some(line.parse().unwrap())
}

fn router(product: &Product, handle: metrics_exporter_prometheus::PrometheusHandle) -> Router {
    let platform = product.database.platform();
    let pools = Pools {
        platform: platform.clone(),
        worker: platform.clone(),
        listener: platform,
    };
    server::metrics::router(handle, pools, product.deps.clone())
}

#[tokio::test]
async fn what_happened_is_counted_and_what_waits_is_told() {
    let handle = server::metrics::count().unwrap();
    let product = webhooks::product().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    assert_eq!(ann.get("/o/acme/projects").await.status, 200);
    let mut stranger = product.browser();
    let wrong = [("email", "ann@example.test"), ("password", "not the one she has")];
    stranger.post("/api/app/auth/sign_in/sign_in", &wrong).await;
    let nothing = [
        ("token", "nothing-of-ours"),
        ("password", "a wholly different phrase 7"),
    ];
    for function in ["redeem_magic_link", "reset_password"] {
        stranger
            .post(&format!("/api/app/auth/{function}/{function}"), &nothing)
            .await;
    }
    let right = [("email", "ann@example.test"), ("password", PASSWORD)];
    stranger.post("/api/app/auth/sign_in/sign_in", &right).await;
    for code in ["123456", "abcd-efgh-2345-zzzz"] {
        let typed = [("code", code)];
        ann.post("/api/app/auth/prove_second_factor/prove_second_factor", &typed)
            .await;
    }
    stranger.get("/pricing").await;
    stranger.get("/nowhere-at-all").await;
    let message = |seconds| signed(&product, "one", BODY, seconds, SECRET);
    tell(&product, message(0), BODY).await;
    tell(&product, message(0), BODY).await;
    tell(&product, message(3600), BODY).await;
    let router = router(&product, handle);
    let before = told(&router).await;
    for (series, expected) in [
        (
            r#"http_requests_total{method="GET",route="/pricing",status="200"}"#,
            1.0,
        ),
        (
            r#"http_requests_total{method="GET",route="/o/{org}/projects",status="200"}"#,
            1.0,
        ),
        (
            r#"http_requests_total{method="GET",route="unmatched",status="404"}"#,
            1.0,
        ),
        (r#"sign_ins_total{method="password",outcome="failed"}"#, 1.0),
        (r#"sign_ins_total{method="password",outcome="succeeded"}"#, 1.0),
        (r#"second_factors_total{method="app",outcome="failed"}"#, 1.0),
        (r#"second_factors_total{method="recovery_code",outcome="failed"}"#, 1.0),
        (r#"links_total{purpose="magic_link",outcome="failed"}"#, 1.0),
        (r#"links_total{purpose="reset_password",outcome="failed"}"#, 1.0),
        (r#"payment_events_received_total{outcome="stored"}"#, 1.0),
        (r#"payment_events_received_total{outcome="again"}"#, 1.0),
        (r#"payment_events_received_total{outcome="refused"}"#, 1.0),
        ("payment_events_waiting", 1.0),
        ("database_up", 1.0),
    ] {
        assert_eq!(value(&before, series), Some(expected), "{series} in {before}");
    }
    assert!(value(&before, r#"jobs{standing="ready"}"#).unwrap() > 0.0, "{before}");
    for own in ["acme", "ann@", "nowhere"] {
        assert!(!before.contains(own), "{own} in {before}");
    }
    product.do_jobs().await;
    let after = told(&router).await;
    assert_eq!(value(&after, r#"jobs{standing="ready"}"#), Some(0.0));
    assert_eq!(value(&after, "payment_events_waiting"), Some(0.0));
    assert_eq!(
        value(&after, r#"payment_events_settled_total{outcome="ignored"}"#),
        Some(1.0),
        "{after}"
    );
    let mails = r#"job_runs_total{task="send_mail",outcome="succeeded"}"#;
    assert!(value(&after, mails).unwrap() > 0.0, "{after}");
}

#[tokio::test]
async fn every_pool_is_told_with_how_many_it_may_hold() {
    let handle = server::metrics::count().unwrap();
    let product = Product::new().await;
    let worker = product.database.platform();
    let options = worker.pool().connect_options();
    let of = |most| PlatformDatabase::connect((*options).clone(), most);
    let pools = Pools {
        platform: of(3),
        worker,
        listener: of(2),
    };
    let listens = pools.listener.pool().acquire().await.unwrap();
    let most = [
        ("requests", product.deps.database.connections().most),
        ("platform", 3),
        ("worker", pools.worker.connections().most),
        ("listener", 2),
    ];
    let told = told(&server::metrics::router(handle, pools, product.deps.clone())).await;
    let connections = |pool: &str, state: &str| {
        let series = format!(r#"database_connections{{pool="{pool}",state="{state}"}}"#);
        value(&told, &series)
    };
    for (pool, most) in most {
        assert_eq!(connections(pool, "most"), Some(f64::from(most)), "{pool}: {told}");
    }
    // Nobody of staff has come; what listens keeps its connection.
    for (pool, busy) in [("platform", 0.0), ("listener", 1.0)] {
        assert_eq!(connections(pool, "busy"), Some(busy), "{pool}: {told}");
        assert_eq!(connections(pool, "idle"), Some(0.0), "{pool}: {told}");
    }
    assert!(connections("worker", "busy").unwrap() >= 1.0, "{told}");
    drop(listens);
}

#[tokio::test]
async fn a_link_that_somebody_else_brings_counts_as_refused_and_as_used_once_its_owner_does() {
    let handle = server::metrics::count().unwrap();
    let product = Product::new().await;
    let (_, mut ann) = product.person("ann").await;
    let link = mailed(&product, "VerifyEmail").await;
    let (_, token) = link.split_once("token=").unwrap();
    let (_, mut bob) = product.person("bob").await;
    let router = router(&product, handle);
    for (browser, used) in [(&mut bob, None), (&mut ann, Some(1.0))] {
        browser
            .post("/api/app/auth/verify_email/verify_email", &[("token", token)])
            .await;
        let told = told(&router).await;
        let series = |outcome: &str| format!(r#"links_total{{purpose="verify_email",outcome="{outcome}"}}"#);
        assert_eq!(value(&told, &series("failed")), Some(1.0), "{told}");
        assert_eq!(value(&told, &series("succeeded")), used, "{told}");
    }
}

#[tokio::test]
async fn without_the_database_what_was_counted_is_told_and_that_it_is_away() {
    let handle = server::metrics::count().unwrap();
    let product = Product::new().await;
    let router = router(&product, handle);
    product.browser().get("/pricing").await;
    product.database.platform().close().await;
    let told = told(&router).await;
    assert_eq!(value(&told, "database_up"), Some(0.0));
    assert!(told.contains("http_requests_total"), "{told}");
}

#[tokio::test]
async fn where_people_are_served_there_is_nothing() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    for browser in [&mut ann, &mut product.browser()] {
        assert_eq!(browser.get("/metrics").await.status, 404);
    }
}

#[test]
fn the_documentation_is_the_code() {
    documented_part("guides/metrics.md", &server::metrics::reference(), "-p server metrics");
}
