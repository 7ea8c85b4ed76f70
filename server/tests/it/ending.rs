//! What people see of organizations and accounts that are paused or deleted.

use chrono::TimeDelta;
use contract::Error;
use domain::testing::{PASSWORD, join, project};

use crate::harness::Product;

const DANGER: &str = "/o/acme/settings/danger";
const DELETE: &str = "/api/app/org/danger/delete_organization/delete_organization";
const PAUSE: &str = "/api/app/org/danger/deactivate_organization/deactivate_organization";
const ORGANIZATIONS: &str = "/account/organizations";
const LEAVE_PAGE: &str = "/o/acme/leave";
const LEAVE: &str = "/api/app/org/people/leave_organization/leave_organization";
const SIGN_IN: &str = "/api/app/auth/sign_in/sign_in";
const CLOSE: &str = "/api/app/account/delete_account/delete_account";

#[tokio::test]
async fn who_is_kept_out_hears_why_and_whom_to_ask() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (bob, mut browser) = product.person("bob").await;
    join(&product.database, &product.deps, &acme, &bob, "admin").await;
    let paused = ann.post_form(DANGER, PAUSE, &[("org", "acme")]).await;
    assert_eq!(paused.location(), Some(DANGER));
    let page = browser.get("/o/acme/projects").await;
    assert_eq!(page.status, 409);
    for said in ["acme is paused", "ask an owner: ann"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let listed = browser.get_json("/api/app/account/memberships/memberships").await;
    assert!(listed.body.contains(r#""status":"deactivated""#), "{}", listed.body);
    assert_eq!(ann.get("/o/acme/projects").await.status, 200, "who can end it reads");
    let (_, mut cleo) = product.owner("cleo", "other").await;
    assert_eq!(
        cleo.get("/o/acme/projects").await.status,
        404,
        "a stranger hears nothing"
    );
}

#[tokio::test]
async fn who_is_kept_out_can_leave_and_who_is_suspended_is_told() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (bob, mut browser) = product.person("bob").await;
    join(&product.database, &product.deps, &acme, &bob, "member").await;
    let suspend = "/api/app/org/people/suspend_person/suspend_person";
    let bob = bob.id().to_string();
    assert_eq!(
        ann.post(suspend, &[("org", "acme"), ("person", &bob)]).await.status,
        200
    );
    let listed = browser.get(ORGANIZATIONS).await.body;
    assert!(listed.contains(">acme<") && listed.contains(">Suspended<"), "{listed}");
    assert!(!listed.contains("/o/acme"), "there is no way in: {listed}");
    assert_eq!(browser.get(LEAVE_PAGE).await.status, 404);
    assert_eq!(browser.post(LEAVE, &[("org", "acme")]).await.status, 404);
    let restore = "/api/app/org/people/restore_person/restore_person";
    assert_eq!(
        ann.post(restore, &[("org", "acme"), ("person", &bob)]).await.status,
        200
    );

    ann.post_form(DANGER, PAUSE, &[("org", "acme")]).await;
    let listed = browser.get(ORGANIZATIONS).await.body;
    assert!(listed.contains(">Paused<") && listed.contains(LEAVE_PAGE), "{listed}");
    let page = browser.get(LEAVE_PAGE).await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains(LEAVE) && page.body.contains(">Paused<"),
        "{}",
        page.body
    );
    let only = ann.get(LEAVE_PAGE).await;
    assert!(
        only.body.contains("You are the only owner") && !only.body.contains(LEAVE),
        "{}",
        only.body
    );
    assert_eq!(ann.post(LEAVE, &[("org", "acme")]).await.error(), Error::LastOwner);
    let left = browser.post_form(LEAVE_PAGE, LEAVE, &[("org", "acme")]).await;
    assert_eq!(left.location(), Some(ORGANIZATIONS));
    let listed = browser.follow(&left).await.body;
    assert!(
        listed.contains("You have left the organization.") && !listed.contains("acme"),
        "{listed}"
    );
    assert_eq!(browser.get(LEAVE_PAGE).await.status, 404);
}

