//! The desk at which bills are repaired, over the edge.

use chrono::TimeDelta;
use contract::{Error, staff::StaffRole};
use domain::actor::FRESH_FACTOR;

use super::world::{World, staff_browser};
use crate::harness::{Browser, Product};

const REPAIR: &str = "/api/app/platform/billing/repair_bills/repair_bills";

/// What the form of a page sends along.
fn hidden(body: &str, name: &str) -> String {
    let (_, rest) = body.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

async fn send(browser: &mut Browser, page: &str, tenant: &str, reason: &str, seen: &str) -> crate::harness::Answer {
    let fields = [
        ("tenant", tenant),
        ("kind", "complimentary"),
        ("plan", "business"),
        ("until", ""),
        ("customer", ""),
        ("reason", reason),
        ("seen", seen),
    ];
    browser.post_form(page, REPAIR, &fields).await
}

#[tokio::test]
async fn a_plan_is_given_in_two_steps_and_stands_on_the_organization_s_page_without_a_name() {
    let product = Product::new().await;
    let mut world = World::of(&product).await;
    let mut bea = staff_browser(&product, "bea", StaffRole::Billing).await;
    let tenant = world.acme.tenant().id.to_string();
    let desk = format!("/platform/billing/{tenant}");
    let page = format!("{desk}/complimentary?plan=business");
    let before = product.snapshot().await;
    let shown = bea.get(&page).await;
    for said in [
        "Nothing has changed yet.",
        "Complimentary",
        "Business, free of charge",
        "What would change",
    ] {
        assert!(shown.body.contains(said), "{said}: {}", shown.body);
    }
    assert_eq!(before, product.snapshot().await, "a dry run writes nothing");
    let seen = hidden(&shown.body, "seen");
    let short = send(&mut bea, &page, &tenant, "because", &seen).await;
    let shown = bea.follow(&short).await;
    assert!(shown.body.contains("Use at least 10 characters.") && shown.body.contains(">because</textarea>"));
    let done = send(&mut bea, &page, &tenant, "They were <b>promised</b> it", &seen).await;
    assert_eq!(done.location(), Some(desk.as_str()));
    let shown = bea.follow(&done).await;
    assert!(shown.body.contains("were &lt;b&gt;promised") && shown.body.contains("nothing differs any more"));

    let theirs = world.customer.get("/o/acme/settings/billing").await;
    assert!(
        theirs
            .body
            .contains("Adjusted by support on 2 Mar 2026, 09:00: the Business plan, free of charge.")
    );
    assert!(
        !theirs.body.contains("promised") && !theirs.body.contains("bea"),
        "{}",
        theirs.body
    );
    let log = world.customer.get("/o/acme/settings/audit").await;
    assert!(log.body.contains("Was given a plan by support") && !log.body.contains("promised"));
    let twice = bea.get(&page).await;
    assert!(twice.body.contains("Something is given already.") && !twice.body.contains("name=\"seen\""));
}

#[tokio::test]
async fn what_has_changed_since_the_dry_run_is_said() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    let mut bea = staff_browser(&product, "bea", StaffRole::Billing).await;
    let tenant = world.acme.tenant().id.to_string();
    let page = format!("/platform/billing/{tenant}/complimentary?plan=business");
    let seen = hidden(&bea.get(&page).await.body, "seen");
    let (bob, _) = product.person("bob").await;
    domain::testing::join(&product.database, &product.deps, &world.acme, &bob, "member").await;
    let refused = send(&mut bea, &page, &tenant, "They were promised it", &seen).await;
    let shown = bea.follow(&refused).await;
    assert!(
        shown.body.contains("Something has changed since you looked"),
        "{}",
        shown.body
    );
    assert!(shown.body.contains("Seats in use: was 1, is 2 now"), "{}", shown.body);
    assert_eq!(product.database.count("billing_overrides").await, 0);
    let seen = hidden(&shown.body, "seen");
    let done = send(&mut bea, &page, &tenant, "They were promised it", &seen).await;
    assert!(done.location().is_some_and(|to| to.ends_with(&tenant)), "{done:?}");
    assert_eq!(product.database.count("billing_overrides").await, 1);
}

#[tokio::test]
async fn who_only_reads_is_offered_no_fix_and_a_stale_factor_is_proven_first() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    let tenant = world.acme.tenant().id.to_string();
    let desk = format!("/platform/billing/{tenant}");
    let mut sam = staff_browser(&product, "sam", StaffRole::Support).await;
    let shown = sam.get(&desk).await;
    assert_eq!(shown.status, 200);
    assert!(
        shown.body.contains("No payment provider is set up") && !shown.body.contains("/sync\""),
        "{}",
        shown.body
    );
    assert_eq!(sam.get(&format!("{desk}/sync")).await.status, 403);
    let mut bea = staff_browser(&product, "bea", StaffRole::Billing).await;
    for (path, status) in [
        (format!("{desk}/sync"), 200),
        (format!("{desk}/everything"), 404),
        ("/platform/billing/none".to_owned(), 404),
        ("/platform/billing?kind=nonsense&after=nonsense".to_owned(), 200),
    ] {
        assert_eq!(bea.get(&path).await.status, status, "{path}");
    }
    let sync = bea.get(&format!("{desk}/sync")).await;
    assert!(sync.body.contains("No payment provider is set up here") && !sync.body.contains("name=\"seen\""));
    product.clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    let answer = bea.get(&format!("{desk}/sync")).await;
    assert!(
        answer
            .location()
            .unwrap_or_default()
            .starts_with("/second-factor?next="),
        "{answer:?}"
    );
    let fields = [
        ("tenant", &*tenant),
        ("kind", "take_back"),
        ("reason", "They asked for it"),
        ("seen", ""),
    ];
    assert_eq!(bea.post(REPAIR, &fields).await.error(), Error::SecondFactorRequired);
}
