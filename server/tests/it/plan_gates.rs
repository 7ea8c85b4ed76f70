//! Who has not paid reads, takes away and makes smaller, and changes nothing. Nor does whom the plan has no room for.

use contract::{Error, billing::BillingState, error::Limit, iam::Permission};
use domain::{
    actor::OrgActor,
    people::testing::{invite_one, mailed_code},
    testing::{custom_role, join_as},
};

use crate::{
    functions::{self, Function, Guard},
    harness::{Browser, Product, form},
    work::Work,
};

/// What makes an organization smaller, shows somebody out, or is needed to hand it over or to leave it.
const RELIEF: [&str; 18] = [
    "/api/app/org/access/end_visit/end_visit",
    "/api/app/org/people/revoke_invitation/revoke_invitation",
    "/api/app/org/people/suspend_person/suspend_person",
    "/api/app/org/people/remove_person/remove_person",
    "/api/app/org/people/leave_organization/leave_organization",
    "/api/app/org/people/offer_ownership/offer_ownership",
    "/api/app/org/people/accept_ownership/accept_ownership",
    "/api/app/org/people/decline_ownership/decline_ownership",
    "/api/app/org/people/withdraw_ownership/withdraw_ownership",
    "/api/app/org/projects/archive_project/archive_project",
    "/api/app/org/projects/delete_project/delete_project",
    "/api/app/org/projects/take_back_project/take_back_project",
    "/api/app/org/workspaces/remove_workspace_member/remove_workspace_member",
    "/api/app/org/danger/deactivate_organization/deactivate_organization",
    "/api/app/org/danger/reactivate_organization/reactivate_organization",
    "/api/app/org/danger/delete_organization/delete_organization",
    "/api/app/org/danger/restore_organization/restore_organization",
    "/api/app/org/danger/ending/ending",
];

/// They read, and say beforehand what the change itself would be told.
const PREVIEWS: [&str; 2] = [
    "/api/app/org/people/preview_role/preview_role",
    "/api/app/org/people/preview_type/preview_type",
];

/// Settling bills is possible in every state.
const BILLS: &str = "/api/app/org/billing/";

/// Whoever is in trouble lets support in, and shows them out, in every state as well.
const SUPPORT: &str = "/api/app/org/support/";

/// Whether it changes something that has to be paid for. A new function is one that does until it is named above.
fn changes(function: &Function) -> bool {
    let path = function.path;
    let reads = function.reads() && !PREVIEWS.contains(&path);
    let always = RELIEF.contains(&path) || path.starts_with(BILLS) || path.starts_with(SUPPORT);
    function.guard.is_inside() && !reads && !always
}

async fn set(product: &Product, change: &'static str) {
    sqlx::query(change).execute(product.database.owner()).await.unwrap();
}

/// The trial is over, and nothing was bought.
const UNPAID: &str = "update tenants set trial_ends_at = created_at";

/// Calls everything that changes something, and holds what it is told against this.
async fn refused(product: &Product, browser: &mut Browser, work: &Work, expected: &Error) {
    let before = product.snapshot().await;
    let mut called = 0;
    for function in functions::all().filter(|function| changes(function)) {
        let answer = function.call(browser, work, &work.slug).await;
        assert_eq!(answer.status, 402, "{}: {}", function.path, answer.body);
        assert_eq!(answer.error(), *expected, "{}", function.path);
        called += 1;
    }
    assert!(called > 25, "only {called} functions change something");
    assert_eq!(before, product.snapshot().await);
}

/// Calls everything else, which is told many things and never that.
async fn not_refused(browser: &mut Browser, work: &Work) {
    for function in functions::all().filter(|function| function.guard.is_inside() && !changes(function)) {
        let answer = function.call(browser, work, &work.slug).await;
        assert!(!answer.is_fault(), "{}: {answer:?}", function.path);
        if answer.status == 402 {
            let error = answer.error();
            assert!(
                !matches!(error, Error::PaymentRequired { .. } | Error::PausedByPlan { .. }),
                "{}: {error:?}",
                function.path
            );
        }
    }
}

#[tokio::test]
async fn an_unpaid_organization_is_read_and_not_changed() {
    let product = Product::new().await;
    let (acme, mut browser) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    set(&product, UNPAID).await;
    let unpaid = Error::PaymentRequired {
        state: BillingState::None,
    };
    refused(&product, &mut browser, &work, &unpaid).await;
    not_refused(&mut browser, &work).await;
}

