//! What may be kept, and by whom.

use crate::harness::{Product, STYLE};

#[tokio::test]
async fn files_with_a_hash_are_kept_for_good_and_no_other() {
    let product = Product::new().await;
    let mut browser = product.browser();
    let style = browser.get(STYLE).await;
    assert_eq!((style.status.as_u16(), style.body.as_str()), (200, "body{}"));
    assert_eq!(
        style.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert_eq!(style.header("content-type"), Some("text/css"));
    assert_eq!(
        browser.get("/pkg/plain.js").await.header("cache-control"),
        Some("no-cache")
    );
    let missing = browser.get("/pkg/old.0123456789ab.css").await;
    assert_eq!(
        (missing.status.as_u16(), missing.header("cache-control")),
        (404, Some("no-store"))
    );
    assert_eq!(
        browser.get("/robots.txt").await.header("cache-control"),
        Some("public, max-age=3600")
    );
}

#[tokio::test]
async fn only_the_folder_of_files_is_served() {
    let product = Product::new().await;
    for path in [
        "/manifest.json",
        "/pkg/../manifest.json",
        "/pkg/%2e%2e/manifest.json",
        "/pkg/",
        "/pkg",
        "/../etc/passwd",
        "/.env",
    ] {
        let answer = product.browser().get(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn pages_of_somebody_are_kept_by_nobody() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    for path in ["/o/acme/projects", "/account/profile", "/welcome", "/", "/nowhere"] {
        assert_eq!(
            ann.get(path).await.header("cache-control"),
            Some("private, no-store"),
            "{path}"
        );
    }
    for path in ["/sign-in", "/sign-up", "/forgot-password"] {
        assert_eq!(
            product.browser().get(path).await.header("cache-control"),
            Some("private, no-store"),
            "{path}"
        );
    }
    let viewer = ann.get_json("/api/app/account/viewer/viewer").await;
    assert_eq!(
        (viewer.status.as_u16(), viewer.header("cache-control")),
        (200, Some("no-store"))
    );
}

#[tokio::test]
async fn the_landing_page_is_the_same_for_everybody() {
    let product = Product::new().await;
    let mut browser = product.browser();
    let page = browser.get("/").await;
    assert_eq!(page.header("cache-control"), Some("public, max-age=60"));
    assert!(
        page.headers
            .get_all("vary")
            .iter()
            .any(|vary| vary.to_str().unwrap().eq_ignore_ascii_case("cookie"))
    );
    assert!(page.headers.get("set-cookie").is_none());
    assert!(!page.body.contains("modulepreload"), "the landing page loads no wasm");
}

#[tokio::test]
async fn files_are_compressed_by_the_build_and_not_again() {
    let product = Product::new().await;
    let mut browser = product.browser();
    let request = browser
        .request(&axum::http::Method::GET, STYLE, "text/css")
        .header("accept-encoding", "gzip, br");
    let style = browser.send(request, "").await;
    assert_eq!(
        (style.header("content-encoding"), style.body.as_str()),
        (Some("br"), "brotli")
    );
    assert_eq!(
        style.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
}
