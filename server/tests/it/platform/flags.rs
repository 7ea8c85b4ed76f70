//! Flags, through the front door: switched by staff, seen by customers.

use chrono::TimeDelta;
use contract::{Error, staff::StaffRole};
use domain::actor::FRESH_FACTOR;

use super::world::{prove_again, staff_browser};
use crate::harness::{Browser, Product};

const CHANGE: &str = "/api/app/platform/flags/change_flag/change_flag";
const OVERRIDE: &str = "/api/app/platform/flags/override_flag/override_flag";
const PALETTE: &str = "/platform/flags/palette.projects";
const SEARCH: &str = "/api/app/org/projects/search_projects/search_projects";

async fn finds_projects(browser: &mut Browser, org: &str) -> bool {
    let page = browser.get(&format!("/o/{org}/people")).await;
    assert_eq!(page.status, 200);
    let offered = page.body.contains(SEARCH);
    let answer = browser.get_json(&format!("{SEARCH}?org={org}&text=x")).await;
    assert_eq!(
        answer.status == 200,
        offered,
        "the palette and its search agree: {}",
        answer.body
    );
    offered
}

#[tokio::test]
async fn what_staff_switch_changes_what_customers_find() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (_, mut bob) = product.owner("bob", "birch").await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    assert!(finds_projects(&mut ann, "acme").await);
    let nobody = [("flag", "palette.projects"), ("version", "0"), ("rollout", "0")];
    let saved = sue.post_form(PALETTE, CHANGE, &nobody).await;
    assert!(sue.follow(&saved).await.body.contains("Rolled out to 0 %"));
    assert!(!finds_projects(&mut ann, "acme").await);
    let for_acme = [
        ("flag", "palette.projects"),
        ("level", "tenant"),
        ("subject", "acme"),
        ("value", "on"),
    ];
    sue.post_form(PALETTE, OVERRIDE, &for_acme).await;
    assert!(finds_projects(&mut ann, "acme").await);
    assert!(!finds_projects(&mut bob, "birch").await);
    let shown = sue.get(&format!("{PALETTE}?organization=acme&person=")).await;
    assert!(
        shown.body.contains("On: it was said for this organization."),
        "{}",
        shown.body
    );
    let shown = sue
        .get(&format!("{PALETTE}?organization=birch&person=bob%40example.test"))
        .await;
    assert!(shown.body.contains("Off: they are not among the 0 %"), "{}", shown.body);
    let acme = sue.get(&format!("/platform/tenants/{}", acme.tenant().id)).await;
    assert!(
        acme.body.contains("On: it was said for this organization."),
        "{}",
        acme.body
    );
    let stale = sue.post(CHANGE, &nobody).await;
    assert_eq!(stale.error(), Error::Conflict);
    let killed = [
        ("flag", "palette.projects"),
        ("version", "1"),
        ("rollout", "0"),
        ("killed", "on"),
    ];
    sue.post_form(PALETTE, CHANGE, &killed).await;
    assert!(!finds_projects(&mut ann, "acme").await, "whatever else was said");
}

#[tokio::test]
async fn staff_stop_new_accounts_while_the_product_runs() {
    let product = Product::new().await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    let open = product.browser().get("/sign-up").await;
    assert!(open.body.contains("new-password"), "{}", open.body);
    let fields = [("flag", "sign_up.open"), ("version", "0"), ("killed", "on")];
    let saved = sue.post_form("/platform/flags/sign_up.open", CHANGE, &fields).await;
    assert!(sue.follow(&saved).await.body.contains("Off for everybody"));
    assert!(!product.browser().get("/sign-up").await.body.contains("new-password"));
    let config = product.browser().get_json("/api/v1/config/public").await;
    assert!(config.body.contains("\"self_serve_enabled\":false"), "{}", config.body);
    let new = [
        ("name", "Eve"),
        ("email", "eve@example.test"),
        ("password", domain::testing::PASSWORD),
        ("terms", "on"),
    ];
    let refused = product.browser().post("/api/app/auth/sign_up/sign_up", &new).await;
    assert_eq!(refused.error(), Error::RegistrationClosed);
}

#[tokio::test]
async fn the_kill_switch_takes_a_fresh_proof_which_the_page_asks_for_before() {
    let product = Product::new().await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    let mut ada = staff_browser(&product, "ada", StaffRole::Auditor).await;
    let prove = "/second-factor?next=%2Fplatform%2Fflags%2Fpalette.projects";
    let shown = sue.get(PALETTE).await;
    assert!(!shown.body.contains(prove), "{}", shown.body);
    product.clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    let shown = sue.get(PALETTE).await;
    assert!(
        shown.body.contains("The kill switch needs a second factor") && shown.body.contains(prove),
        "{}",
        shown.body
    );
    assert!(!ada.get(PALETTE).await.body.contains(prove), "who pulls nothing");
    let before = product.snapshot().await;
    let change = |version| {
        [
            ("flag", "palette.projects"),
            ("version", version),
            ("rollout", "25"),
            ("killed", "on"),
        ]
    };
    let refused = sue.post(CHANGE, &change("0")).await;
    assert_eq!(refused.error(), Error::SecondFactorRequired);
    let led = sue.post_form(PALETTE, CHANGE, &change("0")).await;
    assert_eq!(led.location(), Some(prove));
    assert_eq!(before, product.snapshot().await);
    // Another share is no switch.
    let saved = sue.post_form(PALETTE, CHANGE, &change("0")[..3]).await;
    assert_eq!(saved.location(), Some(PALETTE));
    let killed = "feature_flags where killed and rollout = 25";
    assert_eq!(product.database.count(killed).await, 0);
    prove_again(&product).await;
    assert_eq!(sue.post(CHANGE, &change("1")).await.status, 200);
    assert_eq!(product.database.count(killed).await, 1);
    product.clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    let letting_go = sue.post(CHANGE, &change("2")[..3]).await;
    assert_eq!(letting_go.error(), Error::SecondFactorRequired);
    assert_eq!(product.database.count(killed).await, 1);
}

#[tokio::test]
async fn who_only_reads_is_offered_no_switch() {
    let product = Product::new().await;
    let mut ada = staff_browser(&product, "ada", StaffRole::Auditor).await;
    let page = ada.get(PALETTE).await;
    assert_eq!(page.status, 200);
    assert!(
        !page.body.contains(CHANGE) && !page.body.contains(OVERRIDE),
        "{}",
        page.body
    );
    assert_eq!(ada.get("/platform/flags/no.such").await.status, 404);
}