#[tokio::test]
async fn everything_that_makes_it_smaller_works_in_an_unpaid_organization() {
    let own = |function: &&Function| RELIEF.contains(&function.path) && function.guard != Guard::Own;
    for function in functions::all().filter(own) {
        let product = Product::new().await;
        let (acme, mut browser) = product.owner("ann", "acme").await;
        let work = Work::of(&product, &acme).await;
        set(&product, UNPAID).await;
        let answer = function.call(&mut browser, &work, &work.slug).await;
        assert_eq!(answer.status, 200, "{}: {}", function.path, answer.body);
    }
}

#[tokio::test]
async fn whom_the_plan_has_no_room_for_reads_and_changes_nothing() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let everything = custom_role(&product.deps, &acme, "Everything", Permission::ALL).await;
    let (bob, mut browser) = product.person("bob").await;
    join_as(&product.database, &product.deps, &acme, &bob, everything).await;
    set(
        &product,
        "update tenant_members set paused_at = now() where user_id = (select id from users where email = 'bob@example.test')",
    )
    .await;
    let paused = Error::PausedByPlan { limit: Limit::Members };
    refused(&product, &mut browser, &work, &paused).await;
    not_refused(&mut browser, &work).await;
}

#[tokio::test]
async fn a_paused_project_is_read_and_put_away_and_not_changed() {
    let product = Product::new().await;
    let (acme, mut browser) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    set(
        &product,
        "update projects set paused_at = now() where deleted_at is null",
    )
    .await;
    let paused = Error::PausedByPlan { limit: Limit::Projects };
    let before = product.snapshot().await;
    for path in [
        "/api/app/org/projects/update_project/update_project",
        "/api/app/org/projects/rename_project/rename_project",
        "/api/app/org/projects/unarchive_project/unarchive_project",
        "/api/app/org/projects/share_project/share_project",
        "/api/app/org/projects/give_project/give_project",
        "/api/app/org/projects/create_task/create_task",
        "/api/app/org/projects/update_task/update_task",
        "/api/app/org/projects/set_task_state/set_task_state",
        "/api/app/org/projects/plan_task/plan_task",
        "/api/app/org/projects/delete_task/delete_task",
        "/api/app/org/projects/restore_task/restore_task",
    ] {
        let function = functions::all().find(|function| function.path == path).unwrap();
        let answer = function.call(&mut browser, &work, &work.slug).await;
        assert_eq!(
            (answer.status.as_u16(), answer.error()),
            (402, paused.clone()),
            "{path}"
        );
    }
    assert_eq!(before, product.snapshot().await);
    for path in [
        "/api/app/org/projects/get_project/get_project",
        "/api/app/org/projects/take_back_project/take_back_project",
        "/api/app/org/projects/archive_project/archive_project",
        "/api/app/org/projects/delete_project/delete_project",
    ] {
        let function = functions::all().find(|function| function.path == path).unwrap();
        let answer = function.call(&mut browser, &work, &work.slug).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn nobody_joins_what_is_not_paid_for_and_the_invitation_stays_good() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let invitation = invite_one(&acme, &product.deps, "bob@example.test").await;
    let code = mailed_code(&product.database, &product.deps, &acme, invitation).await;
    let (bob, mut browser) = product.person("bob").await;
    set(&product, UNPAID).await;
    let page = format!("/accept-invite?{}", form(&[("code", &code)]));
    let answer = browser.get(&page).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("cannot take anybody in"), "{}", answer.body);
    let accept = "/api/app/invitation/accept_invitation/accept_invitation";
    let answer = browser.post(accept, &[("code", &code)]).await;
    assert_eq!((answer.status.as_u16(), answer.error()), (409, Error::TenantInactive));
    let ask = "/api/app/invitation/ask_for_invitation/ask_for_invitation";
    assert_eq!(browser.post(ask, &[("code", &code)]).await.status, 200);
    let told = "graphile_worker._private_jobs where payload::text like '%Asked%ReadOnly%'";
    assert_eq!(product.database.count(told).await, 1);

    set(
        &product,
        "update tenants set trial_ends_at = created_at + interval '14 days'",
    )
    .await;
    assert_eq!(browser.post(accept, &[("code", &code)]).await.status, 200);
    OrgActor::enter(&bob, &product.deps, "acme").await.unwrap();
}
