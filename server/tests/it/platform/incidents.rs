//! What everybody is told of an incident, from its first word to the archive.

use chrono::TimeDelta;
use contract::{Error, FieldCode, incident::IncidentKind, maintenance::MaintenanceLevel, staff::StaffRole};
use domain::{
    incidents::create::{NewIncident, create},
    maintenance::{Scope, testing::close},
    testing::staff,
};

use super::world::staff_browser;
use crate::harness::Product;

const CREATE: &str = "/api/app/platform/incidents/create_incident/create_incident";
const UPDATE: &str = "/api/app/platform/incidents/post_update/post_update";
const CORRECT: &str = "/api/app/platform/incidents/correct_incident/correct_incident";
const ARCHIVE: &str = "/api/app/platform/incidents/archive_incident/archive_incident";
const DISMISS: &str = "/api/app/account/dismiss_incident/dismiss_incident";

const TITLE: &str = "Reports take long";

#[tokio::test]
async fn it_is_told_on_every_surface_until_it_is_over() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let mut sam = staff_browser(&product, "sam", StaffRole::Support).await;
    let fields = [("kind", "degraded"), ("title", TITLE), ("text", "Charts are <slow>.")];
    let created = sam.post_form("/platform/incidents/new", CREATE, &fields).await;
    let page = created.location().unwrap().replace(crate::harness::BASE_URL, "");
    let id = page.rsplit('/').next().unwrap().to_owned();
    let surfaces = ["/", "/account/profile", "/o/acme/projects"];
    for path in surfaces {
        assert!(ann.get(path).await.body.contains(TITLE), "{path}");
    }
    assert!(product.browser().get("/sign-in").await.body.contains(TITLE));
    assert!(sam.get("/platform/incidents").await.body.contains(TITLE));
    let status = product.browser().get("/status").await;
    assert!(status.body.contains("Charts are &lt;slow&gt;."), "{}", status.body);
    assert!(status.body.contains("Some things work slowly"), "{}", status.body);
    assert!(!status.body.contains("sam"), "who said it is nobody's business");

    // Put away by one, on the page where it stood, and not by another.
    let away = ann
        .post_form(
            "/o/acme/projects",
            DISMISS,
            &[("incident", &id), ("next", "/o/acme/projects")],
        )
        .await;
    let back = ann.follow(&away).await;
    assert_eq!(back.status, 200);
    assert!(!back.body.contains(TITLE));
    let (_, mut bob) = product.person("bob").await;
    assert!(bob.get("/account/profile").await.body.contains(TITLE));

    product.clock.advance(chrono::TimeDelta::minutes(1));
    let said = [
        ("incident", &*id),
        ("state", "monitoring"),
        ("text", "Charts are fast again."),
    ];
    sam.post_form(&page, UPDATE, &said).await;
    assert!(ann.get("/account/profile").await.body.contains(TITLE), "more was said");
    let early = sam.post(ARCHIVE, &[("incident", &id)]).await;
    assert_eq!(early.status, 409, "{early:?}");
    sam.post_form(
        &page,
        UPDATE,
        &[("incident", &id), ("state", "resolved"), ("text", "Done.")],
    )
    .await;
    for path in surfaces {
        assert!(!ann.get(path).await.body.contains(TITLE), "{path}");
    }
    let status = product.browser().get("/status").await;
    assert!(
        status.body.contains("Everything works") && status.body.contains(TITLE),
        "{}",
        status.body
    );
    assert_eq!(sam.post(ARCHIVE, &[("incident", &id)]).await.status, 200);
    assert!(!product.browser().get("/status").await.body.contains(TITLE));
    let kept = sam.get(&page).await;
    for words in ["Charts are &lt;slow&gt;.", "Charts are fast again.", "Done."] {
        assert!(kept.body.contains(words), "{words}");
    }
}

