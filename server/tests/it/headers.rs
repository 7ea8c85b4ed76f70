//! What the browser is told to refuse.

use axum::http::Method;

use crate::{
    harness::{PAY_PAGES, Product},
    work::Work,
};

/// The attribute of a tag, as it stands in HTML that a server wrote.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

fn tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("<{name}");
    html.match_indices(&open)
        .filter(|(at, _)| html[at + open.len()..].starts_with([' ', '>', '\n']))
        .map(|(at, _)| html[at..].split('>').next().unwrap())
        .collect()
}

#[tokio::test]
async fn every_page_has_a_policy_and_keeps_to_it() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let mut nonces = Vec::new();
    let mut paths: Vec<String> = server::http::page_routes()
        .iter()
        .map(|route| {
            route
                .path()
                .replace("{org}", "acme")
                .replace("{project}", &work.project.to_string())
        })
        .collect();
    paths.push("/nowhere/at/all".to_owned());
    for path in &paths {
        for browser in [&mut ann, &mut product.browser()] {
            let page = browser.get(path).await;
            let policy = page
                .header("content-security-policy")
                .unwrap_or_else(|| panic!("no policy on {path}"));
            assert!(
                !policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"),
                "{policy}"
            );
            for part in [
                "object-src 'none'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
                "style-src 'self'",
                &format!("form-action 'self' {PAY_PAGES};"),
            ] {
                assert!(policy.contains(part), "{part} on {path}: {policy}");
            }
            let nonce = policy
                .split("'nonce-")
                .nth(1)
                .and_then(|rest| rest.split('\'').next())
                .unwrap_or_default();
            assert!(nonce.len() >= 16, "{policy}");
            nonces.push(nonce.to_owned());
            for script in tags(&page.body, "script") {
                let own = attribute(script, "src").is_some_and(|src| src.starts_with('/') && !src.starts_with("//"));
                assert!(own || attribute(script, "nonce") == Some(nonce), "{script} on {path}");
            }
            assert!(tags(&page.body, "style").is_empty(), "a style element on {path}");
            assert!(!page.body.contains(" style=\""), "a style attribute on {path}");
            let handler = ["onclick", "onsubmit", "onload", "onerror", "onchange", "oninput"]
                .into_iter()
                .find(|name| page.body.contains(&format!(" {name}=\"")));
            assert_eq!(handler, None, "{path}");
            assert!(!page.body.contains("javascript:"), "{path}");
        }
    }
    let drawn = nonces.len();
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), drawn, "a nonce was used twice");
}

#[tokio::test]
async fn everything_carries_the_other_headers() {
    let product = Product::new().await;
    let mut browser = product.browser();
    for path in [
        "/",
        "/sign-in",
        "/nowhere",
        "/healthz",
        "/readyz",
        crate::harness::STYLE,
        "/robots.txt",
        "/api/v1/config/public",
        "/api/app/x",
    ] {
        let answer = browser.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("strict-transport-security", "max-age=63072000; includeSubDomains"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name} on {path}");
        }
        assert!(
            answer.header("permissions-policy").is_some() && answer.header("content-security-policy").is_some(),
            "{path}"
        );
        assert!(answer.header("x-request-id").is_some_and(|id| id.len() == 36), "{path}");
        assert_eq!(answer.header("server"), None);
    }
}

#[tokio::test]
async fn another_sites_page_can_send_nothing() {
    let product = Product::new().await;
    let (_, ann) = product.owner("ann", "acme").await;
    let before = product.snapshot().await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "https://sub.plinth.test"),
    ] {
        for path in [
            "/api/app/auth/sign_out/sign_out",
            "/api/app/org/create_organization/create_organization",
        ] {
            let mut browser = ann.clone();
            let request = axum::http::Request::builder()
                .method(Method::POST)
                .uri(path)
                .header("host", "plinth.test")
                .header("accept", "text/html")
                .header("content-type", "application/x-www-form-urlencoded")
                .header(
                    "cookie",
                    format!("{}={}", crate::harness::SESSION, ann.cookies[crate::harness::SESSION]),
                )
                .header(name, value);
            let answer = browser.send(request, "name=Planted&slug=planted").await;
            assert_eq!(answer.status, 403, "{name}: {value} to {path}");
        }
    }
    assert_eq!(before, product.snapshot().await);
}
