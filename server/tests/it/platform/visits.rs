//! Visits: nothing is written by who only looks, whatever they send, whether they came unasked or were let in; and what ends a
//! visit ends it everywhere.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use contract::{
    Error, iam::Permission, maintenance::MaintenanceLevel, staff::StaffRole, support::SupportArea, visits::VisitMode,
};
use domain::{
    actor::OrgActor,
    maintenance::{Scope, testing::close},
    testing::{custom_role, join, role_of, staff},
};

use super::{support::let_in, world::staff_browser};
use crate::{
    functions::{self, Function, Guard},
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
    sqlx::query("update user_sessions set second_factor_at = $1 where second_factor_at is not null")
        .bind(product.deps.now())
        .execute(product.database.owner())
        .await
        .unwrap();
    let elevated = browser.post(ELEVATE, &[]).await;
    assert_eq!(elevated.status, 200, "{elevated:?}");
}

/// All that is stored, without the log that grows with every step of a visit.
async fn stored(product: &Product) -> BTreeMap<&'static str, String> {
    let mut snapshot = product.snapshot().await;
    snapshot.remove("audit_log");
    snapshot
}

/// What is the organization's and its people's; what a person does to an account of their own, or anybody without one, is not.
async fn theirs(product: &Product, acme: &OrgActor) -> BTreeMap<&'static str, String> {
    let mut snapshot = stored(product).await;
    let mine = acme.user().id().to_string();
    for table in [
        "users",
        "user_accounts",
        "user_sessions",
        "user_tokens",
        "user_second_factors",
        "user_recovery_codes",
        "user_factor_challenges",
        "user_passkeys",
        "user_passkey_challenges",
        "user_privacy_consents",
    ] {
        let rows = snapshot.remove(table).unwrap_or_default();
        let rows: Vec<_> = rows.lines().filter(|row| row.contains(&mine)).collect();
        snapshot.insert(table, rows.join("\n"));
    }
    for table in ["platform_role_assignments", "platform_impersonation_sessions"] {
        snapshot.remove(table);
    }
    snapshot
}

/// The ways in which somebody of the staff only looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looking {
    Visit,
    Support,
}

impl Looking {
    pub(super) async fn begin(self, product: &Product, member: &OrgActor) -> Browser {
        match self {
            Self::Visit => visitor(product, "sue", member).await,
            Self::Support => let_in(product, "sue", member, SupportArea::ALL, false).await.0,
        }
    }

    const fn title_mark(self) -> &'static str {
        match self {
            Self::Visit => "● Visit",
            Self::Support => "● Support",
        }
    }
}

#[tokio::test]
async fn who_only_looks_changes_nothing_with_any_function() {
    changes_nothing(Looking::Visit).await;
}

#[tokio::test]
async fn nor_does_who_was_let_in_to_look() {
    changes_nothing(Looking::Support).await;
}

async fn changes_nothing(looking: Looking) {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let mut sue = looking.begin(&product, &acme).await;
    let before = stored(&product).await;
    let mut answered = 0;
    for function in functions::all().filter(|function| function.guard.is_inside()) {
        let answer = function.call(&mut sue, &work, &work.slug).await;
        assert!(!answer.is_fault(), "{}: {answer:?}", function.path);
        assert_eq!(before, stored(&product).await, "{}", function.path);
        if function.reads() {
            answered += usize::from(answer.status == 200);
        } else {
            let refused = (answer.status.as_u16(), answer.error());
            let no_member = function.path.ends_with("/leave_organization");
            let unpayable = function.is_about_bills() && refused.0 == 503;
            // Offers are made to somebody else.
            let nothing_there = matches!(refused.1, Error::NotFound | Error::Conflict);
            // What nobody lets support into is not among their rights.
            let beyond = looking == Looking::Support && refused == (403, Error::Forbidden);
            assert!(
                beyond
                    || refused == (403, Error::NotInVisit)
                    || ((no_member || unpayable || nothing_there) && refused.0 >= 400),
                "{}: {answer:?}",
                function.path
            );
        }
    }
    assert!(answered > 20, "what the member reads is read: {answered}");
}

