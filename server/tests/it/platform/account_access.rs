//! What a person reads about who saw an organization with their eyes.

use contract::{
    maintenance::{MaintenanceLevel, Surface},
    staff::StaffRole,
    support::SupportArea,
};
use domain::{
    maintenance::{Scope, testing::close},
    testing::{join, staff},
};

use super::{
    support::let_in,
    visits::{STOP, visitor},
};
use crate::harness::Product;

const PAGE: &str = "/account/access";
const END: &str = "/api/app/account/access/end_own_visit/end_own_visit";

#[tokio::test]
async fn who_was_seen_through_reads_it_and_ends_it_without_any_right() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (bob, mut browser) = product.person("bob").await;
    let bob = join(&product.database, &product.deps, &acme, &bob, "member").await;
    let empty = browser.get(PAGE).await;
    assert!(
        empty.body.contains("Nobody of us has looked from your place"),
        "{}",
        empty.body
    );
    let mut sue = visitor(&product, "sue", &bob).await;
    sue.get("/o/acme/projects").await;
    sue.get("/o/acme/settings/access").await;

    assert_eq!(
        browser.get("/o/acme/settings/access").await.status,
        403,
        "it is no right of theirs"
    );
    let page = browser.get(PAGE).await.body;
    assert!(
        page.contains("sue is looking at acme right now, as you see it."),
        "{page}"
    );
    assert!(
        page.contains("They cannot find their project") && page.contains(END),
        "{page}"
    );
    let (_, id) = page.split_once("/account/access?id=").unwrap();
    let id = id.split('"').next().unwrap().to_owned();
    let one = format!("{PAGE}?id={id}");
    let detail = browser.get(&one).await.body;
    for part in [
        "sue",
        "acme",
        "Read-only",
        "/o/acme/projects",
        "/o/acme/settings/access",
    ] {
        assert!(detail.contains(part), "{part}: {detail}");
    }
    // Nobody else does, whatever their rights.
    let others = ann.get(PAGE).await.body;
    assert!(!others.contains("They cannot find their project"), "{others}");
    assert_eq!(ann.get(&one).await.status, 404);
    assert_eq!(
        ann.post(END, &[("visit", &id)]).await.error(),
        contract::Error::NotFound
    );
    assert_eq!(sue.get(&one).await.status, 404);
    for nothing in ["x", "00000000-0000-0000-0000-000000000000"] {
        assert_eq!(browser.get(&format!("{PAGE}?id={nothing}")).await.status, 404);
    }

    let ended = browser.post_form(PAGE, END, &[("visit", &id)]).await;
    assert_eq!(ended.location(), Some(one.as_str()), "{ended:?}");
    let page = browser.follow(&ended).await.body;
    assert!(
        page.contains("Ended by the member (bob)") && !page.contains(END),
        "{page}"
    );
    assert_eq!(sue.get("/o/acme/projects").await.status, 404);
    sue.post(STOP, &[]).await;
}

#[tokio::test]
async fn whoever_let_support_in_reads_it_as_well_the_latest_first() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let mut tom = visitor(&product, "tom", &acme).await;
    tom.post(STOP, &[]).await;
    product.clock.advance(chrono::TimeDelta::minutes(1));
    let (mut sue, session) = let_in(&product, "sue", &acme, SupportArea::ALL, false).await;
    sue.get("/o/acme/people").await;
    let page = ann.get(PAGE).await.body;
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(
        place("id=") < place("Let in") && place("Let in") < place("A visit"),
        "{page}"
    );
    let detail = ann.get(&format!("{PAGE}?id={session}")).await.body;
    assert!(detail.contains("sue") && detail.contains("/o/acme/people"), "{detail}");
    assert!(!detail.contains(END), "it is the organization's to end");
}

#[tokio::test]
async fn where_the_rest_stands_is_said_as_it_is_for_who_reads() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (bob, mut browser) = product.person("bob").await;
    let bob = join(&product.database, &product.deps, &acme, &bob, "member").await;
    let mut sue = visitor(&product, "sue", &bob).await;
    sue.get("/o/acme/projects").await;
    let visit: String = sqlx::query_scalar("select id::text from platform_impersonation_sessions")
        .fetch_one(product.database.owner())
        .await
        .unwrap();
    let (own, all) = (
        format!("{PAGE}?id={visit}"),
        format!("/o/acme/settings/access?visit={visit}"),
    );
    let shown = browser.get(&own).await.body;
    assert!(!shown.contains("The latest 200 are shown"), "{shown}");
    // As many pages as are told at once.
    sqlx::query(
        "insert into audit_log select (jsonb_populate_record(l, \
             jsonb_build_object('id', gen_random_uuid(), 'position', l.position + 1000 + n))).* \
         from audit_log l, generate_series(1, 200) n \
         where l.id = (select id from audit_log where tenant_id = $1 and action = 'visit.page_seen' limit 1)",
    )
    .bind(acme.tenant().id.0)
    .execute(product.database.owner())
    .await
    .unwrap();
    let shown = browser.get(&own).await.body;
    assert!(
        shown.contains("for whoever may read it there.") && !shown.contains("The audit log has all of them."),
        "{shown}"
    );
    let shown = ann.get(&all).await.body;
    assert!(
        shown.contains("The audit log has all of them.") && !shown.contains("for whoever may read it there."),
        "{shown}"
    );
}

/// What is closed is closed to who would end a visit as well: the decision is written down in `docs/decisions`.
#[tokio::test]
async fn where_organizations_are_closed_an_owner_waits_and_who_is_seen_through_does_not() {
    for (scope, own) in [(Scope::Surface(Surface::Organizations), 200), (Scope::Everything, 503)] {
        let product = Product::new().await;
        let (acme, mut ann) = product.owner("ann", "acme").await;
        let (bob, mut browser) = product.person("bob").await;
        let bob = join(&product.database, &product.deps, &acme, &bob, "member").await;
        let mut sue = visitor(&product, "sue", &bob).await;
        let max = staff(&product.database, &product.deps, "max", StaffRole::Superadmin).await;
        let visit: String = sqlx::query_scalar("select id::text from platform_impersonation_sessions")
            .fetch_one(product.database.owner())
            .await
            .unwrap();
        close(&max, &product.deps, scope, MaintenanceLevel::Closed).await;
        let fields = [("org", "acme"), ("visit", visit.as_str())];
        let refused = ann.post("/api/app/org/access/end_visit/end_visit", &fields).await;
        assert_eq!(refused.status, 503, "{scope:?}: {refused:?}");
        assert_eq!(sue.get("/o/acme/projects").await.status, 200, "{scope:?}");
        let ended = browser.post(END, &fields[1..]).await;
        assert_eq!(ended.status.as_u16(), own, "{scope:?}: {ended:?}");
        if own == 503 {
            assert_eq!(sue.post(STOP, &[]).await.status, 200, "whoever is on it leaves");
        }
        let over = "platform_impersonation_sessions where ended_at is not null";
        assert_eq!(product.database.count(over).await, 1, "{scope:?}");
        assert_eq!(sue.get("/o/acme/projects").await.status, 404, "{scope:?}");
    }
}
