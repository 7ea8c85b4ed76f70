//! Visits: how they begin, who reads of them, and that what ends one ends it everywhere.

mod could_be_done;
mod elevated;
mod only_looks;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use contract::{Error, iam::Permission, maintenance::MaintenanceLevel, staff::StaffRole, support::SupportArea};
use domain::{
    actor::OrgActor,
    maintenance::{Scope, testing::close},
    testing::{custom_role, join, role_of, staff},
};

pub use only_looks::Looking;

use super::{
    support::let_in,
    world::{prove_again, staff_browser},
};
use crate::{
    harness::{Answer, Browser, Product},
    work::Work,
};

pub(super) const VISIT: &str = "__Host-plinth_visit";
pub(super) const STOP: &str = "/api/app/platform/visits/stop_visit/stop_visit";
const ELEVATE: &str = "/api/app/platform/visits/elevate_visit/elevate_visit";

/// Begins a visit as a form does, and comes back with its answer.
pub(super) async fn begin(browser: &mut Browser, member: &OrgActor) -> Answer {
    let (tenant, user) = (member.tenant().id.to_string(), member.user().id().to_string());
    let fields = [
        ("tenant", tenant.as_str()),
        ("user", user.as_str()),
        ("reason", "They cannot find their project"),
    ];
    let from = format!("/platform/visits/new?tenant={tenant}&user={user}");
    let to = "/api/app/platform/visits/begin_visit/begin_visit";
    browser.post_form(&from, to, &fields).await
}

/// Somebody of the staff on a read-only visit of the organization, as this member.
pub(super) async fn visitor(product: &Product, name: &str, member: &OrgActor) -> Browser {
    let mut browser = staff_browser(product, name, StaffRole::Support).await;
    let answer = begin(&mut browser, member).await;
    assert_eq!(answer.location(), Some("/o/acme/projects"), "{answer:?}");
    assert!(browser.cookies.contains_key(VISIT), "{answer:?}");
    browser
}

/// Elevates their visit, with a second factor that was proven once more for it.
async fn elevate(product: &Product, browser: &mut Browser) {
    let begun_with = browser.post(ELEVATE, &[]).await;
    assert_eq!(begun_with.error(), Error::SecondFactorRequired, "{begun_with:?}");
    product.clock.advance(TimeDelta::seconds(1));
    prove_again(product).await;
    let elevated = browser.post(ELEVATE, &[]).await;
    assert_eq!(elevated.status, 200, "{elevated:?}");
}

/// All that is stored, without the log that grows with every step of a visit.
async fn stored(product: &Product) -> BTreeMap<String, String> {
    let mut snapshot = product.snapshot().await;
    for log in ["audit_log", "audit_chains"] {
        snapshot.remove(log);
    }
    snapshot
}

#[tokio::test]
async fn a_visit_that_was_ended_is_over_at_the_next_request_of_every_node() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let mut tom = staff_browser(&product, "tom", StaffRole::Superadmin).await;
    for by_owner in [true, false] {
        let mut sue = visitor(&product, if by_owner { "sue" } else { "kim" }, &acme).await;
        let mut elsewhere = product.at_another_node();
        elsewhere.cookies.clone_from(&sue.cookies);
        assert_eq!(sue.get("/o/acme/projects").await.status, 200);
        assert_eq!(elsewhere.get("/o/acme/projects").await.status, 200);
        let visit: uuid::Uuid =
            sqlx::query_scalar("select id from platform_impersonation_sessions where ended_at is null")
                .fetch_one(product.database.owner())
                .await
                .unwrap();
        let visit = visit.to_string();
        let ended = if by_owner {
            let fields = [("org", "acme"), ("visit", visit.as_str())];
            ann.post("/api/app/org/access/end_visit/end_visit", &fields).await
        } else {
            let fields = [("visit", visit.as_str())];
            tom.post("/api/app/platform/visits/revoke_visit/revoke_visit", &fields)
                .await
        };
        assert_eq!(ended.status, 200, "{ended:?}");
        for browser in [&mut elsewhere, &mut sue] {
            let page = browser.get("/o/acme/projects").await;
            assert_eq!(page.status, 404, "{page:?}");
            assert!(
                page.body.contains("Your visit of acme is over") && page.body.contains(STOP),
                "{}",
                page.body
            );
            let data = browser
                .get_json("/api/app/org/organization/organization?org=acme")
                .await;
            assert_eq!(data.error(), Error::NotFound);
        }
        // The way out works in this state as well, and the operator is where they were.
        let left = sue.post_form("/o/acme/projects", STOP, &[]).await;
        assert_eq!(left.location(), Some(format!("/platform/visits/{visit}").as_str()));
        assert!(!sue.cookies.contains_key(VISIT));
        assert_eq!(sue.follow(&left).await.status, 200);
    }
}

