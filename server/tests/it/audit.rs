//! The audit log as people read it: its page, one's own activity, the file of it, and the command that follows its chains.

use contract::{Error, audit::AuditList, billing::Feature, staff::StaffRole};
use domain::testing::{join, on_plan, project};
use sqlx::AssertSqlSafe;

use crate::{
    harness::{Answer, Product, form},
    platform::world::staff_browser,
    terminal::plinth,
};

const PAGE: &str = "/o/acme/settings/audit";
const FILE: &str = "/o/acme/settings/audit.csv";

fn lines(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body.trim_end().split("\r\n").skip(1).collect()
}

#[tokio::test]
async fn the_page_shows_what_happened_at_the_filters_of_its_address() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (bob, _) = product.person("bob").await;
    let member = join(&product.database, &product.deps, &acme, &bob, "member").await;
    project(&product.deps, &member, "<b>Harbour</b>").await;
    // A plan with the file.
    sqlx::query("update tenants set plan_key = 'team'")
        .execute(product.database.owner())
        .await
        .unwrap();
    let page = ann.get(PAGE).await;
    assert_eq!(page.status, 200);
    for part in [
        "Created the organization",
        "Created a project",
        "&lt;b&gt;Harbour&lt;/b&gt;",
        "192.0.2.7",
        "<details",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(!page.body.contains("<b>Harbour"));

    let rows = |answer: &Answer| answer.body.matches("<details class=\"audit-entry\"").count();
    assert_eq!(rows(&page), 2);
    let by_bob = ann.get(&format!("{PAGE}?who={}", bob.id())).await;
    assert_eq!(rows(&by_bob), 1);
    let link = format!("href=\"{FILE}?who={}\"", bob.id());
    assert!(
        by_bob.body.contains(&link),
        "the file is at the same filters: {}",
        by_bob.body
    );
    assert_eq!(rows(&ann.get(&format!("{PAGE}?what=tenant")).await), 1);
    assert_eq!(rows(&ann.get(&format!("{PAGE}?search=harbour")).await), 1);
    assert_eq!(
        rows(&ann.get(&format!("{PAGE}?from=2026-03-02&to=2026-03-02")).await),
        2
    );
    for nothing in ["what=task", "to=2026-03-01", "from=2026-03-03", "search=nowhere"] {
        let answer = ann.get(&format!("{PAGE}?{nothing}")).await;
        assert_eq!((answer.status.as_u16(), rows(&answer)), (200, 0), "{nothing}");
        assert!(answer.body.contains("Nothing found"), "{nothing}");
    }
    for wrong in ["from=soon", "who=me", "what=%00", "before="] {
        assert_eq!(rows(&ann.get(&format!("{PAGE}?{wrong}")).await), 2, "{wrong}");
    }
    assert_eq!(ann.get(&format!("{PAGE}?before=soon")).await.status, 404);
}

#[tokio::test]
async fn a_wrong_day_is_told_to_programs() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let path = "/api/app/org/audit/list_audit/list_audit";
    for (field, value) in [
        ("from", "soon"),
        ("to", "2026-02-30"),
        ("before", "x"),
        ("before", "99999999999999999999"),
    ] {
        let query = form(&[("org", "acme"), (&format!("query[{field}]"), value)]);
        let answer = ann.get_json(&format!("{path}?{query}")).await;
        let expected = Error::field(field, contract::FieldCode::Malformed);
        assert_eq!((answer.status.as_u16(), answer.error()), (422, expected), "{field}");
    }
}