#[tokio::test]
async fn who_signed_in_long_ago_signs_in_again_and_comes_back() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    assert!(ann.get(DANGER).await.body.contains(DELETE));
    product.clock.advance(TimeDelta::minutes(16));
    let page = ann.get(DANGER).await;
    assert!(!page.body.contains(DELETE), "not before the sign-in");
    let again = "/sign-in?next=%2Fo%2Facme%2Fsettings%2Fdanger&again";
    assert!(page.body.replace("&amp;", "&").contains(again), "{}", page.body);
    let refused = ann.post(DELETE, &[("org", "acme"), ("confirm", "acme")]).await;
    assert_eq!(
        (refused.status.as_u16(), refused.error()),
        (403, Error::RecentSignInRequired)
    );

    let form = ann.get(again).await;
    assert_eq!(form.status, 200, "also for who is signed in");
    assert!(form.body.contains("ann@example.test"));
    assert_eq!(
        ann.get("/sign-in?next=%2F").await.status,
        302,
        "otherwise they are led on"
    );
    let fields = [("email", "ann@example.test"), ("password", PASSWORD), ("next", DANGER)];
    let back = ann.post_form(again, SIGN_IN, &fields).await;
    assert_eq!(back.location(), Some(DANGER));
    assert_eq!(
        product.database.count("user_sessions").await,
        1,
        "the one before has ended"
    );
    assert!(ann.get(DANGER).await.body.contains(DELETE));
    let deleted = ann
        .post_form(DANGER, DELETE, &[("org", "acme"), ("confirm", "acme")])
        .await;
    assert_eq!(deleted.location(), Some(DANGER));
    assert_eq!(product.database.count("tenants where status = 'deleting'").await, 1);
}

#[tokio::test]
async fn a_wrong_name_comes_back_with_what_was_typed() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let refused = ann
        .post_form(DANGER, DELETE, &[("org", "acme"), ("confirm", "Acme")])
        .await;
    let page = ann.follow(&refused).await;
    assert!(page.body.contains("Type it exactly as shown"), "{}", page.body);
    assert_eq!(product.database.count("tenants where status = 'active'").await, 1);
}

#[tokio::test]
async fn nothing_but_the_way_out_is_left_when_its_time_has_run_out() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    ann.post(DELETE, &[("org", "acme"), ("confirm", "acme")]).await;
    product.clock.advance(TimeDelta::days(30));
    let fields = [("email", "ann@example.test"), ("password", PASSWORD)];
    let mut fresh = product.browser();
    let arrived = fresh.post_form("/sign-in", SIGN_IN, &fields).await;
    assert_eq!(arrived.location(), Some("/welcome"));
    sqlx::query("update users set email_verified_at = now()")
        .execute(product.database.owner())
        .await
        .unwrap();
    assert_eq!(fresh.get(DANGER).await.status, 404);
}

#[tokio::test]
async fn a_paused_account_is_offered_back_at_the_sign_in() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let paused = ann
        .post_form(
            "/account/close",
            "/api/app/account/deactivate_account/deactivate_account",
            &[],
        )
        .await;
    assert_eq!(paused.location(), Some("/goodbye?account=paused"));
    assert!(ann.cookies.keys().all(|name| !name.ends_with("plinth_session")));
    let fields = [
        ("email", "ann@example.test"),
        ("password", PASSWORD),
        ("next", "/o/acme/projects"),
    ];
    let offered = ann.post_form("/sign-in", SIGN_IN, &fields).await;
    assert!(ann.cookies.keys().all(|name| !name.ends_with("plinth_session")));
    let page = ann.follow(&offered).await;
    assert!(page.body.contains("Your account is paused"), "{}", page.body);
    let token = offered.location().unwrap().split("token=").nth(1).unwrap();
    let (token, next) = token.split_once("&next=").unwrap();
    assert_eq!(next, "%2Fo%2Facme%2Fprojects");
    let resume = "/api/app/auth/resume_account/resume_account";
    let fields = [("token", token), ("next", "/o/acme/projects")];
    let back = ann.post_form("/resume-account", resume, &fields).await;
    assert_eq!(back.location(), Some("/o/acme/projects"));
    assert_eq!(ann.get("/o/acme/projects").await.status, 200);
    let late = ann.post_form("/resume-account", resume, &fields).await;
    let page = ann.follow(&late).await;
    assert!(page.body.contains("This took too long"), "{}", page.body);
}

