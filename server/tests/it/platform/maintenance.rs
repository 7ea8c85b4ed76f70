//! What is closed answers nobody but staff, and says when to come back. What can only be read changes for nobody.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    Error,
    maintenance::{MaintenanceLevel, Surface},
    staff::StaffRole,
    support::SupportArea,
};
use domain::{
    maintenance::{
        Scope,
        begin::{Target, begin},
        testing::{close, order},
    },
    testing::{PASSWORD, staff},
};

use super::{
    support::let_in,
    visits::{self, visitor},
    world::staff_browser,
};
use crate::{
    functions,
    harness::{Browser, Product},
    terminal::{plinth, said},
    webhooks::{self, BODY, SECRET, signed, tell},
    work::Work,
};

const SIGN_IN: &str = "/api/app/auth/sign_in/sign_in";

/// Pages and functions of each surface, by what somebody signed in asks for.
const PLACES: [(Surface, &str, &str); 3] = [
    (Surface::Site, "/pricing", "/api/v1/plans/public"),
    (Surface::Account, "/account/profile", "/api/app/account/profile/profile"),
    (
        Surface::Organizations,
        "/o/acme/projects",
        "/api/app/org/organization/organization?org=acme",
    ),
];

async fn closed(product: &Product, scope: Scope, level: MaintenanceLevel) {
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    close(&sue, &product.deps, scope, level).await;
}

async fn sign_in(browser: &mut Browser, name: &str) -> crate::harness::Answer {
    let email = format!("{name}@example.test");
    browser
        .post(SIGN_IN, &[("email", &email), ("password", PASSWORD)])
        .await
}

#[tokio::test]
async fn each_surface_is_closed_alone_and_says_when_to_come_back() {
    for (closed_surface, _, _) in PLACES {
        let product = Product::new().await;
        let (_, mut ann) = product.owner("ann", "acme").await;
        let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
        let mut wanted = order(Target::Surface(closed_surface), MaintenanceLevel::Closed);
        wanted.ends_at = Some(product.deps.now() + TimeDelta::minutes(10));
        begin(&sue, &product.deps, &wanted).await.unwrap();
        for (surface, page, function) in PLACES {
            let (page, function) = (ann.get(page).await, ann.get_json(function).await);
            if surface != closed_surface {
                assert_eq!(page.status, 200, "{surface:?} beside {closed_surface:?}: {page:?}");
                assert_eq!(
                    function.status, 200,
                    "{surface:?} beside {closed_surface:?}: {function:?}"
                );
                continue;
            }
            assert_eq!(
                (page.status.as_u16(), page.header("retry-after")),
                (503, Some("600")),
                "{surface:?}"
            );
            assert!(page.body.contains("Closed for maintenance"), "{}", page.body);
            assert!(page.body.contains(wanted.message.as_str()), "{}", page.body);
            assert_eq!(page.header("cache-control"), Some("no-store"));
            let expected = Error::Maintenance {
                retry_after_seconds: 600,
            };
            assert_eq!(function.error(), expected, "{surface:?}");
            assert_eq!(
                (function.status.as_u16(), function.header("retry-after")),
                (503, Some("600"))
            );
        }
    }
}

#[tokio::test]
async fn one_organization_is_closed_and_its_neighbour_is_not() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (_, mut bob) = product.owner("bob", "north").await;
    closed(
        &product,
        Scope::Organization(acme.tenant().id),
        MaintenanceLevel::Closed,
    )
    .await;
    let page = ann.get("/o/acme/projects").await;
    assert_eq!((page.status.as_u16(), page.header("retry-after")), (503, Some("300")));
    assert!(page.body.contains("Closed for maintenance"), "{}", page.body);
    let function = ann.get_json("/api/app/org/organization/organization?org=acme").await;
    assert_eq!(function.error().status(), 503);
    assert_eq!(function.header("retry-after"), Some("300"));
    assert_eq!(ann.get("/account/profile").await.status, 200);
    assert_eq!(bob.get("/o/north/projects").await.status, 200);
    assert_eq!(product.database.count("audit_log where action = 'maintenance.ordered' and tenant_id = (select id from tenants where slug = 'acme')").await, 1);
}