#[tokio::test]
async fn who_may_not_read_it_is_shown_neither_page_nor_file_nor_the_way_there() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (bob, mut browser) = product.person("bob").await;
    join(&product.database, &product.deps, &acme, &bob, "member").await;
    let (_, mut stranger) = product.owner("cid", "other").await;
    let before = product.snapshot().await;
    for (path, status) in [(PAGE, 403), (FILE, 403)] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(
            answer.body.contains("page-failed") && !answer.body.contains("tenant.created"),
            "{path}"
        );
        let answer = stranger.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        let answer = product.browser().get(path).await;
        let next = format!("/sign-in?{}", form(&[("next", PAGE)]));
        assert_eq!(
            (answer.status.as_u16(), answer.location()),
            (302, Some(&*next)),
            "{path}"
        );
    }
    for (answer, status, error) in [
        (browser.get_json(FILE).await, 403, Error::Forbidden),
        (stranger.get_json(FILE).await, 404, Error::NotFound),
        (product.browser().get_json(FILE).await, 401, Error::Unauthenticated),
        (
            browser.get_json("/o/nowhere/settings/audit.csv").await,
            404,
            Error::NotFound,
        ),
        (
            browser.get_json("/o/%00/settings/audit.csv").await,
            404,
            Error::NotFound,
        ),
    ] {
        assert_eq!((answer.status.as_u16(), answer.error()), (status, error));
    }
    assert_eq!(before, product.snapshot().await, "and nothing was recorded of it");
    assert!(!browser.get("/o/acme/projects").await.body.contains(PAGE));
    assert!(ann.get("/o/acme/projects").await.body.contains(PAGE));
}

#[tokio::test]
async fn behind_the_wall_there_is_no_file() {
    let product = Product::new().await;
    product.owner("ann", "acme").await;
    product.clock.advance(chrono::TimeDelta::days(8));
    let mut browser = product.browser();
    let fields = [("email", "ann@example.test"), ("password", domain::testing::PASSWORD)];
    browser
        .post_form("/sign-in", "/api/app/auth/sign_in/sign_in", &fields)
        .await;
    let answer = browser.get(FILE).await;
    assert!(
        answer.location().is_some_and(|to| to.starts_with("/verify-email")),
        "{answer:?}"
    );
    let answer = browser.get_json(FILE).await;
    assert_eq!((answer.status.as_u16(), answer.error()), (403, Error::EmailUnverified));
}

#[tokio::test]
async fn the_file_holds_what_the_page_shows_and_nothing_a_spreadsheet_would_run() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    on_plan(&product.database, &product.deps, &acme, "team").await;
    sqlx::query("update users set name = '=HYPERLINK(1)'")
        .execute(product.database.owner())
        .await
        .unwrap();
    project(&product.deps, &acme, "Harbour, \"old\"").await;
    let file = ann.get(&format!("{FILE}?what=project&before=1")).await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    let name = "attachment; filename=\"acme-audit-2026-03-02.csv\"";
    assert_eq!(file.header("content-disposition"), Some(name));
    assert_eq!(file.header("cache-control"), Some("no-store"));
    assert!(
        file.body.starts_with("\u{feff}position,time,action,actor,"),
        "{}",
        file.body
    );
    let found = lines(&file);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("2,2026-03-02T09:00:00.000000Z,project.created,'=HYPERLINK(1),"),
        "{found:?}"
    );
    assert!(found[0].contains(r#"""name"":""Harbour, \""old\"""""#), "{found:?}");

    let everything = ann.get_json(FILE).await;
    let found = lines(&everything);
    assert_eq!(found.len(), 3, "the export before is in it: {found:?}");
    assert!(found[0].contains("audit.exported"));
    assert_eq!(
        product
            .database
            .count("audit_log where action = 'audit.exported'")
            .await,
        2
    );
}

#[tokio::test]
async fn a_plan_without_the_file_gives_the_page_alone() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let answer = ann.get_json(FILE).await;
    let without = Error::PlanFeature {
        feature: Feature::AuditExport,
    };
    assert_eq!((answer.status.as_u16(), answer.error()), (402, without));
    let page = ann.get(&format!("{FILE}?what=tenant")).await;
    assert_eq!(page.status, 402);
    assert!(
        page.body.contains("audit-entry"),
        "the page it belongs to: {}",
        page.body
    );
    assert_eq!(
        product
            .database
            .count("audit_log where action = 'audit.exported'")
            .await,
        0
    );
}