#[tokio::test]
async fn nor_with_any_form_or_page() {
    nothing_pressed_changes_anything(Looking::Visit).await;
}

#[tokio::test]
async fn nor_does_who_was_let_in_with_any_form_or_page() {
    nothing_pressed_changes_anything(Looking::Support).await;
}

/// The same with everything they might press on a page, as a form without JavaScript.
async fn nothing_pressed_changes_anything(looking: Looking) {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let mut sue = looking.begin(&product, &acme).await;
    let before = stored(&product).await;
    for function in functions::all().filter(|function| function.guard.is_inside() && !function.reads()) {
        let answer = function.press(&mut sue, &work, &work.slug).await;
        assert!(!answer.is_fault(), "{}: {answer:?}", function.path);
        assert_eq!(before, stored(&product).await, "{}", function.path);
    }
    for route in server::http::page_routes() {
        let path = work.page(route.path());
        if !path.starts_with("/o/") {
            continue;
        }
        let answer = sue.get(&path).await;
        assert!(!answer.status.is_server_error(), "{path}: {answer:?}");
        if answer.status == 200 {
            assert!(answer.body.contains("visit-bar-stop"), "{path}");
            assert!(answer.body.contains(looking.title_mark()), "{path}");
            assert!(!answer.body.contains("/api/app/auth/sign_out/sign_out"), "{path}");
        }
        assert_eq!(before, stored(&product).await, "{path}");
    }
    for path in ["/o/acme/settings/audit.csv"] {
        let answer = sue.get_json(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.error()),
            (403, Error::NotInVisit),
            "{path}"
        );
        assert_eq!(before, stored(&product).await, "{path}");
    }
}

/// What concerns a person concerns the operator, or nobody: never the one whom they visit.
#[tokio::test]
async fn what_is_a_persons_own_stays_the_visited_persons() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let persons = functions::all().filter(|function| matches!(function.guard, Guard::SignedIn | Guard::Anybody));
    for (number, function) in persons.enumerate() {
        // One address makes twenty accounts an hour.
        product.clock.advance(TimeDelta::minutes(4));
        let mut sue = visitor(&product, &format!("sue{number}"), &acme).await;
        let before = theirs(&product, &acme).await;
        let answer = function.call(&mut sue, &work, &work.slug).await;
        assert!(!answer.is_fault(), "{}: {answer:?}", function.path);
        assert_eq!(before, theirs(&product, &acme).await, "{}", function.path);
        if function.path.ends_with("/viewer") {
            assert!(answer.body.contains("sue"), "the operator's own: {}", answer.body);
        }
    }
}

/// Those that change something inside of an organization.
fn inside() -> impl Iterator<Item = &'static Function> {
    functions::all().filter(|function| function.guard.is_inside() && !function.reads())
}

/// Whether its right is one that covers something in visits that may change anything.
fn has_covered_right(function: &Function) -> bool {
    match function.guard {
        Guard::Right(right) => VisitMode::Elevated.covers(right),
        _ => false,
    }
}

fn is_covered(function: &Function) -> bool {
    has_covered_right(function) && !function.own_hands
}

/// Written out, so that a function that comes to be has to be thought about: what decides who has access to what, or who is let
/// in, is for the members' own hands.
#[test]
fn what_visits_may_change_are_these_things_and_no_others() {
    let names = |wanted: fn(&Function) -> bool| -> Vec<&str> {
        let mut names: Vec<_> = inside()
            .filter(|function| has_covered_right(function) && wanted(function))
            .filter_map(|function| function.path.rsplit('/').next())
            .collect();
        names.sort_unstable();
        names
    };
    assert_eq!(
        names(|function| !function.own_hands),
        [
            "archive_project",
            "create_project",
            "create_task",
            "plan_task",
            "rename_project",
            "set_task_state",
            "unarchive_project",
            "update_organization",
            "update_project",
            "update_task",
        ]
    );
    assert_eq!(
        names(|function| function.own_hands),
        [
            "approve_support",
            "deny_support",
            "end_support",
            "give_project",
            "offer_support",
            "require_second_factor",
            "set_support_policy",
            "share_project",
            "take_back_project",
        ]
    );
}

