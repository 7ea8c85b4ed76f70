//! `plinth staff bootstrap|list|revoke`: the first of the staff, and the way back when nobody can sign in any more; and
//! `plinth security unblock`, when none of them can come in from where they are.

use contract::staff::StaffRole;
use domain::testing::PASSWORD;

use super::world::staff_browser;
use crate::{
    harness::Product,
    terminal::{plinth, said},
};

const RESET: &str = "/api/app/auth/reset_password/reset_password";

#[tokio::test]
async fn the_first_one_comes_in_by_the_link_sets_a_second_factor_up_and_can_be_replaced() {
    let product = Product::new().await;
    let make = ["staff", "bootstrap", "--email", "sue@example.test", "--name", "Sue"];
    let end = ["staff", "revoke", "--email", "sue@example.test"];
    assert!(said(&plinth(&product, &["staff", "list"])).contains("nobody is staff"));
    let done = plinth(&product, &make);
    assert!(done.status.success(), "{done:?}");
    let told = said(&done);
    let (_, rest) = told.split_once("/reset-password?token=").unwrap();
    let token = rest.split_whitespace().next().unwrap();
    let page = format!("/reset-password?token={token}");

    let mut sue = product.browser();
    assert_eq!(sue.get(&page).await.status, 200);
    let chosen = sue
        .post_form(&page, RESET, &[("token", token), ("password", PASSWORD)])
        .await;
    assert_eq!(chosen.location(), Some("/platform"), "{chosen:?}");
    let next = sue.follow(&chosen).await;
    assert!(
        next.location().unwrap_or_default().starts_with("/second-factor?next="),
        "{next:?}"
    );

    let listed = said(&plinth(&product, &["staff", "list"]));
    assert!(
        listed.contains("superadmin") && listed.contains("sue@example.test"),
        "{listed}"
    );
    let second = plinth(&product, &make);
    assert!(
        !second.status.success() && said(&second).contains("somebody is staff already"),
        "{second:?}"
    );
    let ended = plinth(&product, &end);
    assert!(ended.status.success(), "{ended:?}");
    let out = sue.get("/account/profile").await;
    assert!(
        out.location().unwrap_or_default().starts_with("/sign-in"),
        "signed out everywhere: {out:?}"
    );
    let nobody = plinth(&product, &end);
    assert!(
        !nobody.status.success() && said(&nobody).contains("is not staff"),
        "{nobody:?}"
    );
    let back = plinth(&product, &make);
    assert!(back.status.success(), "{back:?}");
}

#[tokio::test]
async fn a_customer_and_what_is_no_address_are_refused() {
    let product = Product::new().await;
    product.owner("ann", "acme").await;
    for (email, expected) in [
        ("ann@example.test", "belongs to an organization"),
        ("ann", "is no e-mail address"),
    ] {
        let refused = plinth(&product, &["staff", "bootstrap", "--email", email, "--name", "Ann"]);
        assert!(
            !refused.status.success() && said(&refused).contains(expected),
            "{refused:?}"
        );
    }
    assert_eq!(product.database.count("platform_role_assignments").await, 0);
}

#[tokio::test]
async fn people_come_in_again_from_an_address_that_is_unblocked_at_the_terminal() {
    let product = Product::new().await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let fields = [
        ("address", "203.0.113.5"),
        ("period", "day"),
        ("reason", "Guesses passwords"),
    ];
    let blocked = sue
        .post("/api/app/platform/security/block_address/block_address", &fields)
        .await;
    assert_eq!(blocked.status, 200, "{blocked:?}");
    // A terminal lives by the clock on the wall.
    sqlx::query("update blocked_addresses set blocked_at = now(), blocked_until = now() + interval '1 day'")
        .execute(product.database.owner())
        .await
        .unwrap();
    let unblock = ["security", "unblock", "203.0.113.5"];
    let done = plinth(&product, &unblock);
    assert!(
        done.status.success() && said(&done).contains("203.0.113.5 again"),
        "{done:?}"
    );
    let mut there = product.browser();
    there.address = "203.0.113.5".to_owned();
    let wrong = [("email", "ann@example.test"), ("password", "wrong"), ("next", "")];
    let answer = there.post("/api/app/auth/sign_in/sign_in", &wrong).await;
    assert_ne!(answer.status, 429, "looked at: {answer:?}");
    let twice = plinth(&product, &unblock);
    assert!(
        !twice.status.success() && said(&twice).contains("is not blocked"),
        "{twice:?}"
    );
}
