//! What holds for anything that is asked.

use axum::http::Method;

use crate::harness::Product;

#[tokio::test]
async fn what_is_not_there_is_told_in_the_askers_own_form() {
    let product = Product::new().await;
    let page = product.browser().get("/nowhere/at/all").await;
    assert_eq!(page.status, 404);
    assert!(
        page.body.contains("There is nothing here") && page.body.contains("<h1"),
        "{}",
        page.body
    );
    for path in ["/api/v1/nothing", "/api/app/nothing"] {
        let api = product.browser().get_json(path).await;
        assert_eq!((api.status.as_u16(), api.error()), (404, contract::Error::NotFound));
    }
    // A page is not a place to send things to.
    let mut browser = product.browser();
    let request = browser.request(&Method::POST, "/sign-in", "text/html");
    assert_eq!(browser.send(request, "").await.status, 405);
}

#[tokio::test]
async fn a_request_carries_a_megabyte_and_not_more() {
    let product = Product::new().await;
    let mut browser = product.browser();
    let form = format!("email=a%40b.example&password={}", "x".repeat(1024 * 1024));
    let request = browser.request(&Method::POST, "/api/app/auth/sign_in/sign_in", "application/json");
    assert_eq!(browser.send(request, form).await.status, 413);
}

#[tokio::test]
async fn an_argument_that_is_missing_is_the_askers_fault() {
    let product = Product::new().await;
    let answer = product
        .browser()
        .post("/api/app/auth/sign_in/sign_in", &[("email", "a@b.example")])
        .await;
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.error(),
        contract::Error::field("password", contract::FieldCode::Malformed)
    );
}

#[tokio::test]
async fn life_is_told_from_readiness() {
    let product = Product::new().await;
    let mut browser = product.browser();
    assert_eq!(browser.get("/healthz").await.status, 200);
    assert_eq!(browser.get("/readyz").await.status, 200);
    product.deps.database.close().await;
    assert_eq!(browser.get("/healthz").await.status, 200);
    let ready = browser.get("/readyz").await;
    assert_eq!(ready.status, 503);
    assert!(!ready.body.contains("Pool"), "{}", ready.body);
}

#[tokio::test]
async fn a_database_that_is_away_is_an_outage_and_not_a_leak() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    product.deps.database.close().await;
    let page = ann.get("/o/acme/projects").await;
    assert_eq!(page.status, 503);
    assert!(
        page.body.contains("right back") && !page.body.to_lowercase().contains("pool"),
        "{}",
        page.body
    );
    let json = ann.get_json("/api/app/account/viewer/viewer").await;
    assert_eq!(
        (json.status.as_u16(), json.error()),
        (503, contract::Error::Unavailable)
    );
    assert_eq!(product.browser().get("/").await.status, 200);
}

#[tokio::test]
async fn strangers_cannot_choose_the_name_of_a_request() {
    let product = Product::new().await;
    let mut browser = product.browser();
    let request = browser
        .request(&Method::GET, "/healthz", "text/html")
        .header("x-request-id", "chosen");
    let answer = browser.send(request, "").await;
    assert_ne!(answer.header("x-request-id"), Some("chosen"));
}

#[tokio::test]
async fn text_is_compressed_for_who_can_read_it() {
    let product = Product::new().await;
    let mut browser = product.browser();
    let request = browser
        .request(&Method::GET, "/sign-in", "text/html")
        .header("accept-encoding", "br");
    assert_eq!(browser.send(request, "").await.header("content-encoding"), Some("br"));
}
