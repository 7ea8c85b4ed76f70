//! Finding customers, closing and opening them, and helping people, over the edge.

use chrono::TimeDelta;
use contract::{Error, staff::StaffRole};
use domain::{
    actor::FRESH_FACTOR,
    testing::{PASSWORD, proven},
};

use super::world::{World, prove_again, staff_browser};
use crate::{
    harness::Product,
    second_factor::{SETUP, set_up},
};

const SUSPEND: &str = "/api/app/platform/tenants/suspend_tenant/suspend_tenant";
const REINSTATE: &str = "/api/app/platform/tenants/reinstate_tenant/reinstate_tenant";
const NOTE: &str = "/api/app/platform/tenants/write_note/write_note";
const END: &str = "/api/app/platform/users/end_user_sessions/end_user_sessions";
const RESET: &str = "/api/app/platform/users/force_password_reset/force_password_reset";
const CLEAR: &str = "/api/app/platform/users/clear_second_factor/clear_second_factor";

#[tokio::test]
async fn an_id_that_is_none_names_nothing() {
    let product = Product::new().await;
    World::of(&product).await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    for path in [
        "/platform/tenants/acme",
        "/platform/tenants/00000000-0000-0000-0000-000000000000/suspension",
        "/platform/users/ann",
        "/platform/users/00000000-0000-0000-0000-000000000000",
    ] {
        assert_eq!(sue.get(path).await.status, 404, "{path}");
    }
    let answer = sue.post(NOTE, &[("tenant", "acme"), ("note", "x")]).await;
    assert_eq!(answer.error(), Error::NotFound);
}

#[tokio::test]
async fn a_suspension_comes_back_with_its_reason_and_closes_the_organization() {
    let product = Product::new().await;
    let mut world = World::of(&product).await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let tenant = world.acme.tenant().id.to_string();
    let page = format!("/platform/tenants/{tenant}");
    let from = format!("{page}/suspension");
    let short = sue
        .post_form(&from, SUSPEND, &[("tenant", &tenant), ("reason", "spam")])
        .await;
    let shown = sue.follow(&short).await;
    assert!(shown.body.contains("Use at least 10 characters.") && shown.body.contains(">spam</textarea>"));
    let done = sue
        .post_form(
            &from,
            SUSPEND,
            &[("tenant", &tenant), ("reason", "It sends <b>spam</b>")],
        )
        .await;
    assert_eq!(done.location(), Some(page.as_str()));
    let shown = sue.follow(&done).await;
    assert!(shown.body.contains("It sends &lt;b&gt;spam") && shown.body.contains("The organization is suspended."));
    let refused = world
        .customer
        .post(
            "/api/app/org/projects/create_project/create_project",
            &[("org", "acme"), ("name", "Late")],
        )
        .await;
    assert_eq!(refused.error(), Error::TenantInactive);
    let log = world.customer.get("/o/acme/settings/audit").await;
    assert!(log.body.contains("Closed the organization, as the operator"));
}

#[tokio::test]
async fn who_only_reads_is_offered_nothing_to_do() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    let mut aud = staff_browser(&product, "aud", StaffRole::Auditor).await;
    for (path, forms) in [
        ("/platform/tenants/{tenant}", ["/suspension", "write_note"]),
        ("/platform/users/{user}", ["/suspension", "end_user_sessions"]),
    ] {
        let answer = aud.get(&world.page(path)).await;
        assert_eq!(answer.status, 200);
        for form in forms {
            assert!(!answer.body.contains(form), "{path}: {form}");
        }
        assert_eq!(aud.get(&world.page(&format!("{path}/suspension"))).await.status, 403);
    }
}

#[tokio::test]
async fn what_is_dangerous_asks_for_the_second_factor_again() {
    let product = Product::new().await;
    let mut world = World::of(&product).await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let user = world.acme.user().id().to_string();
    product.clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    for path in [
        "/platform/users/{user}/suspension",
        "/platform/users/{user}/reset",
        "/platform/users/{user}/second-factor",
    ] {
        let answer = sue.get(&world.page(path)).await;
        let location = answer.location().unwrap_or_default();
        assert!(location.starts_with("/second-factor?next="), "{path}: {answer:?}");
    }
    let refused = sue.post(RESET, &[("user", &user)]).await;
    assert_eq!(refused.error(), Error::SecondFactorRequired);
    let refused = sue
        .post(CLEAR, &[("user", &user), ("reason", "They called twice")])
        .await;
    assert_eq!(refused.error(), Error::SecondFactorRequired);
    assert_eq!(world.customer.get("/account/profile").await.status, 200);
    // Ending sessions harms nobody who can sign in again.
    assert_eq!(sue.post(END, &[("user", &user)]).await.status, 200);
    let out = world.customer.get("/account/profile").await;
    assert!(out.location().unwrap_or_default().starts_with("/sign-in"));
}