#[tokio::test]
async fn nobody_visits_without_saying_why() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let (tenant, user) = (acme.tenant().id.to_string(), acme.user().id().to_string());
    for reason in ["", "too short", "          too short          "] {
        let fields = [("tenant", tenant.as_str()), ("user", user.as_str()), ("reason", reason)];
        let answer = sue
            .post("/api/app/platform/visits/begin_visit/begin_visit", &fields)
            .await;
        assert_eq!(answer.status, 422, "{reason:?}: {answer:?}");
        assert!(!sue.cookies.contains_key(VISIT), "{reason:?}");
    }
    assert_eq!(product.database.count("platform_impersonation_sessions").await, 0);
}

#[tokio::test]
async fn after_half_an_hour_it_is_over_for_who_was_never_idle_as_well() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let mut sue = visitor(&product, "sue", &acme).await;
    for _ in 0..2 {
        product.clock.advance(TimeDelta::seconds(14 * 60 + 59));
        assert_eq!(sue.get("/o/acme/projects").await.status, 200);
    }
    product.clock.advance(TimeDelta::seconds(2));
    let page = sue.get("/o/acme/projects").await;
    assert_eq!(page.status, 404, "{page:?}");
    assert!(page.body.contains("Your visit of acme is over"), "{}", page.body);
    assert_eq!(sue.get("/platform/visits").await.status, 200);
}

#[tokio::test]
async fn the_way_out_works_without_the_visit_and_without_its_cookie() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let mut sue = visitor(&product, "sue", &acme).await;
    let cookie = sue.cookies.remove(VISIT).unwrap();
    let page = sue.get("/o/acme/projects").await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("Staff belong to no organization"), "{}", page.body);
    let open = "platform_impersonation_sessions where ended_at is null";
    assert_eq!(sue.post(STOP, &[]).await.status, 200);
    assert_eq!(product.database.count(open).await, 0);
    assert_eq!(sue.post(STOP, &[]).await.status, 200, "again, with nothing to end");
    // Nor does the secret open anything to somebody else's session, or to a customer's.
    let mut tom = visitor(&product, "tom", &acme).await;
    tom.cookies.insert(VISIT.to_owned(), cookie.clone());
    assert_eq!(tom.get("/o/acme/projects").await.status, 404);
    let (_, mut eve) = product.person("eve").await;
    eve.cookies.insert(VISIT.to_owned(), cookie);
    assert_eq!(eve.get("/o/acme/projects").await.status, 404);
}

/// What becomes of the operator and of the organization meanwhile counts at the next request.
#[tokio::test]
async fn a_visit_is_of_one_organization_and_ends_with_the_operators_session_or_place() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    product.owner("bob", "harbour").await;
    let mut sue = visitor(&product, "sue", &acme).await;
    assert_eq!(sue.get("/o/harbour/projects").await.status, 404);
    let other = "/api/app/org/organization/organization?org=harbour";
    assert_eq!(sue.get_json(other).await.error(), Error::NotFound);
    // What was tried there stands in the operator's own log, and reaches no organization.
    let tried = "audit_log where action = 'visit.refused' and after ->> 'organization' = 'harbour' and on_behalf_of_user_id is not null";
    assert_eq!(product.database.count(tried).await, 2);
    let act = format!(
        "{tried} and tenant_id = '{}' and after ->> 'act' in ('/o/harbour/projects', 'organization')",
        uuid::Uuid::nil()
    );
    assert_eq!(product.database.count(&act).await, 2);

    // One that was suspended, or is being deleted, is looked at as its owner looks at it.
    for status in ["suspended", "deleting", "active"] {
        sqlx::query("update tenants set status = $1, purge_after = case $1 when 'deleting' then now() + '7 days' end where slug = 'acme'")
            .bind(status)
            .execute(product.database.owner())
            .await
            .unwrap();
        assert_eq!(sue.get("/o/acme/settings/danger").await.status, 200, "{status}");
    }

    assert_eq!(sue.post("/api/app/auth/sign_out/sign_out", &[]).await.status, 200);
    let left = "platform_impersonation_sessions where end_cause = 'stopped'";
    assert_eq!(product.database.count(left).await, 1);

    let mut tom = visitor(&product, "tom", &acme).await;
    sqlx::query("update platform_role_assignments set revoked_at = granted_at")
        .execute(product.database.owner())
        .await
        .unwrap();
    assert_eq!(tom.get("/o/acme/projects").await.status, 404);
    assert_eq!(tom.get("/platform").await.status, 404);
    let told = tom.get_json("/api/app/org/organization/organization?org=acme").await;
    assert_eq!(told.error(), Error::NotFound);
}