#[tokio::test]
async fn while_all_is_closed_staff_come_in_and_go_about_and_customers_do_not() {
    let product = Product::new().await;
    product.owner("ann", "acme").await;
    let mut sue = staff_browser(&product, "sam", StaffRole::Support).await;
    closed(&product, Scope::Everything, MaintenanceLevel::Closed).await;
    for page in ["/pricing", "/account/profile", "/platform/incidents"] {
        assert_eq!(sue.get(page).await.status, 200, "{page}");
    }
    let mut visitor = product.browser();
    for page in ["/sign-in", "/status", "/healthz", "/readyz"] {
        assert_eq!(visitor.get(page).await.status, 200, "{page}");
    }
    for page in ["/", "/pricing", "/sign-up", "/nowhere"] {
        assert_eq!(visitor.get(page).await.status, 503, "{page}");
    }
    let refused = sign_in(&mut visitor, "ann").await;
    assert_eq!(refused.error().status(), 503, "{refused:?}");
    assert_eq!(
        product
            .database
            .count("user_sessions s join users u on u.id = s.user_id and u.email = 'ann@example.test'")
            .await,
        1
    );
    let admitted = sign_in(&mut visitor, "sam").await;
    assert_eq!(admitted.status, 200, "{admitted:?}");
    assert_eq!(visitor.get("/pricing").await.status, 200);
}

#[tokio::test]
async fn what_the_provider_tells_a_closed_house_is_kept_and_settled_when_it_is_open_again() {
    let product = webhooks::product().await;
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    let window = close(&sue, &product.deps, Scope::Everything, MaintenanceLevel::Closed).await;
    assert_eq!(product.browser().get("/pricing").await.status, 503);
    let headers = signed(&product, "told-while-closed", BODY, 0, SECRET);
    assert_eq!(tell(&product, headers, BODY).await, 202);
    let kept = "billing_payment_events where message_id = 'told-while-closed'";
    assert_eq!(
        product.database.count(&format!("{kept} and status = 'received'")).await,
        1
    );
    let waits = "graphile_worker._private_jobs where key like 'settle_payment_event:%'";
    assert_eq!(product.database.count(waits).await, 1);
    domain::maintenance::end::end(&sue, &product.deps, window)
        .await
        .unwrap();
    product.do_jobs().await;
    let settled = format!("{kept} and status in ('processed', 'ignored') and processed_at is not null");
    assert_eq!(product.database.count(&settled).await, 1);
    assert_eq!(product.database.count(waits).await, 0);
}

/// Nobody signs in with a clock that stands still: the command goes by the machine's.
async fn at_the_machines_time(product: &Product) {
    let now = sqlx::query_scalar("select now()").fetch_one(product.database.owner());
    let now: DateTime<Utc> = now.await.unwrap();
    // As long as a node may take to know, since it was asked last.
    product.clock.set(now.max(product.deps.now()));
    product.clock.advance(TimeDelta::seconds(1));
}

#[tokio::test]
async fn the_terminal_is_the_way_back_when_everything_is_closed() {
    let product = Product::new().await;
    let pricing = async || {
        at_the_machines_time(&product).await;
        product.browser().get("/pricing").await.status.as_u16()
    };
    assert_eq!(pricing().await, 200);
    let on = plinth(&product, &["maintenance", "on", "--message", "We move"]);
    assert!(on.status.success(), "{on:?}");
    assert_eq!(pricing().await, 503);
    assert!(said(&plinth(&product, &["maintenance", "status"])).contains("on         closed: everything"));
    let off = plinth(&product, &["maintenance", "off"]);
    assert!(
        off.status.success() && said(&off).contains("ended  closed: everything"),
        "{off:?}"
    );
    assert_eq!(pricing().await, 200);
    assert!(said(&plinth(&product, &["maintenance", "off"])).contains("nothing was on"));
    let told = "audit_log where action in ('maintenance.ordered', 'maintenance.ended') and actor_user_id is null";
    assert_eq!(product.database.count(told).await, 2);
}

#[tokio::test]
async fn another_node_is_closed_within_a_second_and_open_again() {
    let product = Product::new().await;
    let mut there = product.at_another_node();
    assert_eq!(there.get("/pricing").await.status, 200);
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    let window = close(&sue, &product.deps, Scope::Everything, MaintenanceLevel::Closed).await;
    assert_eq!(product.browser().get("/pricing").await.status, 503, "here at once");
    product.clock.advance(TimeDelta::seconds(1));
    assert_eq!(there.get("/pricing").await.status, 503);
    domain::maintenance::end::end(&sue, &product.deps, window)
        .await
        .unwrap();
    assert_eq!(product.browser().get("/pricing").await.status, 200, "here at once");
    product.clock.advance(TimeDelta::seconds(1));
    assert_eq!(there.get("/pricing").await.status, 200);
}

