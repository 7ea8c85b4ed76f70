//! Inviting: what becomes of each address, who may, and mail that did not arrive.

use contract::{
    Error, FieldCode,
    iam::{DefaultRole, Permission},
    invitation::{InviteOutcome, InviteReport},
};
use domain::{
    people::testing::{join_by_invitation, role},
    testing::{custom_role, join_as},
};

use super::invited;
use crate::harness::{Product, form};

const INVITE: &str = "/api/app/org/people/invite_people/invite_people";
const COPY: &str = "/api/app/org/people/copy_invitation_link/copy_invitation_link";
const REVOKE: &str = "/api/app/org/people/revoke_invitation/revoke_invitation";
const RESEND: &str = "/api/app/org/people/resend_invitation/resend_invitation";
const CHANGE_ROLE: &str = "/api/app/org/people/change_role/change_role";

#[tokio::test]
async fn a_paste_is_answered_row_by_row() {
    let product = Product::new().await;
    let (acme, mut owner) = product.owner("ann", "acme").await;
    let member = role(&acme, &product.deps, DefaultRole::Member).await.to_string();
    let page = "/o/acme/people/invite";
    assert!(owner.get(page).await.body.contains("1 of 5 taken, 4 left"));
    let pasted = "Bob <bob@example.test>, bob@example.test\nnobody at all\nann@example.test\nc@example.test;d@example.test;e@example.test;f@example.test";
    let fields = [
        ("org", "acme"),
        ("addresses", pasted),
        ("role", &*member),
        ("member_type", "member"),
    ];
    let sent = owner.post_form(page, INVITE, &fields).await;
    assert!(
        sent.location().unwrap().starts_with("/o/acme/people/invite?batch="),
        "{sent:?}"
    );
    let shown = owner.follow(&sent).await.body;
    for words in [
        "4 people are invited, 4 not",
        "Not an address",
        "Already in",
        "Twice",
        "No seat",
        "All 5 seats of your plan are taken",
        "5 of 5 taken",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let box_again = shown
        .split("<textarea")
        .nth(1)
        .unwrap()
        .split("</textarea>")
        .next()
        .unwrap();
    assert!(
        box_again.contains("nobody at all") && box_again.contains("f@example.test"),
        "{box_again}"
    );
    assert!(!box_again.contains("bob@example.test"));
    let by_script = owner.post(INVITE, &fields).await;
    let report: InviteReport = serde_json::from_str(&by_script.body).unwrap();
    assert!(
        matches!(report.rows[0].outcome, InviteOutcome::Renewed { .. }),
        "{report:?}"
    );
    let empty = [("org", "acme"), ("addresses", " "), ("role", &*member)];
    let refused = owner.post(INVITE, &empty).await;
    assert_eq!(refused.error(), Error::field("addresses", FieldCode::Required));
}

#[tokio::test]
async fn guests_are_given_projects_by_the_form() {
    let product = Product::new().await;
    let (acme, mut owner) = product.owner("ann", "acme").await;
    let project = domain::testing::project(&product.deps, &acme, "Shown")
        .await
        .to_string();
    let roles = (
        role(&acme, &product.deps, DefaultRole::Member).await.to_string(),
        role(&acme, &product.deps, DefaultRole::Guest).await.to_string(),
    );
    assert!(
        owner
            .get("/o/acme/people/invite")
            .await
            .body
            .contains(r#"name="projects[]""#)
    );
    let fields = [
        ("org", "acme"),
        ("addresses", "bob@example.test"),
        ("role", &*roles.0),
        ("member_type", "guest"),
        ("guest_role", &*roles.1),
        ("projects[]", &*project),
    ];
    let sent = owner.post_form("/o/acme/people/invite", INVITE, &fields).await;
    assert!(sent.location().unwrap().contains("?batch="), "{sent:?}");
    let granted = format!("tenant_invitation_grants where project_id = '{project}'");
    assert_eq!(product.database.count(&granted).await, 1);
    assert_eq!(
        product
            .database
            .count("tenant_invitations where member_type = 'guest'")
            .await,
        1
    );
}

/// As it stands in a page.
fn again(next: &str) -> String {
    let path = format!("/sign-in?{}&again", form(&[("next", next)]));
    format!(r#"href="{}""#, path.replace('&', "&amp;"))
}

#[tokio::test]
async fn making_an_owner_asks_for_a_recent_sign_in_and_leads_to_it_and_back() {
    let mut case = invited("bob@example.test", DefaultRole::Owner).await;
    let (cid, _) = case.product.person("cid").await;
    join_by_invitation(
        &case.product.database,
        &case.product.deps,
        &case.acme,
        &cid,
        DefaultRole::Member,
    )
    .await;
    let owner = role(&case.acme, &case.product.deps, DefaultRole::Owner)
        .await
        .to_string();
    let sign_in_first = "To invite an owner, sign in once more";
    let page = "/o/acme/people/invite";
    assert!(!case.owner.get(page).await.body.contains(sign_in_first));
    case.product.clock.advance(chrono::TimeDelta::minutes(16));

    let told = case.owner.get(page).await.body;
    assert!(told.contains(sign_in_first) && told.contains(&again(page)), "{told}");
    let typed = [("org", "acme"), ("addresses", "new@example.test"), ("role", &*owner)];
    let refused = case.owner.post(INVITE, &typed).await;
    assert_eq!(
        (refused.status.as_u16(), refused.error()),
        (403, Error::RecentSignInRequired)
    );
    let back = case.owner.post_form(page, INVITE, &typed).await;
    let shown = case.owner.follow(&back).await.body;
    for kept in [
        ">new@example.test</textarea>",
        "You signed in a while ago",
        &again(page),
    ] {
        assert!(shown.contains(kept), "{kept}: {shown}");
    }

    let people = "/o/acme/people?filter=invitations";
    let invitation = case.invitation.to_string();
    let fields = [("org", "acme"), ("invitation", &*invitation)];
    let back = case.owner.post_form(people, RESEND, &fields).await;
    let shown = case.owner.follow(&back).await.body;
    assert!(shown.contains(&again(people)), "{shown}");

    let change = format!("/o/acme/people/{}/role?role={owner}", cid.id());
    let shown = case.owner.get(&change).await.body;
    assert!(
        shown.contains(&again(&change)) && !shown.contains(CHANGE_ROLE),
        "{shown}"
    );
    assert_eq!(
        case.product
            .database
            .count("tenant_invitations where status = 'pending'")
            .await,
        1
    );

    case.product.clock.advance(chrono::TimeDelta::minutes(-2));
    let shown = case.owner.get(&change).await.body;
    assert!(
        shown.contains("remove you as well") && shown.contains(CHANGE_ROLE),
        "{shown}"
    );
    let back = case.owner.post_form(page, INVITE, &typed).await;
    assert!(back.location().is_some_and(|to| to.contains("?batch=")), "{back:?}");
}

#[tokio::test]
async fn who_invites_without_seeing_the_people_finds_the_way_and_is_never_led_to_them() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let inviting = custom_role(&product.deps, &acme, "Host", &[Permission::MembersInvite]).await;
    let (bob, mut browser) = product.person("bob").await;
    join_as(&product.database, &product.deps, &acme, &bob, inviting).await;
    let arrived = browser.get("/o/acme/projects").await;
    assert_eq!(arrived.location(), Some("/o/acme/people/invite"));
    let mailed = browser.get("/o/acme/people?filter=invitations").await;
    assert_eq!(mailed.location(), Some("/o/acme/people/invite"));
    let page = browser.follow(&arrived).await.body;
    assert!(
        page.contains(r#"href="/o/acme/people/invite""#) && page.contains("Invite people"),
        "{page}"
    );
    let inviting = inviting.to_string();
    let fields = [
        ("org", "acme"),
        ("addresses", "typo@example.test\nann@example.test"),
        ("role", &*inviting),
    ];
    let sent = browser.post_form("/o/acme/people/invite", INVITE, &fields).await;
    let report = sent.location().unwrap().to_owned();
    sqlx::query(UNDELIVERABLE)
        .execute(product.database.owner())
        .await
        .unwrap();
    let mut pages = vec![page, browser.get(&report).await.body];
    let id: uuid::Uuid = sqlx::query_scalar("select id from tenant_invitations")
        .fetch_one(product.database.owner())
        .await
        .unwrap();
    let id = id.to_string();
    let fields = [("org", "acme"), ("invitation", &*id)];
    for (action, landing) in [
        (COPY, "/o/acme/people/invite/link"),
        (RESEND, "/o/acme/people/invite"),
        (REVOKE, "/o/acme/people/invite"),
    ] {
        let done = browser.post_form(&report, action, &fields).await;
        assert_eq!(done.location(), Some(landing), "{action}");
        pages.push(browser.follow(&done).await.body);
    }
    pages.push(browser.get("/o/acme/people/invite/link").await.body);
    for page in pages {
        let links: Vec<&str> = page
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(!links.contains(&"/o/acme/people"), "{page}");
        for link in links.into_iter().filter(|link| link.starts_with("/o/")) {
            assert_ne!(browser.get(link).await.status, 403, "{link}");
        }
    }
}

/// What the worker leaves behind when a server has refused the address.
const UNDELIVERABLE: &str =
    "update tenant_invitations set undeliverable_at = sent_at where email = 'typo@example.test' and status = 'pending'";

#[tokio::test]
async fn a_mail_that_did_not_arrive_is_told_where_one_looks_with_what_to_do() {
    let product = Product::new().await;
    let (acme, mut owner) = product.owner("ann", "acme").await;
    let member = role(&acme, &product.deps, DefaultRole::Member).await.to_string();
    let fields = [
        ("org", "acme"),
        ("addresses", "typo@example.test\nbob@example.test"),
        ("role", &*member),
    ];
    let sent = owner.post_form("/o/acme/people/invite", INVITE, &fields).await;
    let report = sent.location().unwrap().to_owned();
    let untold = owner.get(&report).await.body;
    assert!(untold.contains("2 people are invited") && !untold.contains("Not delivered"));
    let owner_of_all = product.database.owner();
    sqlx::query(UNDELIVERABLE).execute(owner_of_all).await.unwrap();

    let told = owner.get(&report).await.body;
    assert_eq!(told.matches("Not delivered").count(), 1, "{told}");
    assert_eq!(told.matches("The mail could not be delivered").count(), 1, "{told}");
    let people = owner.get("/o/acme/people?filter=invitations").await.body;
    assert_eq!(people.matches("Mail not delivered").count(), 1, "{people}");
    assert!(people.contains("take this back and invite the right one"), "{people}");
    assert_eq!(
        people.matches(COPY).count(),
        2,
        "a link can still be passed on: {people}"
    );
    assert!(people.contains("3 of 5 taken"), "it keeps its seat");
    let id: uuid::Uuid = sqlx::query_scalar("select id from tenant_invitations where undeliverable_at is not null")
        .fetch_one(owner_of_all)
        .await
        .unwrap();
    let id = id.to_string();
    let fields = [("org", "acme"), ("invitation", &*id)];
    let again = owner.post_form("/o/acme/people", RESEND, &fields).await;
    assert!(!owner.follow(&again).await.body.contains("Mail not delivered"));

    sqlx::query(UNDELIVERABLE).execute(owner_of_all).await.unwrap();
    let told = owner.get(&report).await.body;
    assert!(told.contains(REVOKE), "{told}");
    let fields = [("org", "acme"), ("invitation", &*id), ("back", &*report)];
    let back = owner.post_form(&report, REVOKE, &fields).await;
    assert_eq!(back.location(), Some(&*report));
    let told = owner.follow(&back).await.body;
    assert!(
        told.contains("1 person is invited, 1 not") && told.contains("Taken back"),
        "{told}"
    );
    let (_, boxed) = told.split_once("<textarea").unwrap();
    let (boxed, _) = boxed.split_once("</textarea>").unwrap();
    assert!(
        boxed.contains("typo@example.test") && !boxed.contains("bob@example.test"),
        "{boxed}"
    );
}
