//! What people see of the bills: the pages, the sign and the banners around every page, and where a plan stands in the way.

use chrono::TimeDelta;
use domain::testing::{join, project};

use crate::harness::Product;

const BILLING: &str = "/o/acme/settings/billing";
const CREATE_ORGANIZATION: &str = "/api/app/org/create_organization/create_organization";
const CREATE: &str = "/api/app/org/projects/create_project/create_project";

/// From now.
async fn trial_ends(product: &Product, within: TimeDelta) {
    sqlx::query("update tenants set trial_ends_at = $1")
        .bind(product.deps.now() + within)
        .execute(product.database.owner())
        .await
        .unwrap();
}

#[tokio::test]
async fn bills_are_for_who_may_see_them_and_choosing_for_who_may_choose() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let page = ann.get(BILLING).await;
    assert_eq!(page.status, 200);
    for part in [
        "Starter plan",
        "The trial runs until",
        "Trial · 14 days",
        "No invoices yet",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let nav = format!("href=\"{BILLING}\"");
    assert!(ann.get("/o/acme/projects").await.body.contains(&nav));

    let (bob, mut member) = product.person("bob").await;
    join(&product.database, &product.deps, &acme, &bob, "member").await;
    assert!(!member.get("/o/acme/projects").await.body.contains(&nav));
    for path in [
        "",
        "/plans",
        "/change?plan=team&interval=month&seats=2",
        "/return",
        "/cancel",
    ] {
        let refused = member.get(&format!("{BILLING}{path}")).await;
        assert_eq!(refused.status, 403, "{path}");
    }

    let (cleo, mut admin) = product.person("cleo").await;
    join(&product.database, &product.deps, &acme, &cleo, "admin").await;
    assert_eq!(admin.get(BILLING).await.status, 200);
    let plans = admin.get(&format!("{BILLING}/plans")).await;
    assert_eq!(plans.status, 200);
    assert!(plans.body.contains("ask an owner"), "{}", plans.body);
    assert!(!plans.body.contains("start_checkout"), "{}", plans.body);
    for path in [
        "/change?plan=team&interval=month&seats=2",
        "/return",
        "/cancel",
        "/keep",
    ] {
        assert_eq!(admin.get(&format!("{BILLING}{path}")).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn an_installation_without_a_provider_says_so_and_offers_nothing() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let overview = ann.get(BILLING).await;
    assert!(overview.body.contains("Payments are not set up"), "{}", overview.body);
    assert!(!overview.body.contains("open_portal"), "{}", overview.body);
    let plans = ann.get(&format!("{BILLING}/plans?interval=year&seats=3")).await;
    assert_eq!(plans.status, 200);
    assert!(plans.body.contains("Payments are not set up"), "{}", plans.body);
    assert!(plans.body.contains("$570.00 a year for 3 seats"), "{}", plans.body);
    assert!(!plans.body.contains("start_checkout"), "{}", plans.body);
    let nothing = ann.get(&format!("{BILLING}/cancel")).await;
    assert!(nothing.body.contains("There is nothing to cancel"), "{}", nothing.body);
    // Without a choice there is nothing to preview.
    let change = ann.get(&format!("{BILLING}/change")).await;
    assert_eq!(change.location(), Some("/o/acme/settings/billing/plans"));
}

#[tokio::test]
async fn a_trial_that_runs_out_is_told_in_time_and_to_the_right_people() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (bob, mut member) = product.person("bob").await;
    join(&product.database, &product.deps, &acme, &bob, "member").await;
    let choose = "href=\"/o/acme/settings/billing/plans\"";
    let banner = "The trial ends in 3 days";
    trial_ends(&product, TimeDelta::days(3)).await;
    let page = ann.get("/o/acme/projects").await.body;
    assert!(page.contains(banner) && page.contains(choose), "{page}");
    assert!(
        !member.get("/o/acme/projects").await.body.contains(banner),
        "they work as before"
    );

    trial_ends(&product, TimeDelta::zero()).await;
    let page = ann.get("/o/acme/projects").await.body;
    for part in ["The trial is over", "Trial ended", "Choose a plan"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(
        !page.contains("/projects/new"),
        "nothing is offered that is only refused: {page}"
    );
    let page = member.get("/o/acme/projects").await.body;
    assert!(
        page.contains("The trial is over") && page.contains("Ask an owner"),
        "{page}"
    );
    assert!(!page.contains(choose), "{page}");
    // The page of the bills says it itself.
    let page = ann.get(BILLING).await.body;
    assert!(!page.contains("banner-text\"><strong>The trial is over"), "{page}");
    assert!(page.contains("The trial is over."), "{page}");
}

#[tokio::test]
async fn a_limit_leads_to_the_plans_or_to_somebody_who_can_choose_one() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    for number in 1..=5 {
        project(&product.deps, &acme, &format!("Harbour {number}")).await;
    }
    let (bob, mut member) = product.person("bob").await;
    join(&product.database, &product.deps, &acme, &bob, "member").await;
    let new = "/o/acme/projects/new";
    let plans = "href=\"/o/acme/settings/billing/plans\"";
    let refusal = "Your plan includes 5 projects, and 5 are in use";

    let page = ann.get(new).await.body;
    assert!(page.contains(refusal) && page.contains(plans), "{page}");
    let page = member.get(new).await.body;
    assert!(page.contains(refusal) && page.contains("Ask an owner"), "{page}");
    assert!(!page.contains(plans), "{page}");

    // A form that was under way is refused, keeps what was typed, and leads on in the same way.
    let fields = [("org", "acme"), ("name", "Lighthouse"), ("description", "Paint it")];
    for (browser, leads) in [(&mut ann, true), (&mut member, false)] {
        let refused = browser.post_form(new, CREATE, &fields).await;
        let page = browser.follow(&refused).await.body;
        assert!(page.contains(refusal) && page.contains("role=\"alert\""), "{page}");
        assert!(page.contains("Lighthouse") && page.contains("Paint it"), "{page}");
        assert_eq!(page.contains(plans), leads, "{page}");
        assert!(!page.contains("form-errors-title"), "it is said once: {page}");
    }
}

#[tokio::test]
async fn who_is_kept_from_work_reaches_the_bills() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    sqlx::query("update tenants set status = 'suspended' where id = $1")
        .bind(acme.tenant().id.0)
        .execute(product.database.owner())
        .await
        .unwrap();
    assert_eq!(ann.get(BILLING).await.status, 200);
    assert_eq!(ann.get(&format!("{BILLING}/plans")).await.status, 200);
    // Past the days for proving an address.
    product.clock.advance(TimeDelta::days(8));
    let form = [("email", "ann@example.test"), ("password", domain::testing::PASSWORD)];
    ann.post_form("/sign-in", "/api/app/auth/sign_in/sign_in", &form).await;
    assert_eq!(ann.get("/o/acme/projects").await.location(), Some("/verify-email"));
    assert_eq!(ann.get(BILLING).await.status, 200);
}

