//! What can have happened since an invitation was sent: its page, and a way on.

use contract::{Error, FieldCode, iam::DefaultRole};
use domain::people::testing::mails;

use super::{ACCEPT, DECLINE, invited};

const ASK: &str = "/api/app/invitation/ask_for_invitation/ask_for_invitation";

/// What has become of things since the mail was sent; what the page says, and what a script is told.
#[tokio::test]
async fn every_obstacle_has_its_page_and_a_way_on() {
    let demoted = "update tenant_members set role_id = (select id from iam_roles where key = 'member')";
    let admin = "update tenant_members set role_id = (select id from iam_roles where key = 'admin')";
    let cases: [(&'static str, &str, Error, bool); 7] = [
        (
            "update tenants set status = 'deactivated'",
            "acme is closed at the moment",
            Error::TenantInactive,
            false,
        ),
        (
            "update tenants set status = 'deleting', purge_after = now()",
            "acme is closed at the moment",
            Error::TenantInactive,
            false,
        ),
        (
            demoted,
            "ann has left acme or may not invite people",
            Error::Conflict,
            true,
        ),
        (
            "delete from tenant_members",
            "ann has left acme or may not invite people",
            Error::Conflict,
            true,
        ),
        (admin, "ann may not give the role", Error::Conflict, true),
        (
            "update plan_limits set allowed = 1 where limit_key = 'members'",
            "acme has no free seat",
            Error::LimitReached {
                limit: contract::error::Limit::Members,
                used: 1,
                allowed: 1,
            },
            true,
        ),
        (
            "update tenant_invitations set created_at = created_at - interval '8 days', sent_at = sent_at - interval '8 days', \
             expires_at = expires_at - interval '8 days'",
            "This invitation has expired",
            Error::field("form", FieldCode::LinkExpired),
            true,
        ),
    ];
    for (change, words, error, can_ask) in cases {
        let case = invited("bob@example.test", DefaultRole::Owner).await;
        let (_, mut bob) = case.product.person("bob").await;
        case.force(change).await;
        let members = case.members().await;
        for browser in [&mut bob, &mut case.product.browser()] {
            let page = browser.get(&case.page).await;
            assert_eq!(page.status, 200, "{change}");
            assert!(page.body.contains(words), "{change}: {}", page.body);
            assert_eq!(page.body.contains(ASK), can_ask, "{change}");
            assert!(!page.body.contains(ACCEPT), "{change}");
        }
        let refused = bob.post(ACCEPT, &[("code", &case.code)]).await;
        assert_eq!(refused.error(), error, "{change}");
        let back = case.accept(&mut bob).await;
        assert_eq!(back.location(), Some(&*case.page), "{change}");
        assert!(bob.follow(&back).await.body.contains(words), "{change}");
        assert_eq!(case.members().await, members, "{change}");
    }
}

#[tokio::test]
async fn who_cannot_come_in_asks_who_can_help() {
    let case = invited("bob@example.test", DefaultRole::Member).await;
    case.product.clock.advance(chrono::TimeDelta::days(7));
    let mut browser = case.product.browser();
    let asked = browser.post_form(&case.page, ASK, &[("code", &case.code)]).await;
    assert_eq!(asked.location(), Some(&*format!("{}&asked", case.page)));
    let told = browser.follow(&asked).await.body;
    assert!(told.contains("We have passed it on") && !told.contains(ASK), "{told}");
    assert_eq!(mails(&case.product.database, "Asked").await, 1);
    for _ in 0..2 {
        browser.post(ASK, &[("code", &case.code)]).await;
    }
    let refused = browser.post_form(&case.page, ASK, &[("code", &case.code)]).await;
    let told = browser.follow(&refused).await.body;
    assert!(told.contains("Too many attempts"), "{told}");
    assert_eq!(mails(&case.product.database, "Asked").await, 1, "one mail that waits");
}

#[tokio::test]
async fn an_unknown_code_one_that_was_taken_back_and_none_are_told_apart_from_nothing_else() {
    let case = invited("bob@example.test", DefaultRole::Member).await;
    domain::people::revoke::revoke(&case.acme, &case.product.deps, case.invitation)
        .await
        .unwrap();
    let mut browser = case.product.browser();
    let mut bodies = Vec::new();
    for code in [case.code.as_str(), "guessed", ""] {
        let page = browser.get(&format!("/accept-invite?code={code}")).await;
        assert_eq!(page.status, 404, "{code}");
        assert!(page.body.contains("This link leads nowhere"), "{}", page.body);
        assert!(!page.body.contains("acme"), "{}", page.body);
        bodies.push(page.body.len());
        let sign_up = browser.get(&format!("/sign-up?invite={code}")).await;
        assert_eq!(sign_up.location(), Some(&*format!("/accept-invite?code={code}")));
    }
    assert_eq!(bodies[0], bodies[1]);
    let without = browser.get("/accept-invite").await;
    assert_eq!(without.status, 200);
    assert!(without.body.contains("Open the link from your mail"));
}

#[tokio::test]
async fn declining_takes_no_account_and_is_the_last_word() {
    let case = invited("bob@example.test", DefaultRole::Member).await;
    let mut browser = case.product.browser();
    let declined = browser.post_form(&case.page, DECLINE, &[("code", &case.code)]).await;
    assert_eq!(declined.location(), Some(&*case.page));
    assert!(
        browser
            .follow(&declined)
            .await
            .body
            .contains("This invitation was declined")
    );
    let (_, mut bob) = case.product.person("bob").await;
    assert_eq!(bob.post(ACCEPT, &[("code", &case.code)]).await.status, 422);
    assert_eq!(case.members().await, 1);
}