#[tokio::test]
async fn what_is_scheduled_begins_and_ends_by_the_clock() {
    let product = Product::new().await;
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    let mut later = order(Target::Everything, MaintenanceLevel::Closed);
    later.starts_at = Some(product.deps.now() + TimeDelta::minutes(1));
    later.ends_at = Some(product.deps.now() + TimeDelta::minutes(2));
    begin(&sue, &product.deps, &later).await.unwrap();
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(product.browser().get("/pricing").await.status.as_u16());
        product.clock.advance(TimeDelta::minutes(1));
    }
    assert_eq!(statuses, [200, 503, 200]);
}

const END_VISIT: &str = "/api/app/org/access/end_visit/end_visit";
const END_SUPPORT: &str = "/api/app/org/support/end_support/end_support";
const SUPPORT_POLICY: &str = "/api/app/org/support/set_support_policy/set_support_policy";

/// Leaving, and having somebody of the staff leave.
const POSSIBLE: [&str; 4] = [
    "/api/app/auth/sign_out/sign_out",
    "/api/app/account/access/end_own_visit/end_own_visit",
    END_VISIT,
    END_SUPPORT,
];

/// It looks by changing, in a transaction that is not committed: what cannot be changed cannot be looked at in this way.
const TRIED_OUT: [&str; 2] = [
    "/api/app/org/people/preview_role/preview_role",
    "/api/app/org/people/preview_type/preview_type",
];

#[tokio::test]
async fn nothing_is_changed_through_any_function_and_everything_can_be_read() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let mut expected = Vec::new();
    for function in functions::all().filter(|function| function.reads()) {
        expected.push(function.call(&mut ann.clone(), &work, &work.slug).await.status);
    }
    closed(&product, Scope::Everything, MaintenanceLevel::ReadOnly).await;
    let before = product.snapshot().await;
    let mut unlike = Vec::new();
    for function in functions::all().filter(|function| !function.reads()) {
        if POSSIBLE.contains(&function.path) {
            continue;
        }
        let answer = function.call(&mut ann, &work, &work.slug).await;
        let refused = answer.status == 503 && matches!(answer.error(), Error::Maintenance { .. });
        if function.guard.is_inside() && (!refused || answer.header("retry-after").is_none()) {
            unlike.push(format!("{}: {} {}", function.path, answer.status, answer.body));
        }
    }
    assert_eq!(unlike, [""; 0]);
    let mut after = product.snapshot().await;
    // That somebody has tried a wrong password is written down whatever is closed.
    let without_tries = |log: &str| -> String {
        let lines = log.lines().filter(|line| !line.contains("user.sign_in_failed"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let log = without_tries(&after["audit_log"]);
    after.insert("audit_log".to_owned(), log);
    // Their ends move with every entry.
    after.insert("audit_chains".to_owned(), before["audit_chains"].clone());
    assert_eq!(before, after);
    let reading = functions::all().filter(|function| function.reads());
    for (function, expected) in reading.zip(expected) {
        let answer = function.call(&mut ann, &work, &work.slug).await;
        let expected = if TRIED_OUT.contains(&function.path) {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            expected
        };
        assert_eq!(answer.status, expected, "{}: {}", function.path, answer.body);
    }
}

/// Whatever is read-only, nobody of the staff is in against the will of the organization.
#[tokio::test]
async fn visits_and_support_sessions_are_ended_while_nothing_else_can_be_changed() {
    for everything in [true, false] {
        let product = Product::new().await;
        let (acme, mut ann) = product.owner("ann", "acme").await;
        let (tenant, owner) = (acme.tenant().id, product.database.owner());
        let mut tom = visitor(&product, "tom", &acme).await;
        let (mut kim, session) = let_in(&product, "kim", &acme, &[SupportArea::Work], true).await;
        let (mut lee, _) = let_in(&product, "lee", &acme, &[SupportArea::Work], true).await;
        let mut max = staff_browser(&product, "max", StaffRole::Support).await;
        let scope = if everything {
            Scope::Everything
        } else {
            Scope::Organization(tenant)
        };
        closed(&product, scope, MaintenanceLevel::ReadOnly).await;
        // One that begins meanwhile.
        assert_eq!(
            visits::begin(&mut max, &acme).await.location(),
            Some("/o/acme/projects")
        );
        let open: Vec<uuid::Uuid> = sqlx::query_scalar("select id from platform_impersonation_sessions")
            .fetch_all(owner)
            .await
            .unwrap();
        for browser in [&mut tom, &mut kim, &mut lee, &mut max] {
            assert_eq!(browser.get("/o/acme/projects").await.status, 200);
        }

        assert!(ann.get("/o/acme/settings/access").await.body.contains(END_VISIT));
        for visit in &open {
            let fields = [("org", "acme"), ("visit", &visit.to_string())];
            let ended = ann.post(END_VISIT, &fields).await;
            assert_eq!(ended.status, 200, "{ended:?}");
        }
        let page = ann.get("/o/acme/settings/support").await.body;
        assert!(page.contains(END_SUPPORT) && page.contains(SUPPORT_POLICY), "{page}");
        let fields = [("org", "acme"), ("session", &*session.to_string())];
        let ended = ann.post(END_SUPPORT, &fields).await;
        assert_eq!(ended.status, 200, "{ended:?}");
        assert_eq!(lee.get("/o/acme/projects").await.status, 200, "that was another one");
        for (policy, status) in [("always_read_only", 503), ("never", 200)] {
            let answer = ann.post(SUPPORT_POLICY, &[("org", "acme"), ("policy", policy)]).await;
            assert_eq!(answer.status, status, "{answer:?}");
        }
        for browser in [&mut tom, &mut kim, &mut lee, &mut max] {
            assert_eq!(browser.get("/o/acme/projects").await.status, 404);
        }

        // Both logs have all of it, once the jobs are at work again.
        let platform = product.database.platform();
        domain::visits::settle::settle(&platform, &product.deps).await.unwrap();
        domain::support_sessions::settle::settle(&platform, &product.deps)
            .await
            .unwrap();
        for (action, ends) in [("visit.begun", 2), ("visit.ended", 2), ("support.ended", 2)] {
            for inside in [true, false] {
                let told = format!("audit_log where action = '{action}' and (tenant_id = '{tenant}') = {inside}");
                assert_eq!(product.database.count(&told).await, ends, "{told}");
            }
        }
    }
}

#[tokio::test]
async fn one_organization_is_read_only_and_its_neighbour_is_not() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (_, mut bob) = product.owner("bob", "north").await;
    closed(
        &product,
        Scope::Organization(acme.tenant().id),
        MaintenanceLevel::ReadOnly,
    )
    .await;
    let create = "/api/app/org/projects/create_project/create_project";
    let fields = |org| [("org", org), ("name", "House")];
    let refused = ann.post(create, &fields("acme")).await;
    let expected = Error::Maintenance {
        retry_after_seconds: 300,
    };
    assert_eq!(
        (refused.error(), refused.header("retry-after")),
        (expected, Some("300"))
    );
    assert_eq!(bob.post(create, &fields("north")).await.status, 200);
    let page = ann.get("/o/acme/projects").await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("You can read everything and change nothing"),
        "{}",
        page.body
    );
    // Without JavaScript the form comes back with the reason.
    let sent = ann.post_form("/o/acme/projects/new", create, &fields("acme")).await;
    let back = ann.follow(&sent).await;
    assert!(back.body.contains("under maintenance"), "{}", back.body);
}