#[tokio::test]
async fn the_organization_reads_who_was_in_and_what_they_did() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (bob, mut member) = product.person("bob").await;
    join(&product.database, &product.deps, &acme, &bob, "member").await;
    let mut sue = visitor(&product, "sue", &acme).await;
    sue.get("/o/acme/people").await;
    let fields = [("org", "acme"), ("project", &work.project.to_string())];
    sue.post_form(
        "/o/acme/projects",
        "/api/app/org/projects/delete_project/delete_project",
        &fields,
    )
    .await;
    let told = |action: &str, what: &str| {
        format!(
            "audit_log where action = '{action}' and after::text like '%{what}%' and on_behalf_of_user_id is not null"
        )
    };
    // In the chain of the organization, and in the operator's.
    assert_eq!(
        product.database.count(&told("visit.page_seen", "/o/acme/people")).await,
        2
    );
    assert_eq!(
        product.database.count(&told("visit.refused", "delete_project")).await,
        2
    );
    sue.post(STOP, &[]).await;

    let visit: uuid::Uuid = sqlx::query_scalar(
        "select v.id from platform_impersonation_sessions v join users u on u.id = v.operator_id where u.name = 'sue'",
    )
    .fetch_one(product.database.owner())
    .await
    .unwrap();
    let page = ann.get(&format!("/o/acme/settings/access?visit={visit}")).await;
    assert_eq!(page.status, 200);
    for part in [
        "sue",
        "They cannot find their project",
        "/o/acme/people",
        "delete_project",
        "Left",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let log = ann.get("/o/acme/settings/audit").await;
    assert!(log.body.contains("seeing what ann sees"), "{}", log.body);
    assert_eq!(member.get("/o/acme/settings/access").await.status, 403);
    // Somebody who may read and not end is offered no end.
    let reader = custom_role(&product.deps, &acme, "Reads", &[Permission::AuditRead]).await;
    sqlx::query("update tenant_members set role_id = $1 where user_id = $2")
        .bind(reader.0)
        .bind(bob.id().0)
        .execute(product.database.owner())
        .await
        .unwrap();
    let page = member.get("/o/acme/settings/access").await;
    assert!(
        page.body.contains("is looking at your organization right now"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("/api/app/org/access/end_visit/end_visit"));
    assert_ne!(role_of(&product.database, &acme, "owner").await, reader);
}

/// Staff pass while a customer's organization is under maintenance: they look, and what could be changed in a visit is not.
#[tokio::test]
async fn under_maintenance_a_visit_looks_and_changes_nothing() {
    for level in [MaintenanceLevel::ReadOnly, MaintenanceLevel::Closed] {
        for whole_house in [false, true] {
            let product = Product::new().await;
            let (acme, mut ann) = product.owner("ann", "acme").await;
            let work = Work::of(&product, &acme).await;
            let mut elevated = visitor(&product, "sue", &acme).await;
            elevate(&product, &mut elevated).await;
            let (let_in, _) = let_in(&product, "kim", &acme, SupportArea::ALL, true).await;
            // Accounts are made while that is open.
            let mut later = staff_browser(&product, "tom", StaffRole::Support).await;
            let max = staff(&product.database, &product.deps, "max", StaffRole::Superadmin).await;
            let scope = if whole_house {
                Scope::Everything
            } else {
                Scope::Organization(acme.tenant().id)
            };
            close(&max, &product.deps, scope, level).await;
            // Begun before, and in the midst of it.
            let begun = begin(&mut later, &acme).await;
            assert_eq!(begun.location(), Some("/o/acme/projects"), "{begun:?}");
            let fields = [
                ("org", "acme"),
                ("project", &work.project.to_string()),
                ("name", "Found"),
            ];
            for mut browser in [elevated, let_in, later.clone()] {
                let page = browser.get("/o/acme/projects").await;
                assert_eq!(page.status, 200, "{level:?} {scope:?}: {page:?}");
                assert!(page.body.contains("visit-bar-stop"), "{level:?} {scope:?}");
                let before = stored(&product).await;
                let refused = browser
                    .post("/api/app/org/projects/rename_project/rename_project", &fields)
                    .await;
                let by_maintenance = matches!(refused.error(), Error::Maintenance { .. });
                let only_looks = browser.cookies.get(VISIT) == later.cookies.get(VISIT);
                assert!(
                    by_maintenance || (only_looks && refused.error() == Error::NotInVisit),
                    "{level:?} {scope:?}: {refused:?}"
                );
                assert_eq!(before, stored(&product).await, "{level:?} {scope:?}");
            }
            let expected = if level == MaintenanceLevel::Closed { 503 } else { 200 };
            assert_eq!(
                ann.get("/o/acme/projects").await.status.as_u16(),
                expected,
                "{level:?} {scope:?}"
            );
        }
    }
}
