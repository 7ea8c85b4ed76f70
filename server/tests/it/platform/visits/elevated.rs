//! What may be changed by who visits or was let in, and that it is that and nothing else.

use chrono::TimeDelta;
use contract::{Error, support::SupportArea, visits::VisitMode};

use super::{super::support::let_in, ELEVATE, elevate, stored, visitor};
use crate::{
    functions::{self, Function, Guard},
    harness::{Answer, Browser, Product},
    work::Work,
};

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

/// Something that is covered.
async fn rename(browser: &mut Browser, work: &Work) -> Answer {
    let project = work.project.to_string();
    let fields = [("org", "acme"), ("project", &project), ("name", "Found")];
    browser
        .post("/api/app/org/projects/rename_project/rename_project", &fields)
        .await
}

/// Written out, so that a function that comes to be has to be thought about: what decides who has access to what, or who is let
/// in, is for the members' own hands.
#[test]
fn what_visits_may_change_are_these_things_and_no_others() {
    let names = |wanted: fn(&Function) -> bool| -> Vec<&str> {
        let mut names: Vec<_> = inside()
            .filter(|function| has_covered_right(function) && wanted(function))
            .map(Function::name)
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
    let renamed = rename(&mut sue, &work).await;
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
    let renamed = rename(&mut sue, &work).await;
    assert_eq!(renamed.status, 200, "{renamed:?}");
    let told =
        "audit_log where action = 'project.updated' and origin = 'impersonation' and on_behalf_of_user_id is not null";
    assert_eq!(product.database.count(told).await, 1);
    product.clock.advance(TimeDelta::minutes(10));
    let again = rename(&mut sue, &work).await;
    assert_eq!(again.error(), Error::NotInVisit);
}