#[tokio::test]
async fn an_account_that_people_depend_on_says_which_organization_and_what_to_do() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (bob, _) = product.person("bob").await;
    join(&product.database, &product.deps, &acme, &bob, "admin").await;
    let page = ann.get("/account/close").await;
    assert!(!page.body.contains(CLOSE), "no button that would be refused");
    for said in ["acme", "/o/acme/people", DANGER] {
        assert!(page.body.contains(said), "{said}");
    }
    let refused = ann.post(CLOSE, &[("confirm", "ann@example.test")]).await;
    assert_eq!((refused.status.as_u16(), refused.error()), (409, Error::LastOwner));

    join(
        &product.database,
        &product.deps,
        &acme,
        &product.person("cleo").await.0,
        "owner",
    )
    .await;
    assert!(ann.get("/account/close").await.body.contains(CLOSE));
    let gone = ann
        .post_form("/account/close", CLOSE, &[("confirm", "ann@example.test")])
        .await;
    assert_eq!(gone.location(), Some("/goodbye?account=deleted"));
    assert_eq!(ann.get("/account/profile").await.status, 302);
    assert!(ann.follow(&gone).await.body.contains("Your account is deleted"));
}

#[tokio::test]
async fn a_password_proves_it_when_the_sign_in_is_long_ago() {
    let product = Product::new().await;
    let (_, mut ann) = product.person("ann").await;
    product.clock.advance(TimeDelta::minutes(16));
    assert!(ann.get("/account/close").await.body.contains(r#"name="password""#));
    let wrong = [("confirm", "ann@example.test"), ("password", "wrong horse")];
    let refused = ann.post_form("/account/close", CLOSE, &wrong).await;
    let page = ann.follow(&refused).await;
    assert!(page.body.contains("This is not your current password"), "{}", page.body);
    assert!(!page.body.contains("wrong horse"));
    let right = [("confirm", "ann@example.test"), ("password", PASSWORD)];
    assert_eq!(ann.post(CLOSE, &right).await.status, 200);
    assert_eq!(product.database.count("users where deleted_at is null").await, 0);
}

#[tokio::test]
async fn what_was_deleted_is_found_in_one_place_and_a_clash_is_told_in_words() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let deleted = project(&product.deps, &acme, "Harbour").await;
    domain::projects::delete::delete(&acme, &product.deps, deleted)
        .await
        .unwrap();
    let bin = "/o/acme/settings/bin";
    let page = ann.get(bin).await;
    for said in ["Harbour", "Deleted by ann", "1 Apr 2026"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let restore = "/api/app/org/projects/restore_project/restore_project";
    let id = deleted.to_string();
    let fields = [("org", "acme"), ("project", id.as_str()), ("back", bin)];
    let namesake = project(&product.deps, &acme, "harbour").await;
    let refused = ann.post_form(bin, restore, &fields).await;
    let page = ann.follow(&refused).await;
    assert!(
        page.body.contains("Another project has this name by now"),
        "{}",
        page.body
    );
    domain::projects::delete::delete(&acme, &product.deps, namesake)
        .await
        .unwrap();
    let back = ann.post_form(bin, restore, &fields).await;
    assert_eq!(back.location(), Some(bin));
    assert!(!ann.get(bin).await.body.contains("Harbour"));
}