#[tokio::test]
async fn a_banner_closes_nothing_and_stands_over_every_surface() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let mut sue = staff_browser(&product, "sam", StaffRole::Support).await;
    closed(&product, Scope::Everything, MaintenanceLevel::Banner).await;
    for page in [
        "/",
        "/pricing",
        "/status",
        "/sign-up",
        "/account/profile",
        "/o/acme/projects",
    ] {
        let mut browser = if page == "/sign-up" {
            product.browser()
        } else {
            ann.clone()
        };
        let answer = browser.get(page).await;
        assert_eq!(answer.status, 200, "{page}");
        assert!(
            answer.body.contains("We move to a larger house."),
            "{page}: {}",
            answer.body
        );
    }
    assert!(sue.get("/platform/incidents").await.body.contains("Maintenance is on"));
    let created = ann
        .post(
            "/api/app/org/projects/create_project/create_project",
            &[("org", "acme"), ("name", "House")],
        )
        .await;
    assert_eq!(created.status, 200, "{created:?}");
}

#[tokio::test]
async fn from_the_signal_to_stop_on_the_node_says_that_it_is_not_ready() {
    let product = Product::new().await;
    let mut browser = product.browser();
    assert_eq!(browser.get("/readyz").await.status, 200);
    product.stop();
    let answer = browser.get("/readyz").await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (503, "stopping"));
    assert_eq!(browser.get("/healthz").await.status, 200);
    assert_eq!(
        browser.get("/pricing").await.status,
        200,
        "what still comes is answered"
    );
}
