//! Nothing answers without a session but what is meant to, and nothing without the right.

use contract::Error;
use domain::testing::join;

use crate::{
    functions::{self, Function, Guard},
    harness::Product,
    work::Work,
};

/// Pages that show themselves to anybody. `/verify-email` does once a link leads there.
const PUBLIC_PAGES: [&str; 13] = [
    "/",
    "/pricing",
    "/status",
    "/report",
    "/accept-invite",
    "/accept-staff-invite",
    "/sign-up",
    "/sign-in",
    "/forgot-password",
    "/reset-password",
    "/magic-link",
    "/resume-account",
    "/goodbye",
];

/// There is nothing to come back to: no session, and no sign-in that is half done.
const OF_A_SESSION: [&str; 2] = ["/sign-out", "/second-factor"];

/// Pages that are not there unless a developer wants them.
const DEVELOPER_PAGES: [&str; 1] = ["/dev/components"];

#[tokio::test]
async fn functions_ask_for_a_session() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let before = product.snapshot().await;
    for function in functions::all() {
        let answer = function.call(&mut product.browser(), &work, &work.slug).await;
        match function.guard {
            Guard::Anybody => assert_ne!(answer.status, 401, "{}", function.path),
            _ => assert_eq!(
                (answer.status.as_u16(), answer.error()),
                (401, Error::Unauthenticated),
                "{}",
                function.path
            ),
        }
    }
    let after = product.snapshot().await;
    for table in ["tenants", "projects", "tasks", "tenant_members", "iam_roles"] {
        assert_eq!(before[table], after[table], "{table}");
    }
}

#[tokio::test]
async fn functions_ask_for_the_right() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (bob, mut browser) = product.person("bob").await;
    sqlx::query(
        "insert into iam_roles (tenant_id, id, key, name, is_default, created_at) \
         values ($1, gen_random_uuid(), 'nothing', 'Nothing', false, now())",
    )
    .bind(acme.tenant().id.0)
    .execute(product.database.owner())
    .await
    .unwrap();
    join(&product.database, &product.deps, &acme, &bob, "nothing").await;
    let before = product.snapshot().await;
    for function in functions::all() {
        let expected = match function.guard {
            Guard::Right(_) => 403,
            Guard::Member => 200,
            Guard::Anybody | Guard::SignedIn | Guard::Own => continue,
        };
        let answer = function.call(&mut browser, &work, &work.slug).await;
        assert_eq!(answer.status, expected, "{}: {}", function.path, answer.body);
    }
    assert_eq!(before, product.snapshot().await);
}

#[tokio::test]
async fn an_owner_may_do_all_of_it() {
    let concerns_all = |function: &&Function| function.guard.is_inside() && function.guard != Guard::Own;
    let mut unlike = Vec::new();
    for function in functions::all().filter(concerns_all) {
        let product = Product::new().await;
        let (acme, mut browser) = product.owner("ann", "acme").await;
        let work = Work::of(&product, &acme).await;
        let answer = function.call(&mut browser, &work, &work.slug).await;
        let expected = function.without_bills().unwrap_or(200);
        if answer.status != expected {
            unlike.push(format!("{}: {} {}", function.path, answer.status, answer.body));
        }
    }
    assert_eq!(unlike, [""; 0]);
}

#[tokio::test]
async fn pages_lead_to_the_sign_in_and_back() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    for route in server::http::page_routes() {
        let path = work.page(route.path());
        let answer = product.browser().get(&path).await;
        if path.starts_with("/platform") {
            // Nobody is told that there is such a place.
            assert_eq!(answer.status, 404, "{path}");
        } else if PUBLIC_PAGES.contains(&path.as_str()) {
            assert_eq!(answer.status, 200, "{path}");
        } else if DEVELOPER_PAGES.contains(&path.as_str()) {
            assert_eq!(answer.status, 404, "{path}");
        } else {
            let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
            let expected = if OF_A_SESSION.contains(&path.as_str()) {
                "/sign-in".to_owned()
            } else {
                format!("/sign-in?next={next}")
            };
            assert_eq!(
                (answer.status.as_u16(), answer.location()),
                (302, Some(expected.as_str())),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn behind_the_wall_nothing_of_an_organization_is_reached() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    product.clock.advance(chrono::TimeDelta::days(8));
    let mut browser = product.browser();
    let form = [("email", "ann@example.test"), ("password", domain::testing::PASSWORD)];
    browser
        .post_form("/sign-in", "/api/app/auth/sign_in/sign_in", &form)
        .await;
    let before = product.snapshot().await;
    for function in functions::all().filter(|function| function.guard.is_inside()) {
        let answer = function.call(&mut browser, &work, &work.slug).await;
        if function.is_about_bills() {
            // Nobody is kept from paying.
            assert_ne!(answer.status, 403, "{}: {answer:?}", function.path);
            continue;
        }
        assert_eq!(
            (answer.status.as_u16(), answer.error()),
            (403, Error::EmailUnverified),
            "{}",
            function.path
        );
    }
    assert_eq!(before, product.snapshot().await);
    for path in [
        "/o/acme/projects",
        "/o/acme/settings/general",
        "/account/profile",
        "/account/sessions",
    ] {
        let answer = browser.get(path).await;
        assert!(
            answer.location().is_some_and(|to| to.starts_with("/verify-email")),
            "{path}: {answer:?}"
        );
    }
    assert_eq!(browser.get("/verify-email").await.status, 200);
}