/// What the form that corrects it says has been seen.
fn seen(page: &str) -> String {
    let (_, after) = page.split_once("name=\"seen\" value=\"").unwrap();
    after.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_window_that_slips_is_moved_where_everybody_reads_of_it() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let mut sam = staff_browser(&product, "sam", StaffRole::Support).await;
    let now = product.deps.now();
    let typed = |hours| (now + TimeDelta::hours(hours)).format("%Y-%m-%dT%H:%M").to_string();
    let said = |hours| (now + TimeDelta::hours(hours)).format("%-d %b %Y, %H:%M").to_string();
    let (one, two, four, five) = (typed(1), typed(2), typed(4), typed(5));
    let fields = [
        ("kind", "maintenance"),
        ("title", TITLE),
        ("text", "We move."),
        ("starts", &*two),
        ("ends", &*four),
    ];
    let created = sam.post_form("/platform/incidents/new", CREATE, &fields).await;
    let page = created.location().unwrap().replace(crate::harness::BASE_URL, "");
    let id = page.rsplit('/').next().unwrap().to_owned();
    let shown = sam.get(&page).await;
    for value in [&two, &four] {
        assert!(
            shown.body.contains(&format!("value=\"{value}\"")),
            "{value}: {}",
            shown.body
        );
    }
    let seen = seen(&shown.body);
    let fields = [
        ("incident", &*id),
        ("seen", &*seen),
        ("title", "Reports are moved"),
        ("starts", &*one),
        ("ends", &*five),
    ];
    let corrected = sam.post_form(&page, CORRECT, &fields).await;
    let back = sam.follow(&corrected).await;
    assert!(
        back.body.contains("The correction is shown from now on."),
        "{}",
        back.body
    );
    let status = product.browser().get("/status").await.body;
    assert!(
        status.contains("Reports are moved") && !status.contains(TITLE),
        "{status}"
    );
    assert!(status.contains(&format!("{} to {}", said(1), said(5))), "{status}");
    assert!(status.contains("We move."), "{status}");
    let surfaces = ["/", "/account/profile", "/o/acme/projects"];
    for path in surfaces {
        assert!(
            !ann.get(path).await.body.contains("Reports are moved"),
            "{path}: not yet"
        );
    }
    product.clock.advance(TimeDelta::hours(1));
    for path in surfaces {
        assert!(ann.get(path).await.body.contains("Reports are moved"), "{path}");
    }
}

#[tokio::test]
async fn a_correction_that_is_refused_loses_nothing_that_was_typed_or_said() {
    let product = Product::new().await;
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    let incident = create(&sue, &product.deps, NewIncident::of(IncidentKind::Outage, TITLE))
        .await
        .unwrap();
    let mut sam = staff_browser(&product, "sam", StaffRole::Support).await;
    let (id, page) = (incident.to_string(), format!("/platform/incidents/{incident}"));
    let first = seen(&sam.get(&page).await.body);
    let fields = [("incident", &*id), ("seen", &*first), ("title", "Charts take long")];
    let wrong = [&fields[..], &[("ends", "2001-01-01T00:00")]].concat();
    let refused = sam.post_form(&page, CORRECT, &wrong).await;
    let back = sam.follow(&refused).await.body;
    for kept in [
        "value=\"Charts take long\"",
        "value=\"2001-01-01T00:00\"",
        "id=\"ends-error\"",
    ] {
        assert!(back.contains(kept), "{kept}: {back}");
    }
    let begun = [&fields[..], &[("starts", "2001-01-01T00:00")]].concat();
    let refused = sam.post(CORRECT, &begun).await;
    assert_eq!(refused.error(), Error::field("starts", FieldCode::Begun));
    let mut aud = staff_browser(&product, "aud", StaffRole::Auditor).await;
    assert_eq!(aud.post(CORRECT, &fields).await.error(), Error::Forbidden);

    for state in ["identified", "resolved"] {
        product.clock.advance(TimeDelta::minutes(1));
        let said = [("incident", &*id), ("state", state), ("text", "A disk.")];
        assert_eq!(sam.post(UPDATE, &said).await.status, 200);
        assert_eq!(sam.post(CORRECT, &fields).await.error(), Error::Conflict, "{state}");
    }
    let late = sam.post_form(&page, CORRECT, &fields).await;
    let back = sam.follow(&late).await.body;
    assert!(back.contains("Somebody changed this in the meantime"), "{back}");
    let status = product.browser().get("/status").await.body;
    assert!(
        status.contains(TITLE) && !status.contains("Charts take long"),
        "{status}"
    );
    let corrected = "audit_log where action = 'incident.corrected'";
    assert_eq!(product.database.count(corrected).await, 0);
}

