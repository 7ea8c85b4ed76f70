use chrono::TimeDelta;
use contract::{Error, staff::StaffRole};

use super::*;
use crate::{
    actor::{OrgActor, VisitStanding},
    reports::{
        get::get,
        testing::{picture, saying},
    },
    testing::{TestDatabase, clock_and_deps, deps, organization, person, staff, visit, visitor},
};

fn on(path: &str) -> NewReport {
    NewReport {
        page: ReportedPage::parse(path).unwrap(),
        ..saying("The list is empty")
    }
}

fn by(user: &UserActor) -> Reporter<'_> {
    Reporter::Person { user, visit: None }
}

#[tokio::test]
async fn everything_that_was_told_is_kept() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    let acme = organization(&deps, &ann, "acme").await;
    let new = NewReport {
        failed: true,
        request_id: Some("req-7".to_owned()),
        facts: "1440 × 900\u{7}".to_owned(),
        client_error: "x".repeat(2000),
        screenshot: Some(picture()),
        ..on("/o/ACME/projects")
    };
    let id = send(by(&ann), &deps, new).await.unwrap();
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let kept = get(&sue, &deps, id).await.unwrap();
    assert_eq!(kept.page, "/o/ACME/projects");
    assert_eq!((kept.note.as_str(), kept.failed), ("The list is empty", true));
    assert_eq!((kept.request_id.as_str(), kept.release.as_str()), ("req-7", "0.1.0"));
    assert_eq!((kept.browser.as_str(), kept.facts.as_str()), ("test", "1440 × 900"));
    assert_eq!(kept.client_error.chars().count(), MAX_CLIENT_ERROR);
    assert_eq!(kept.reporter.map(|(id, _)| id), Some(ann.id()));
    assert_eq!(kept.organization, Some((acme.tenant().id, "acme".to_owned())));
    assert_eq!(kept.screenshot.map(|size| (size.width, size.height)), Some((640, 400)));
    assert!(!kept.in_visit);
}

#[tokio::test]
async fn the_organization_is_ones_own_whatever_the_browser_says() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
    organization(&deps, &ann, "acme").await;
    let guest = visitor();
    send(by(&bob), &deps, on("/o/acme/projects")).await.unwrap();
    send(Reporter::Visitor(&guest), &deps, on("/o/acme/projects"))
        .await
        .unwrap();
    assert_eq!(database.count("problem_reports where tenant_id is null").await, 2);
    assert_eq!(database.count("problem_reports where user_id is null").await, 1);
    sqlx::query("update tenant_members set status = 'suspended'")
        .execute(database.owner())
        .await
        .unwrap();
    send(by(&ann), &deps, on("/o/acme/projects")).await.unwrap();
    assert_eq!(database.count("problem_reports where tenant_id is null").await, 3);
}

#[tokio::test]
async fn an_organization_that_is_gone_is_named_no_more() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    organization(&deps, &ann, "acme").await;
    sqlx::query("update tenants set deleted_at = now()")
        .execute(database.owner())
        .await
        .unwrap();
    send(by(&ann), &deps, on("/o/acme/projects")).await.unwrap();
    assert_eq!(database.count("problem_reports where tenant_id is null").await, 1);
}

#[tokio::test]
async fn on_a_visit_staff_report_as_themselves_and_it_says_so() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    let acme: OrgActor = organization(&deps, &ann, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let (_, token) = visit(&deps, &sue, &acme).await;
    let standing = Visit::standing(sue.user(), &deps, &token).await.unwrap();
    let Some(VisitStanding::Live(live)) = standing else {
        panic!("no visit");
    };
    let reporter = Reporter::Person {
        user: sue.user(),
        visit: Some(&live),
    };
    let there = send(reporter, &deps, on("/o/acme/projects")).await.unwrap();
    let kept = get(&sue, &deps, there).await.unwrap();
    assert_eq!(kept.reporter.map(|(id, _)| id), Some(sue.id()));
    assert!(kept.in_visit && kept.organization.is_some());
    let elsewhere = send(reporter, &deps, on("/platform/jobs")).await.unwrap();
    let kept = get(&sue, &deps, elsewhere).await.unwrap();
    assert!(!kept.in_visit && kept.organization.is_none());
}

#[tokio::test]
async fn one_that_says_nothing_is_refused_and_a_page_that_failed_says_enough() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let guest = visitor();
    let nothing = NewReport {
        request_id: Some("req-7".to_owned()),
        facts: "1440 × 900".to_owned(),
        client_error: " ".to_owned(),
        page: ReportedPage::parse("/pricing").unwrap(),
        ..saying("")
    };
    for _ in 0..10 {
        let refused = send(Reporter::Visitor(&guest), &deps, nothing.clone())
            .await
            .unwrap_err();
        assert_eq!(Error::from(refused), Error::field("note", FieldCode::Required));
    }
    for something in [
        NewReport {
            failed: true,
            ..nothing.clone()
        },
        NewReport {
            client_error: "TypeError".to_owned(),
            ..nothing.clone()
        },
        NewReport {
            screenshot: Some(picture()),
            ..nothing
        },
    ] {
        send(Reporter::Visitor(&guest), &deps, something).await.unwrap();
    }
}

#[tokio::test]
async fn so_many_and_no_more_by_person_and_by_address() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let (ann, guest) = (person(&deps, "ann").await, visitor());
    for (reporter, free) in [(by(&ann), 10), (Reporter::Visitor(&guest), 5)] {
        for _ in 0..free {
            send(reporter, &deps, on("/pricing")).await.unwrap();
        }
        let refused = send(reporter, &deps, on("/pricing")).await.unwrap_err();
        assert!(matches!(Error::from(refused), Error::Throttled { .. }), "{reporter:?}");
    }
    assert_eq!(database.count("problem_reports").await, 15);
    clock.advance(TimeDelta::hours(1));
    send(by(&ann), &deps, on("/pricing")).await.unwrap();
}

#[tokio::test]
async fn the_application_reads_none_of_it() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    send(by(&ann), &deps, on("/pricing")).await.unwrap();
    for statement in [
        "select from problem_reports",
        "select from problem_report_screenshots",
        "select from problem_report_notes",
        "update problem_reports set note = ''",
        "delete from problem_reports",
    ] {
        let mut transaction = ann.begin(&deps).await.unwrap();
        let done = sqlx::query(statement).execute(&mut *transaction).await;
        assert!(done.is_err(), "{statement}");
    }
}
