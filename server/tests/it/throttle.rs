//! Too often is too often, and one is told when to come back.

use contract::Error;
use domain::testing::PASSWORD;

use crate::harness::{Product, Setup};

const SIGN_IN: &str = "/api/app/auth/sign_in/sign_in";

#[tokio::test]
async fn guessing_a_password_is_slowed_down_from_wherever_it_comes() {
    let product = Product::new().await;
    product.person("ann").await;
    let wrong = [("email", "ann@example.test"), ("password", "a wrong password")];
    for attempt in 1..=10 {
        let mut browser = product.browser();
        browser.address = format!("198.51.100.{attempt}");
        assert_eq!(browser.post(SIGN_IN, &wrong).await.status, 422, "attempt {attempt}");
    }
    let right = [("email", "ann@example.test"), ("password", PASSWORD)];
    let throttled = product.browser().post(SIGN_IN, &right).await;
    assert_eq!(throttled.status, 429);
    assert_eq!(throttled.header("retry-after"), Some("30"));
    assert_eq!(
        throttled.error(),
        Error::Throttled {
            retry_after_seconds: 30
        }
    );
    // In words, for a form.
    let mut browser = product.browser();
    let refused = browser.post_form("/sign-in", SIGN_IN, &right).await;
    assert!(browser.follow(&refused).await.body.contains("30 seconds"));
    // Who has waited as told is let in.
    product.clock.advance(chrono::TimeDelta::seconds(30));
    assert_eq!(product.browser().post(SIGN_IN, &right).await.status, 200);
}

#[tokio::test]
async fn one_address_cannot_try_many_accounts() {
    let product = Product::new().await;
    let mut statuses = Vec::new();
    for number in 0..31 {
        let email = format!("p{number}@example.test");
        let answer = product
            .browser()
            .post(SIGN_IN, &[("email", &email), ("password", "a wrong password")])
            .await;
        statuses.push(answer.status.as_u16());
    }
    assert!(statuses[..30].iter().all(|status| *status == 422), "{statuses:?}");
    assert_eq!(statuses[30], 429);
}

#[tokio::test]
async fn people_behind_one_address_do_not_lock_each_other_out() {
    let product = Product::new().await;
    product.person("ann").await;
    let right = [("email", "ann@example.test"), ("password", PASSWORD)];
    for number in 0..32 {
        assert_eq!(product.browser().post(SIGN_IN, &right).await.status, 200, "{number}");
    }
}

#[tokio::test]
async fn an_organization_that_has_moved_too_often_is_told_in_the_form_when_it_may_again() {
    const UPDATE: &str = "/api/app/org/update_organization/update_organization";
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let mut slug = "acme".to_owned();
    for number in 0..10 {
        let next = format!("acme-{number}");
        let form = [("org", slug.as_str()), ("name", "Acme"), ("slug", &next)];
        assert_eq!(ann.post(UPDATE, &form).await.status, 200, "{next}");
        slug = next;
    }
    let settings = format!("/o/{slug}/settings/general");
    let form = [("org", slug.as_str()), ("name", "Acme"), ("slug", "one-more")];
    let refused = ann.post_form(&settings, UPDATE, &form).await;
    let page = ann.follow(&refused).await;
    assert!(page.body.contains("24 hours"), "{}", page.body);
    assert!(page.body.contains("value=\"one-more\""), "what was typed is kept");
    let throttled = ann.post(UPDATE, &form).await;
    assert_eq!(
        (throttled.status.as_u16(), throttled.header("retry-after")),
        (429, Some("86400"))
    );
}

#[tokio::test]
async fn a_forged_header_is_not_another_address() {
    for (trusted_proxies, expected) in [(0, 429), (1, 422)] {
        let product = Product::with(Setup {
            trusted_proxies,
            ..Setup::default()
        })
        .await;
        let mut last = 0;
        for number in 0..31 {
            let mut browser = product.browser();
            let body = crate::harness::form(&[
                ("email", &format!("p{number}@example.test")),
                ("password", "wrong pass"),
            ]);
            let request = browser
                .request(&axum::http::Method::POST, SIGN_IN, "application/json")
                .header("x-forwarded-for", format!("198.51.100.{number}"));
            last = browser.send(request, body).await.status.as_u16();
        }
        assert_eq!(last, expected, "{trusted_proxies} proxies");
    }
}
