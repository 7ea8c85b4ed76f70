//! What is sold, as everybody sees it.

use contract::billing::{BillingInterval, PublicPlan};

use crate::harness::Product;

async fn nothing_on_sale(product: &Product) {
    sqlx::query("update plan_prices set archived_at = now()")
        .execute(product.database.owner())
        .await
        .unwrap();
}

#[tokio::test]
async fn the_catalogue_is_told_to_anybody_and_may_be_kept() {
    let product = Product::new().await;
    let answer = product.browser().get_json("/api/v1/plans/public").await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("cache-control")),
        (200, Some("public, max-age=60"))
    );
    assert!(answer.headers.get("set-cookie").is_none());
    let plans: Vec<PublicPlan> = serde_json::from_str(&answer.body).unwrap();
    let keys: Vec<_> = plans.iter().map(|plan| plan.key.as_str()).collect();
    assert_eq!(keys, ["starter", "team", "business"]);
    assert!(plans.iter().all(|plan| plan.prices.len() == BillingInterval::ALL.len()));

    nothing_on_sale(&product).await;
    assert_eq!(product.browser().get_json("/api/v1/plans/public").await.body, "[]");

    product.deps.database.close().await;
    let away = product.browser().get_json("/api/v1/plans/public").await;
    assert_eq!(
        (away.status.as_u16(), away.error(), away.header("cache-control")),
        (503, contract::Error::Unavailable, Some("no-store"))
    );
}

#[tokio::test]
async fn prices_are_shown_by_the_month_and_by_the_year() {
    let product = Product::new().await;
    let mut browser = product.browser();
    let monthly = browser.get("/pricing").await;
    assert_eq!(
        (monthly.status.as_u16(), monthly.header("cache-control")),
        (200, Some("public, max-age=60"))
    );
    assert!(!monthly.body.contains("modulepreload"), "a public page loads no wasm");
    for shown in [
        "$9",
        "$19",
        "$39",
        "per seat and month",
        "or $190 paid yearly",
        "href=\"/pricing?interval=year\"",
    ] {
        assert!(monthly.body.contains(shown), "{shown}: {}", monthly.body);
    }
    assert!(!monthly.body.contains("per seat and year"));
    let yearly = browser.get("/pricing?interval=year").await;
    for shown in ["$190", "per seat and year", "$15.83 a month", "saves $38 a year"] {
        assert!(yearly.body.contains(shown), "{shown}: {}", yearly.body);
    }
    assert_eq!(yearly.header("cache-control"), Some("public, max-age=60"));
    let unknown = browser.get("/pricing?interval=decade").await;
    assert!(unknown.body.contains("per seat and month"), "{}", unknown.body);
    let (_, mut ann) = product.owner("ann", "acme").await;
    assert_eq!(
        ann.get("/pricing").await.header("cache-control"),
        Some("private, no-store")
    );
}

#[tokio::test]
async fn without_anything_on_sale_there_is_a_way_on() {
    let product = Product::new().await;
    nothing_on_sale(&product).await;
    let page = product.browser().get("/pricing").await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("No plan is on sale at the moment") && page.body.contains("href=\"/sign-up\""),
        "{}",
        page.body
    );
    assert!(!page.body.contains("<table"), "nothing to compare");
}
