//! The security centre, over the edge.

use contract::{Error, FieldCode, staff::StaffRole};
use domain::actor::FRESH_FACTOR;

use super::world::staff_browser;
use crate::harness::Product;

const BLOCK: &str = "/api/app/platform/security/block_address/block_address";
const LIFT_BLOCK: &str = "/api/app/platform/security/lift_block/lift_block";
const LIFT_STORM: &str = "/api/app/platform/security/lift_storm/lift_storm";
const PAGE: &str = "/platform/security";

#[tokio::test]
async fn an_address_is_blocked_with_a_reason_listed_and_lifted() {
    let product = Product::new().await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let from = "/platform/security/block?address=203.0.113.5";
    assert!(sue.get(from).await.body.contains(r#"value="203.0.113.5""#));
    let fields = |reason| [("address", "203.0.113.5"), ("period", "day"), ("reason", reason)];
    let short = sue.post_form(from, BLOCK, &fields("spam")).await;
    let shown = sue.follow(&short).await;
    assert!(shown.body.contains("Use at least 10 characters.") && shown.body.contains(">spam</textarea>"));
    let done = sue.post_form(from, BLOCK, &fields("Guesses <b>passwords</b>")).await;
    assert_eq!(done.location(), Some(PAGE));
    let shown = sue.follow(&done).await;
    for text in [
        "The address is blocked.",
        "203.0.113.5",
        "Guesses &lt;b&gt;passwords",
        LIFT_BLOCK,
    ] {
        assert!(shown.body.contains(text), "{text}");
    }
    let mut aud = staff_browser(&product, "aud", StaffRole::Auditor).await;
    let read = aud.get(PAGE).await.body;
    assert!(read.contains("203.0.113.5") && !read.contains(LIFT_BLOCK) && !read.contains("/security/block"));
    let done = sue.post_form(PAGE, LIFT_BLOCK, &[("address", "203.0.113.5")]).await;
    assert!(sue.follow(&done).await.body.contains("No address is blocked."));
}

#[tokio::test]
async fn a_storm_leads_to_who_waits_and_is_lifted_with_a_fresh_factor() {
    let product = Product::new().await;
    sqlx::query(
        "insert into rate_limits (policy, key, attempts, window_started_at, blocked_until) \
         select policy, sha256(policy::bytea), 12, $1, $1 + interval '1 minute' \
         from unnest(array['sign_in_by_account', 'mailed_link_by_account']) policy",
    )
    .bind(product.deps.now())
    .execute(product.database.owner())
    .await
    .unwrap();
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let lifts = |body: &str| body.matches("lift_lockout/lift_lockout").count();
    let all = sue.get(PAGE).await.body;
    assert!(all.contains("/platform/security?policy=sign_in_by_account#lockouts"));
    assert_eq!(lifts(&all), 2);
    assert_eq!(
        lifts(&sue.get("/platform/security?policy=sign_in_by_account").await.body),
        1
    );
    let done = sue
        .post_form(PAGE, LIFT_STORM, &[("policy", "sign_in_by_account")])
        .await;
    assert!(
        sue.follow(&done)
            .await
            .body
            .contains("All of these lockouts are lifted.")
    );
    assert_eq!(
        product
            .database
            .count("rate_limits where policy = 'mailed_link_by_account'")
            .await,
        1
    );
    product.clock.advance(FRESH_FACTOR + chrono::TimeDelta::seconds(1));
    let refused = sue.post(LIFT_STORM, &[("policy", "mailed_link_by_account")]).await;
    assert_eq!(refused.error(), Error::SecondFactorRequired);
    let way = sue.get("/platform/security/block").await;
    assert!(way.location().unwrap_or_default().starts_with("/second-factor?next="));
}

#[tokio::test]
async fn nobody_blocks_where_they_come_from_and_who_is_blocked_is_told_to_wait() {
    let product = Product::new().await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    sue.address = "198.51.100.4".to_owned();
    let fields = |address| {
        [
            ("address", address),
            ("period", "hour"),
            ("reason", "Guesses passwords"),
        ]
    };
    for (address, code) in [
        ("198.51.100.4", FieldCode::OwnAddress),
        ("::ffff:198.51.100.4", FieldCode::OwnAddress),
        ("the office", FieldCode::Malformed),
    ] {
        let refused = sue.post(BLOCK, &fields(address)).await;
        assert_eq!(refused.error(), Error::field("address", code), "{address}");
    }
    let year = [
        ("address", "203.0.113.5"),
        ("period", "year"),
        ("reason", "Guesses passwords"),
    ];
    assert_eq!(
        sue.post(BLOCK, &year).await.error(),
        Error::field("period", FieldCode::Required)
    );
    assert_eq!(sue.post(BLOCK, &fields("203.0.113.5")).await.status, 200);
    let mut there = product.browser();
    there.address = "203.0.113.5".to_owned();
    let fields = [("email", "ann@example.test"), ("password", "wrong"), ("next", "")];
    let answer = there.post("/api/app/auth/sign_in/sign_in", &fields).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("retry-after")),
        (429, Some("900"))
    );
}