#[tokio::test]
async fn what_somebody_has_put_away_is_gone_on_every_page_and_there_for_others() {
    const PAGES: [&str; 6] = [
        "/",
        "/pricing",
        "/status",
        "/report",
        "/verify-email",
        "/account/profile",
    ];
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let (_, mut bob) = product.person("bob").await;
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    let incident = create(&sue, &product.deps, NewIncident::of(IncidentKind::Degraded, TITLE))
        .await
        .unwrap();
    // The status page names it in any case: over the pages it stands with a way to put it away.
    let put_up = |page: &str| page.contains(DISMISS);
    for path in PAGES {
        let page = ann.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains(TITLE) && put_up(&page.body), "{path}: {}", page.body);
    }
    let fields = [("incident", &*incident.to_string()), ("next", "/o/acme/projects")];
    let away = ann.post_form("/o/acme/projects", DISMISS, &fields).await;
    assert!(!put_up(&ann.follow(&away).await.body));
    for path in PAGES {
        let page = ann.get(path).await;
        assert!(!put_up(&page.body), "{path}: {}", page.body);
        assert_eq!(page.body.contains(TITLE), path == "/status", "{path}: {}", page.body);
        assert_eq!(page.header("cache-control"), Some("private, no-store"), "{path}");
        assert!(put_up(&bob.get(path).await.body), "{path}");
    }
    let mut visitor = product.browser();
    for path in ["/", "/pricing", "/status", "/report", "/sign-in"] {
        let page = visitor.get(path).await;
        assert!(page.body.contains(TITLE), "{path}: {}", page.body);
        assert!(!put_up(&page.body), "{path}: nobody is there who could put it away");
    }
    let page = visitor.get("/").await;
    assert_eq!(page.header("cache-control"), Some("public, max-age=60"));
}

#[tokio::test]
async fn maintenance_hides_it() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    create(&sue, &product.deps, NewIncident::of(IncidentKind::Outage, TITLE))
        .await
        .unwrap();
    assert!(ann.get("/account/profile").await.body.contains(TITLE));
    close(&sue, &product.deps, Scope::Everything, MaintenanceLevel::Banner).await;
    for path in ["/", "/account/profile", "/o/acme/projects"] {
        assert!(!ann.get(path).await.body.contains(TITLE), "{path}");
    }
    // From who works on it nothing is hidden where they work.
    let mut sam = staff_browser(&product, "sam", StaffRole::Superadmin).await;
    let page = sam.get("/platform/maintenance").await;
    assert_eq!(page.status, 200, "{page:?}");
    assert!(page.body.contains(TITLE), "{}", page.body);
    assert!(!sam.get("/account/profile").await.body.contains(TITLE));
}

#[tokio::test]
async fn an_auditor_reads_all_of_it_and_is_offered_nothing() {
    const NEW: &str = "href=\"/platform/incidents/new\"";
    let product = Product::new().await;
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    let incident = create(&sue, &product.deps, NewIncident::of(IncidentKind::Outage, TITLE))
        .await
        .unwrap();
    close(&sue, &product.deps, Scope::Everything, MaintenanceLevel::Banner).await;
    let mut aud = staff_browser(&product, "aud", StaffRole::Auditor).await;
    let mut chief = staff_browser(&product, "chief", StaffRole::Superadmin).await;
    let order = "/api/app/platform/maintenance/order_maintenance/order_maintenance";
    let end = "/api/app/platform/maintenance/end_maintenance/end_maintenance";
    for (path, shown, offered) in [
        ("/platform/incidents".to_owned(), TITLE, vec![NEW]),
        (format!("/platform/incidents/{incident}"), TITLE, vec![UPDATE, CORRECT]),
        (
            "/platform/maintenance".to_owned(),
            "We move to a larger house.",
            vec![order, end],
        ),
    ] {
        let (read, managed) = (aud.get(&path).await, chief.get(&path).await);
        assert_eq!(read.status, 200, "{path}");
        assert!(read.body.contains(shown), "{path}");
        for action in offered {
            assert!(managed.body.contains(action), "{path}: {action}");
            assert!(!read.body.contains(action), "{path}: {action}");
        }
    }
    assert_eq!(aud.get("/platform/incidents/new").await.status, 403);
}

#[tokio::test]
async fn without_the_database_the_status_page_says_so() {
    let product = Product::new().await;
    product.deps.database.close().await;
    let answer = product.browser().get("/status").await;
    assert_eq!(answer.status, 503);
    assert!(
        answer.body.contains("We cannot say how we are doing"),
        "{}",
        answer.body
    );
}