#[tokio::test]
async fn a_way_back_that_leads_to_no_purchase_says_so() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    for query in [
        "?checkout_id=",
        "?checkout_id=nothing",
        "?checkout_id=%3Cscript%3E&tries=-1",
    ] {
        let page = ann.get(&format!("{BILLING}/return{query}")).await;
        assert!(
            [404, 503].contains(&page.status.as_u16()) && !page.body.contains("<script>alert"),
            "{query}: {page:?}"
        );
    }
}

#[tokio::test]
async fn a_plan_that_was_chosen_in_public_is_led_to_its_organization() {
    let product = Product::new().await;
    let choose = "/choose-plan?plan=team&interval=year";
    let public = product.browser().get("/pricing?interval=year").await.body;
    assert!(
        public.contains("/sign-up?next=%2Fchoose-plan%3Fplan%3Dteam%26interval%3Dyear"),
        "{public}"
    );
    let (user, mut ann) = product.person("ann").await;
    let welcome = "/welcome?next=%2Fchoose-plan%3Fplan%3Dteam%26interval%3Dyear";
    assert_eq!(ann.get(choose).await.location(), Some(welcome));
    let page = ann.get(welcome).await.body;
    let next = "value=\"/choose-plan?plan=team&amp;interval=year\"";
    assert!(page.contains(next), "{page}");
    let form = [("name", "Acme"), ("slug", "acme"), ("next", choose)];
    let made = ann.post_form(welcome, CREATE_ORGANIZATION, &form).await;
    assert_eq!(made.location(), Some(choose));
    let to = "/o/acme/settings/billing/plans?plan=team&interval=year";
    assert_eq!(ann.get(choose).await.location(), Some(to));
    domain::testing::organization(&product.deps, &user, "other").await;
    let page = ann.get(choose).await;
    assert_eq!(page.status, 200);
    for slug in ["acme", "other"] {
        let link = format!("href=\"/o/{slug}/settings/billing/plans?plan=team&amp;interval=year\"");
        assert!(page.body.contains(&link), "{slug}: {}", page.body);
    }
}

#[tokio::test]
async fn what_exceeds_the_plan_is_chosen_from() {
    const KEEP: &str = "/api/app/org/billing/keep_in_use/keep_in_use";
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let page = format!("{BILLING}/keep");
    assert!(ann.get(&page).await.body.contains("Everything fits"));
    let mut ids = Vec::new();
    for number in 1..=3 {
        ids.push(
            project(&product.deps, &acme, &format!("Harbour {number}"))
                .await
                .to_string(),
        );
    }
    sqlx::query("update plan_limits set allowed = 1 where plan_key = 'starter' and limit_key = 'projects'")
        .execute(product.database.owner())
        .await
        .unwrap();
    let shown = ann.get(&page).await.body;
    assert!(shown.contains("3 in use, room for 1"), "{shown}");
    assert_eq!(
        shown.matches(" checked").count(),
        1,
        "as many as there is room for: {shown}"
    );

    // Too many: what was ticked stays ticked, and there is a way on.
    let two = [("org", "acme"), ("projects[]", &*ids[1]), ("projects[]", &*ids[2])];
    let refused = ann.post_form(&page, KEEP, &two).await;
    let shown = ann.follow(&refused).await.body;
    assert_eq!(
        shown.matches("Tick at most 1 of these.").count(),
        2,
        "above the form and beside the boxes: {shown}"
    );
    assert_eq!(shown.matches(" checked").count(), 2, "{shown}");

    let one = [("org", "acme"), ("projects[]", &*ids[2])];
    let kept = ann.post_form(&page, KEEP, &one).await;
    assert_eq!(kept.location(), Some(BILLING));
    let in_use: Vec<String> = sqlx::query_scalar("select name from projects where paused_at is null")
        .fetch_all(product.database.owner())
        .await
        .unwrap();
    assert_eq!(in_use, ["Harbour 3"]);
    let list = ann.get("/o/acme/projects").await.body;
    assert_eq!(list.matches("Paused by the plan").count(), 2, "{list}");
}