#[tokio::test]
async fn an_organization_is_closed_and_opened_again_after_a_fresh_proof_alone() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let tenant = world.acme.tenant().id.to_string();
    let page = format!("/platform/tenants/{tenant}/suspension");
    let prove = format!("/second-factor?next=%2Fplatform%2Ftenants%2F{tenant}%2Fsuspension");
    let closing = [
        ("tenant", tenant.as_str()),
        ("reason", "It sends mail that nobody asked for"),
    ];
    let opening = [("tenant", tenant.as_str())];
    product.clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    assert_eq!(sue.get(&page).await.location(), Some(prove.as_str()));
    let before = product.snapshot().await;
    assert_eq!(sue.post(SUSPEND, &closing).await.error(), Error::SecondFactorRequired);
    let led = sue.post_form(&page, SUSPEND, &closing).await;
    assert_eq!(led.location(), Some(prove.as_str()));
    assert_eq!(before, product.snapshot().await);
    prove_again(&product).await;
    assert_eq!(sue.get(&page).await.status, 200);
    assert_eq!(sue.post(SUSPEND, &closing).await.status, 200);
    product.clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    assert_eq!(sue.get(&page).await.location(), Some(prove.as_str()));
    let before = product.snapshot().await;
    assert_eq!(sue.post(REINSTATE, &opening).await.error(), Error::SecondFactorRequired);
    assert_eq!(before, product.snapshot().await);
    prove_again(&product).await;
    assert_eq!(sue.post(REINSTATE, &opening).await.status, 200);
}

#[tokio::test]
async fn support_does_nothing_to_staff_and_nobody_to_themselves() {
    let product = Product::new().await;
    World::of(&product).await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let mut tom = staff_browser(&product, "tom", StaffRole::Superadmin).await;
    let id = async |name: &str| -> String {
        sqlx::query_scalar("select id::text from users where name = $1")
            .bind(name)
            .fetch_one(product.database.owner())
            .await
            .unwrap()
    };
    let (of_sue, of_tom) = (id("sue").await, id("tom").await);
    assert_eq!(sue.post(END, &[("user", &of_tom)]).await.error(), Error::Forbidden);
    assert_eq!(tom.post(END, &[("user", &of_tom)]).await.error(), Error::Forbidden);
    assert_eq!(sue.get(&format!("/platform/users/{of_tom}/reset")).await.status, 403);
    assert_eq!(tom.post(END, &[("user", &of_sue)]).await.status, 200);
    let out = sue.get("/platform").await;
    assert_eq!(out.status, 404, "signed out, there is nothing");
}

#[tokio::test]
async fn support_takes_away_what_somebody_has_lost_for_a_reason_and_the_mailbox_leads_in() {
    let product = Product::new().await;
    let mut world = World::of(&product).await;
    let user = world.acme.user().id().to_string();
    let (page, from) = (
        format!("/platform/users/{user}"),
        format!("/platform/users/{user}/second-factor"),
    );
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    assert!(
        !sue.get(&page).await.body.contains("/second-factor\""),
        "nothing to clear, nothing offered"
    );
    proven(&product.database, world.acme.user()).await;
    set_up(&product, &mut world.customer, SETUP).await;
    assert!(sue.get(&page).await.body.contains(&from));
    let shown = sue.get(&from).await;
    for words in [
        "Make sure that it is them",
        "The authenticator app",
        "10 recovery codes",
        "The password",
    ] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let short = sue
        .post_form(&from, CLEAR, &[("user", &user), ("reason", "lost"), ("ticket", "T-17")])
        .await;
    let shown = sue.follow(&short).await;
    for words in ["Use at least 10 characters.", ">lost</textarea>", "value=\"T-17\""] {
        assert!(shown.body.contains(words), "{words}");
    }
    assert_eq!(
        world.customer.get("/account/profile").await.status,
        200,
        "nothing has happened"
    );

    let fields = [
        ("user", &*user),
        ("reason", "Called back: the phone is lost"),
        ("ticket", "T-17"),
    ];
    let done = sue.post_form(&from, CLEAR, &fields).await;
    assert_eq!(done.location(), Some(page.as_str()));
    let shown = sue.follow(&done).await;
    for words in [
        "Their second factor and their password are gone.",
        "They are signed in nowhere.",
    ] {
        assert!(shown.body.contains(words), "{words}");
    }
    let out = world.customer.get("/account/profile").await;
    assert!(out.location().unwrap_or_default().starts_with("/sign-in"));
    let fields = [("email", "ann@example.test"), ("password", PASSWORD)];
    let refused = product.browser().post("/api/app/auth/sign_in/sign_in", &fields).await;
    assert_eq!(refused.status, 422);
    let mails = "graphile_worker._private_jobs where payload::text like '%SecondFactorCleared%'";
    assert_eq!(product.database.count(mails).await, 1);
    let again = sue.get(&from).await;
    assert!(again.body.contains("There is nothing to clear") && !again.body.contains("<textarea"));
    let again = sue
        .post(CLEAR, &[("user", &user), ("reason", "They called twice")])
        .await;
    assert_eq!(again.error(), Error::Conflict);
}

#[tokio::test]
async fn of_somebody_of_the_staff_nothing_is_cleared() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    let mut sam = staff_browser(&product, "sam", StaffRole::Superadmin).await;
    let of = world.auditor.to_string();
    let page = sam.get(&format!("/platform/users/{of}/second-factor")).await;
    assert!(page.body.contains("Not of somebody of the staff") && !page.body.contains("<textarea"));
    let refused = sam.post(CLEAR, &[("user", &of), ("reason", "They called twice")]).await;
    assert_eq!(refused.error(), Error::Conflict);
}