#[tokio::test]
async fn who_was_let_in_to_change_something_decides_no_access_either() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (mut sue, _) = let_in(&product, "sue", &acme, SupportArea::ALL, true).await;
    let before = stored(&product).await;
    for function in inside().filter(|function| function.own_hands && has_covered_right(function)) {
        let refused = function.call(&mut sue, &work, &work.slug).await;
        assert_eq!(refused.error(), Error::NotInVisit, "{}: {refused:?}", function.path);
        assert_eq!(before, stored(&product).await, "{}", function.path);
    }
    let fields = [
        ("org", "acme"),
        ("project", &work.project.to_string()),
        ("name", "Found"),
    ];
    let renamed = sue
        .post("/api/app/org/projects/rename_project/rename_project", &fields)
        .await;
    assert_eq!(renamed.status, 200, "{renamed:?}");
    let page = sue.get(&format!("/o/acme/projects/{}/access", work.project)).await;
    assert_eq!(page.status, 200, "{page:?}");
    assert!(
        !page.body.contains("share_project"),
        "what is refused is not offered: {}",
        page.body
    );
}

/// Beginning and changing something are confirmed one by one, each by a proof of its own.
#[tokio::test]
async fn a_page_asks_for_the_proof_that_changing_something_takes() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let mut sue = visitor(&product, "sue", &acme).await;
    let visit: uuid::Uuid = sqlx::query_scalar("select id from platform_impersonation_sessions")
        .fetch_one(product.database.owner())
        .await
        .unwrap();
    let path = format!("/platform/visits/{visit}");
    let page = sue.get(&path).await;
    let way = format!("/second-factor?next=%2Fplatform%2Fvisits%2F{visit}&amp;again");
    assert!(
        page.body.contains(&way) && !page.body.contains(ELEVATE),
        "{}",
        page.body
    );
    // The one asks although the last proof is a moment old, and the other leads on.
    let asked = sue.get(&way.replace("&amp;", "&")).await;
    assert_ne!(asked.location(), Some(path.as_str()), "{asked:?}");
    let led_on = sue.get(way.trim_end_matches("&amp;again")).await;
    assert_eq!(led_on.location(), Some(path.as_str()), "{led_on:?}");
    elevate(&product, &mut sue).await;
    product.clock.advance(TimeDelta::minutes(10));
    let page = sue.get(&path).await;
    assert!(
        page.body.contains(&way) && !page.body.contains(ELEVATE),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn an_elevated_visit_changes_what_it_covers_and_nothing_else() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let mut sue = visitor(&product, "sue", &acme).await;
    elevate(&product, &mut sue).await;
    let before = stored(&product).await;
    for function in inside().filter(|function| !is_covered(function)) {
        let answer = function.call(&mut sue, &work, &work.slug).await;
        assert!(answer.status.as_u16() >= 400, "{}: {answer:?}", function.path);
        assert_eq!(before, stored(&product).await, "{}", function.path);
    }
    for function in inside().filter(|function| function.own_hands) {
        let refused = function.call(&mut sue, &work, &work.slug).await;
        assert_eq!(refused.error(), Error::NotInVisit, "{}: {refused:?}", function.path);
    }
    let fields = [
        ("org", "acme"),
        ("project", &work.project.to_string()),
        ("name", "Found"),
    ];
    let renamed = sue
        .post("/api/app/org/projects/rename_project/rename_project", &fields)
        .await;
    assert_eq!(renamed.status, 200, "{renamed:?}");
    let told =
        "audit_log where action = 'project.updated' and origin = 'impersonation' and on_behalf_of_user_id is not null";
    assert_eq!(product.database.count(told).await, 1);
    product.clock.advance(TimeDelta::minutes(10));
    let again = sue
        .post("/api/app/org/projects/rename_project/rename_project", &fields)
        .await;
    assert_eq!(again.error(), Error::NotInVisit);
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
            assert_eq!(elevated.post(ELEVATE, &[]).await.status, 200);
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