#[tokio::test]
async fn an_old_address_leads_to_the_page_at_the_new_one() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let fields = [("org", "acme"), ("name", "acme"), ("slug", "harbour")];
    ann.post("/api/app/org/update_organization/update_organization", &fields)
        .await;
    let answer = ann.get(&format!("{FILE}?what=tenant")).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (302, Some("/o/harbour/settings/audit?what=tenant"))
    );
}

#[tokio::test]
async fn ones_own_activity_is_everything_one_did_and_only_that() {
    let product = Product::new().await;
    let (_, _) = product.owner("ann", "acme").await;
    let (_, mut bob) = product.owner("bob", "other").await;
    let fields = [("email", "bob@example.test"), ("password", domain::testing::PASSWORD)];
    bob.post("/api/app/auth/sign_in/sign_in", &fields).await;
    let page = bob.get("/account/activity").await;
    assert_eq!(page.status, 200);
    for part in [
        "Signed in",
        "Made an account",
        "Created the organization",
        "Your account",
    ] {
        assert!(page.body.contains(part), "{part}");
    }
    let listed = bob.get_json("/api/app/account/activity/activity").await;
    let list: AuditList = serde_json::from_str(&listed.body).unwrap();
    let actions: Vec<_> = list.rows.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions.len(), 4, "the first session ended with the second: {actions:?}");
    assert!(!listed.body.contains("acme") && !listed.body.contains("ann"));
    let none = bob.get("/account/activity?what=task").await;
    assert!(none.body.contains("Nothing found"));
}

#[tokio::test]
async fn plinth_audit_verify_names_the_first_broken_row_and_fails() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    for name in ["One", "Two", "Three"] {
        project(&product.deps, &acme, name).await;
    }
    let whole = plinth(&product, &["audit", "verify"]);
    let said = String::from_utf8_lossy(&whole.stdout).into_owned();
    assert!(whole.status.success(), "{whole:?}");
    assert!(said.contains("whole: 5 entries in 2 chains"), "{said}");

    let tenant = acme.tenant().id;
    let tamper = format!(
        "update audit_log set after = '{{\"name\": \"Nothing\"}}' where tenant_id = '{tenant}' and position in (3, 4) returning id::text"
    );
    let ids: Vec<String> = sqlx::query_scalar(AssertSqlSafe(tamper))
        .fetch_all(product.database.owner())
        .await
        .unwrap();
    assert_eq!(ids.len(), 2);
    let broken = plinth(&product, &["audit", "verify"]);
    let said = String::from_utf8_lossy(&broken.stdout).into_owned();
    assert_eq!(broken.status.code(), Some(1), "{broken:?}");
    let first: String = sqlx::query_scalar("select id::text from audit_log where tenant_id = $1 and position = 3")
        .bind(tenant.0)
        .fetch_one(product.database.owner())
        .await
        .unwrap();
    for part in [
        "BROKEN",
        &format!("{tenant} (/o/acme)"),
        "position      3",
        &first,
        "details changed",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
}

/// What only the house records is no business of an organization's, and nothing that it could find.
#[tokio::test]
async fn each_log_is_filtered_by_what_it_can_hold() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    let offered = |answer: &Answer, action: &str| {
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body.contains(&format!("<option value=\"{action}\""))
    };
    let (log, own) = (ann.get(PAGE).await, ann.get("/account/activity").await);
    let (of_staff, everything) = (sue.get("/account/activity").await, sue.get("/platform/audit").await);
    for (action, in_log, in_own) in [
        ("project.created", true, true),
        ("tenant.suspended", true, true),
        ("visit.begun", true, true),
        ("user.second_factor_cleared", true, true),
        ("user.signed_in", false, true),
        ("user.suspended", false, false),
        ("staff.invited", false, false),
        ("staff", false, false),
        ("job.retried", false, false),
        ("flag.changed", false, false),
    ] {
        assert_eq!(offered(&log, action), in_log, "{action}");
        assert_eq!(offered(&own, action), in_own, "{action}");
        assert!(offered(&of_staff, action) && offered(&everything, action), "{action}");
    }
}
