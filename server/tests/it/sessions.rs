//! Signing in and out, and what a session is good for.

use domain::testing::PASSWORD;

use crate::harness::{Browser, Product, SESSION};

const SIGN_IN: &str = "/api/app/auth/sign_in/sign_in";
const SIGN_OUT: &str = "/api/app/auth/sign_out/sign_out";

async fn sign_in(browser: &mut Browser, next: &str) -> crate::harness::Answer {
    let form = [("email", "ann@example.test"), ("password", PASSWORD), ("next", next)];
    browser.post_form("/sign-in", SIGN_IN, &form).await
}

#[tokio::test]
async fn a_revoked_session_is_out_at_its_next_request() {
    let product = Product::new().await;
    let (org, mut laptop) = product.owner("ann", "acme").await;
    let mut phone = product.browser();
    sign_in(&mut phone, "").await;
    assert_eq!(phone.get("/o/acme/projects").await.status, 200);
    let laptops = org.user().session().to_string();
    let revoked = phone
        .post(
            "/api/app/account/revoke_session/revoke_session",
            &[("session", &laptops)],
        )
        .await;
    assert_eq!(revoked.status, 200, "{}", revoked.body);
    let turned_away = laptop.get("/o/acme/projects").await;
    assert_eq!(turned_away.location(), Some("/sign-in?next=%2Fo%2Facme%2Fprojects"));
    assert_eq!(phone.get("/o/acme/projects").await.status, 200);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_clears_the_browser() {
    let product = Product::new().await;
    let (_, mut browser) = product.owner("ann", "acme").await;
    let before = browser.clone();
    let answer = browser.post_form("/o/acme/projects", SIGN_OUT, &[]).await;
    assert_eq!(answer.status, 302);
    assert_eq!(answer.header("clear-site-data"), Some(r#""cache", "storage""#));
    let cookie = answer.cookie(SESSION).unwrap();
    assert!(
        cookie.starts_with(&format!("{SESSION}=;")) && cookie.contains("Max-Age=0"),
        "{cookie}"
    );
    assert!(cookie.contains("Secure") && cookie.contains("Path=/"), "{cookie}");
    // Who kept a copy of the cookie has nothing.
    let mut copy = before;
    assert_eq!(copy.get("/o/acme/projects").await.status, 302);
    assert_eq!(product.database.count("user_sessions").await, 0);
}

#[tokio::test]
async fn signing_in_makes_a_new_session_and_ends_the_one_before() {
    let product = Product::new().await;
    let (_, mut browser) = product.owner("ann", "acme").await;
    let old = browser.clone();
    let answer = sign_in(&mut browser, "").await;
    assert_eq!(answer.location(), Some("/o/acme/projects"));
    assert_ne!(old.cookies[SESSION], browser.cookies[SESSION]);
    assert_eq!({ old }.get("/o/acme/projects").await.status, 302);
    assert_eq!(browser.get("/o/acme/projects").await.status, 200);
}

#[tokio::test]
async fn a_new_password_signs_the_other_devices_out() {
    let product = Product::new().await;
    let (_, mut laptop) = product.owner("ann", "acme").await;
    let mut phone = product.browser();
    sign_in(&mut phone, "").await;
    let old = phone.clone();
    let form = [
        ("current_password", PASSWORD),
        ("password", "another fine horse battery 77"),
    ];
    let changed = phone
        .post_form(
            "/account/security",
            "/api/app/account/change_password/change_password",
            &form,
        )
        .await;
    assert_eq!(changed.location(), Some("/account/security"), "{changed:?}");
    assert_eq!(phone.get("/account/security").await.status, 200);
    assert_eq!(laptop.get("/account/security").await.status, 302);
    assert_eq!({ old }.get("/account/security").await.status, 302);
}

#[tokio::test]
async fn a_session_ends_when_it_rests_and_when_it_is_old() {
    let product = Product::new().await;
    let (_, mut browser) = product.owner("ann", "acme").await;
    product.clock.advance(chrono::TimeDelta::hours(23));
    assert_eq!(browser.get("/o/acme/projects").await.status, 200);
    product.clock.advance(chrono::TimeDelta::hours(25));
    assert_eq!(browser.get("/o/acme/projects").await.status, 302);
    sign_in(&mut browser, "").await;
    // A page for which the address need not be proven.
    for _ in 0..14 {
        product.clock.advance(chrono::TimeDelta::hours(23));
        assert_eq!(browser.get("/sign-out").await.status, 200);
    }
    product.clock.advance(chrono::TimeDelta::hours(14));
    assert_eq!(browser.get("/sign-out").await.location(), Some("/sign-in"));
}

#[tokio::test]
async fn where_one_was_going_is_on_this_host() {
    let product = Product::new().await;
    product.owner("ann", "acme").await;
    for next in ["/o/acme/settings/general", "/account/sessions?from=mail"] {
        assert_eq!(sign_in(&mut product.browser(), next).await.location(), Some(next));
    }
    let elsewhere = [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/api/app/auth/sign_out/sign_out",
        "evil.example",
        "/x\r\nSet-Cookie: a=b",
    ];
    for next in elsewhere {
        let answer = sign_in(&mut product.browser(), next).await;
        assert_eq!(answer.location(), Some("/o/acme/projects"), "{next:?}");
        let page = product
            .browser()
            .get(&format!("/sign-in?{}", crate::harness::form(&[("next", next)])))
            .await;
        assert_eq!(page.status, 200, "{next:?}");
    }
    // Signed in already, the page itself leads on.
    let mut browser = product.browser();
    sign_in(&mut browser, "").await;
    let on = browser.get("/sign-in?next=%2F%2Fevil.example").await;
    assert_eq!(on.location(), Some("/o/acme/projects"));
}

#[tokio::test]
async fn an_old_address_of_an_organization_leads_to_the_new_one_for_its_members_only() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let (_, mut bob) = product.owner("bob", "other").await;
    let form = [("org", "acme"), ("name", "Acme"), ("slug", "acme-works")];
    let saved = ann
        .post("/api/app/org/update_organization/update_organization", &form)
        .await;
    assert_eq!(saved.status, 200, "{}", saved.body);
    let moved = ann.get("/o/acme/projects?page=1").await;
    assert_eq!(moved.location(), Some("/o/acme-works/projects?page=1"));
    assert!(moved.status.is_redirection(), "{}", moved.status);
    let stranger = bob.get("/o/acme/projects").await;
    assert_eq!((stranger.status.as_u16(), stranger.location()), (404, None));
}
