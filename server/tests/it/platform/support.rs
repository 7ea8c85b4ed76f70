//! Support sessions: who is let in sees what they were let into, by a way that is good once, until either side ends it.

use chrono::TimeDelta;
use contract::{
    Error,
    ids::SupportSessionId,
    staff::StaffRole,
    support::{SupportArea, SupportHours, SupportPolicy},
};
use domain::{
    actor::OrgActor,
    support_sessions::{answer::approve, policy},
    testing::{ask_support, join, support_inside},
};

use super::world::staff_browser;
use crate::{
    harness::{Answer, Browser, Product},
    work::Work,
};

const VISIT: &str = "__Host-plinth_visit";
const REQUEST: &str = "/api/app/platform/support/request_support/request_support";
const HAND_OFF: &str = "/api/app/platform/support/hand_off_support/hand_off_support";
const ENTER: &str = "/api/app/platform/support/enter_support/enter_support";
const LEAVE: &str = "/api/app/platform/support/leave_support/leave_support";
const REVOKE: &str = "/api/app/platform/support/revoke_support/revoke_support";
const END: &str = "/api/app/org/support/end_support/end_support";
const RENAME: &str = "/api/app/org/projects/rename_project/rename_project";

/// Asks as a form does, and comes back with its answer.
async fn ask(browser: &mut Browser, host: &OrgActor, areas: &[SupportArea], mode: &str) -> Answer {
    let tenant = host.tenant().id.to_string();
    let mut fields = vec![
        ("tenant", tenant.as_str()),
        ("mode", mode),
        ("hours", "4"),
        ("reason", "They cannot find their project"),
    ];
    fields.extend(areas.iter().map(|area| ("areas[]", area.key())));
    let from = format!("/platform/support/new?tenant={tenant}");
    browser.post_form(&from, REQUEST, &fields).await
}

/// The session that an answer leads to.
fn led_to(answer: &Answer) -> SupportSessionId {
    let path = answer.location().unwrap_or_default();
    let id = path.strip_prefix("/platform/support/").unwrap_or_default();
    id.parse().unwrap_or_else(|_| panic!("{answer:?}"))
}

/// Asks for the way in, and reads it from the page as a browser would.
async fn ticket(browser: &mut Browser, session: SupportSessionId) -> String {
    let (page, id) = (format!("/platform/support/{session}"), session.to_string());
    let answer = browser.post_form(&page, HAND_OFF, &[("session", &id)]).await;
    assert_eq!(
        answer.location(),
        Some(page.as_str()),
        "it stands in no address: {answer:?}"
    );
    let shown = browser.get(&page).await.body;
    let field = shown
        .split("name=\"ticket\"")
        .nth(1)
        .unwrap_or_else(|| panic!("{shown}"));
    field.split('"').nth(1).unwrap().to_owned()
}

async fn enter(browser: &mut Browser, session: SupportSessionId, ticket: &str) -> Answer {
    let fields = [("session", &*session.to_string()), ("ticket", ticket)];
    browser.post(ENTER, &fields).await
}

/// Somebody of the staff whom this member has let in, at their browser.
pub async fn let_in(
    product: &Product,
    name: &str,
    host: &OrgActor,
    areas: &[SupportArea],
    write: bool,
) -> (Browser, SupportSessionId) {
    let mut browser = staff_browser(product, name, StaffRole::Support).await;
    let asked = ask(&mut browser, host, areas, if write { "write" } else { "read" }).await;
    let session = led_to(&asked);
    approve(host, &product.deps, session, SupportHours::new(4).unwrap())
        .await
        .unwrap();
    let ticket = ticket(&mut browser, session).await;
    let page = format!("/platform/support/{session}");
    let fields = [("session", &*session.to_string()), ("ticket", &*ticket)];
    let answer = browser.post_form(&page, ENTER, &fields).await;
    assert_eq!(answer.location(), Some("/o/acme/projects"), "{answer:?}");
    assert!(browser.cookies.contains_key(VISIT), "{answer:?}");
    (browser, session)
}

#[tokio::test]
async fn the_way_in_is_good_once_and_for_a_minute_and_for_who_asked() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let session = led_to(&ask(&mut sue, &acme, &[SupportArea::Work], "read").await);
    let id = session.to_string();
    let refused = sue.post(HAND_OFF, &[("session", &id)]).await;
    assert_eq!(refused.error(), Error::Conflict, "nobody has let them in");
    approve(&acme, &product.deps, session, SupportHours::new(4).unwrap())
        .await
        .unwrap();

    let late = ticket(&mut sue, session).await;
    product.clock.advance(TimeDelta::seconds(60));
    assert_eq!(
        enter(&mut sue, session, &late).await.error(),
        Error::Conflict,
        "too late"
    );
    let first = ticket(&mut sue, session).await;
    let second = ticket(&mut sue, session).await;
    assert_eq!(
        enter(&mut sue, session, &first).await.error(),
        Error::Conflict,
        "replaced"
    );
    let mut tom = staff_browser(&product, "tom", StaffRole::Support).await;
    assert_eq!(
        enter(&mut tom, session, &second).await.error(),
        Error::Conflict,
        "not theirs"
    );
    assert!(!tom.cookies.contains_key(VISIT));
    assert_eq!(tom.post(HAND_OFF, &[("session", &id)]).await.error(), Error::Conflict);
    assert_eq!(enter(&mut sue, session, "nonsense").await.error(), Error::Conflict);
    assert_eq!(sue.get("/o/acme/projects").await.status, 404, "not in yet");

    assert_eq!(enter(&mut sue, session, &second).await.status, 200);
    assert_eq!(sue.get("/o/acme/projects").await.status, 200);
    let mut elsewhere = sue.clone();
    elsewhere.cookies.remove(VISIT);
    assert_eq!(
        enter(&mut elsewhere, session, &second).await.error(),
        Error::Conflict,
        "used"
    );
    assert_eq!(
        sue.get("/o/acme/projects").await.status,
        200,
        "and nobody is thrown out by it"
    );
    let secrets = "support_sessions where handoff_hash is not null";
    assert_eq!(product.database.count(secrets).await, 0);
}

#[tokio::test]
async fn of_two_who_send_a_ticket_at_once_one_comes_in() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let session = led_to(&ask(&mut sue, &acme, &[SupportArea::Work], "read").await);
    approve(&acme, &product.deps, session, SupportHours::new(4).unwrap())
        .await
        .unwrap();
    let way = ticket(&mut sue, session).await;
    let mut again = product.at_another_node();
    again.cookies.clone_from(&sue.cookies);
    let (one, other) = tokio::join!(enter(&mut sue, session, &way), enter(&mut again, session, &way));
    let mut told = [one.status.as_u16(), other.status.as_u16()];
    told.sort_unstable();
    assert_eq!(told, [200, 409]);
    let begun = "audit_log where action = 'support.begun'";
    assert_eq!(product.database.count(begun).await, 2, "once in each chain");
}

#[tokio::test]
async fn who_is_somewhere_already_comes_in_nowhere_else() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let (harbour, _) = product.owner("bob", "harbour").await;
    let (mut sue, _) = let_in(&product, "sue", &acme, &[SupportArea::Work], false).await;
    let other = led_to(&ask(&mut sue, &harbour, &[SupportArea::Work], "read").await);
    let hours = SupportHours::new(4).unwrap();
    approve(&harbour, &product.deps, other, hours).await.unwrap();
    let refused = sue.post(HAND_OFF, &[("session", &other.to_string())]).await;
    assert_eq!(refused.error(), Error::Conflict, "in another organization");
    let page = sue.get(&format!("/platform/support/{other}")).await;
    assert!(
        page.body.contains("You are in an organization already"),
        "{}",
        page.body
    );
    let visit = [
        ("tenant", harbour.tenant().id.to_string()),
        ("user", harbour.user().id().to_string()),
        ("reason", "They cannot find their project".to_owned()),
    ];
    let visit: Vec<_> = visit.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let begin = "/api/app/platform/visits/begin_visit/begin_visit";
    assert_eq!(sue.post(begin, &visit).await.error(), Error::Conflict, "nor on a visit");

    // A ticket from before does not help who went on a visit since.
    let mut tom = staff_browser(&product, "tom", StaffRole::Support).await;
    let session = led_to(&ask(&mut tom, &acme, &[SupportArea::Work], "read").await);
    approve(&acme, &product.deps, session, hours).await.unwrap();
    let way = ticket(&mut tom, session).await;
    assert_eq!(tom.post(begin, &visit).await.status, 200);
    assert_eq!(enter(&mut tom, session, &way).await.error(), Error::Conflict);
    assert_eq!(tom.get("/o/harbour/projects").await.status, 200);
    assert_eq!(tom.get("/o/acme/projects").await.status, 404);
}

#[tokio::test]
async fn where_support_never_comes_in_nobody_asks_and_who_is_in_is_out() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let (mut sue, _) = let_in(&product, "sue", &acme, &[SupportArea::Work], false).await;
    let mut tom = staff_browser(&product, "tom", StaffRole::Support).await;
    ask(&mut tom, &acme, &[SupportArea::Work], "read").await;
    policy::set(&acme, &product.deps, SupportPolicy::Never).await.unwrap();
    assert_eq!(sue.get("/o/acme/projects").await.status, 404);
    for (state, name) in [("denied", "tom"), ("ended_by_customer", "sue")] {
        let rows = format!(
            "support_sessions s join users u on u.id = s.operator_id where s.state = '{state}' and u.name = '{name}'"
        );
        assert_eq!(product.database.count(&rows).await, 1, "{state}");
    }
    let before = product.snapshot().await;
    let refused = ask(&mut tom, &acme, &[SupportArea::Work], "read").await;
    assert!(
        refused
            .location()
            .is_some_and(|to| to.starts_with("/platform/support/new")),
        "{refused:?}"
    );
    assert_eq!(before["support_sessions"], product.snapshot().await["support_sessions"]);
    let page = tom
        .get(&format!("/platform/support/new?tenant={}", acme.tenant().id))
        .await;
    assert!(page.body.contains("never lets support in"), "{}", page.body);
}

#[tokio::test]
async fn who_only_looks_is_let_in_by_policy_and_who_would_change_something_asks() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    policy::set(&acme, &product.deps, SupportPolicy::AlwaysReadOnly)
        .await
        .unwrap();
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let session = led_to(&ask(&mut sue, &acme, &[SupportArea::Work], "read").await);
    let way = ticket(&mut sue, session).await;
    assert_eq!(enter(&mut sue, session, &way).await.status, 200);
    assert_eq!(sue.get("/o/acme/projects").await.status, 200);
    let mut tom = staff_browser(&product, "tom", StaffRole::Support).await;
    let waits = led_to(&ask(&mut tom, &acme, &[SupportArea::Work], "write").await);
    let refused = tom.post(HAND_OFF, &[("session", &waits.to_string())]).await;
    assert_eq!(refused.error(), Error::Conflict);
}

#[tokio::test]
async fn what_support_was_not_let_into_is_not_there_and_what_it_may_not_change_stays() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let project = work.project.to_string();
    let rename = [("org", "acme"), ("project", project.as_str()), ("name", "Found")];
    let (mut reads, _) = let_in(&product, "reads", &acme, &[SupportArea::Work], false).await;
    let before = product.snapshot().await;
    assert_eq!(reads.post(RENAME, &rename).await.error(), Error::NotInVisit);
    assert_eq!(before["projects"], product.snapshot().await["projects"]);
    let people = "/api/app/org/people/list_people/list_people?org=acme";
    assert_eq!(reads.get_json(people).await.error(), Error::Forbidden);
    for path in [
        "people",
        "settings/general",
        "settings/audit",
        "settings/billing",
        "settings/support",
    ] {
        let page = reads.get(&format!("/o/acme/{path}")).await;
        assert_eq!(page.status, 403, "{path}");
        assert!(page.body.contains("You were not let in here"), "{path}: {}", page.body);
    }
    let (mut elsewhere, _) = let_in(&product, "people", &acme, &[SupportArea::People], true).await;
    assert_eq!(elsewhere.get_json(people).await.status, 200);
    assert_eq!(elsewhere.post(RENAME, &rename).await.error(), Error::Forbidden);
    let home = elsewhere.get("/o/acme/projects").await;
    assert_eq!(home.location(), Some("/o/acme/people"), "they start where they may be");

    let (mut writes, _) = let_in(&product, "writes", &acme, &[SupportArea::Work], true).await;
    assert_eq!(writes.post(RENAME, &rename).await.status, 200);
    let delete = "/api/app/org/projects/delete_project/delete_project";
    assert_eq!(writes.post(delete, &rename[..2]).await.error(), Error::NotInVisit);
    let told = format!(
        "audit_log where action = 'project.updated' and origin = 'support' and on_behalf_of_user_id = '{}' \
         and actor_user_id = (select id from users where name = 'writes')",
        acme.user().id()
    );
    assert_eq!(product.database.count(&told).await, 1);
}

#[tokio::test]
async fn whatever_ends_it_ends_it_at_the_next_request_of_every_node() {
    for end in ["customer", "staff", "host", "operator", "sign out", "time", "leave"] {
        let product = Product::new().await;
        let (acme, mut ann) = product.owner("ann", "acme").await;
        let (mut sue, session) = let_in(&product, "sue", &acme, &[SupportArea::Work], true).await;
        let mut elsewhere = product.at_another_node();
        elsewhere.cookies.clone_from(&sue.cookies);
        assert_eq!(elsewhere.get("/o/acme/projects").await.status, 200);
        let id = session.to_string();
        let sql = |statement: &'static str| sqlx::query(statement).execute(product.database.owner());
        let answer = match end {
            "customer" => Some(ann.post(END, &[("org", "acme"), ("session", &id)]).await),
            "staff" => {
                let mut tom = staff_browser(&product, "tom", StaffRole::Superadmin).await;
                Some(tom.post(REVOKE, &[("session", &id)]).await)
            }
            "sign out" => Some(sue.clone().post("/api/app/auth/sign_out/sign_out", &[]).await),
            "leave" => Some(sue.clone().post(LEAVE, &[("session", &id)]).await),
            "host" => {
                sql("update tenant_members set status = 'suspended'").await.unwrap();
                None
            }
            "operator" => {
                sql("update platform_role_assignments set revoked_at = granted_at")
                    .await
                    .unwrap();
                None
            }
            _ => {
                sql("update user_sessions set last_seen_at = last_seen_at + interval '4 hours'")
                    .await
                    .unwrap();
                product.clock.advance(TimeDelta::hours(4));
                None
            }
        };
        assert!(
            answer.as_ref().is_none_or(|answer| answer.status == 200),
            "{end}: {answer:?}"
        );
        // Whoever is signed out is led to the sign-in.
        let out = if end == "sign out" { 302 } else { 404 };
        assert_eq!(elsewhere.get("/o/acme/projects").await.status, out, "{end}");
        assert_eq!(sue.get("/o/acme/projects").await.status, out, "{end}");
        let fields = [("org", "acme"), ("name", "Planted")];
        let create = "/api/app/org/projects/create_project/create_project";
        assert!(sue.post(create, &fields).await.status.is_client_error(), "{end}");
    }
}

#[tokio::test]
async fn everybody_inside_is_told_who_is_in_and_nobody_else() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (_, mut other) = product.owner("bob", "harbour").await;
    let (carl, mut member) = product.person("carl").await;
    join(&product.database, &product.deps, &acme, &carl, "member").await;
    let notice = "sue of our support is in until";
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let session = led_to(&ask(&mut sue, &acme, &[SupportArea::Work], "read").await);
    let page = ann.get("/o/acme/settings/support").await;
    assert!(page.body.contains("sue asks to be let in"), "{}", page.body);
    approve(&acme, &product.deps, session, SupportHours::new(4).unwrap())
        .await
        .unwrap();
    assert!(
        !member.get("/o/acme/projects").await.body.contains(notice),
        "nobody is in"
    );
    let way = ticket(&mut sue, session).await;
    assert!(
        member.get("/o/acme/projects").await.body.contains(notice),
        "somebody is at the door"
    );
    product.clock.advance(TimeDelta::seconds(60));
    assert!(
        !member.get("/o/acme/projects").await.body.contains(notice),
        "and did not come in"
    );
    assert_eq!(enter(&mut sue, session, &way).await.error(), Error::Conflict);
    let way = ticket(&mut sue, session).await;
    assert_eq!(enter(&mut sue, session, &way).await.status, 200);
    let told = member.get("/o/acme/people").await.body;
    assert!(told.contains(notice) && !told.contains("See and end it"), "{told}");
    assert!(ann.get("/o/acme/people").await.body.contains("See and end it"));
    assert!(!other.get("/o/harbour/projects").await.body.contains(notice));
    let own = sue.get("/o/acme/projects").await.body;
    assert!(own.contains("● Support") && !own.contains(notice), "{own}");

    sue.post(LEAVE, &[("session", &session.to_string())]).await;
    assert!(!sue.cookies.contains_key(VISIT));
    assert!(!ann.get("/o/acme/projects").await.body.contains(notice));
    let page = ann
        .get(&format!("/o/acme/settings/support?session={session}"))
        .await
        .body;
    for part in [
        "sue",
        "They cannot find their project",
        "/o/acme/projects",
        "Left",
        "ann",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let log = ann.get("/o/acme/settings/audit").await.body;
    assert!(log.contains("Support, let in by ann"), "{log}");
    assert_eq!(member.get("/o/acme/settings/support").await.status, 403);
}

/// The secret of a session opens it for its operator, in the session in which it was entered.
#[tokio::test]
async fn the_secret_is_good_for_nobody_else() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    product.owner("bob", "harbour").await;
    let (mut sue, session) = let_in(&product, "sue", &acme, &[SupportArea::Work], false).await;
    assert_eq!(sue.get("/o/harbour/projects").await.status, 404, "another organization");
    let cookie = sue.cookies[VISIT].clone();
    let mut tom = staff_browser(&product, "tom", StaffRole::Support).await;
    let (_, mut eve) = product.person("eve").await;
    for browser in [&mut tom, &mut eve] {
        browser.cookies.insert(VISIT.to_owned(), cookie.clone());
        assert_eq!(browser.get("/o/acme/projects").await.status, 404);
    }
    // Whoever lost their own session asks for the way once more, and the secret from before leads nowhere.
    let way = ticket(&mut sue, session).await;
    assert_eq!(sue.get("/o/acme/projects").await.status, 404);
    sue.cookies.remove(VISIT);
    assert_eq!(enter(&mut sue, session, &way).await.status, 200);
    assert_ne!(sue.cookies[VISIT], cookie);
    assert_eq!(sue.get("/o/acme/projects").await.status, 200);
    sue.cookies.insert(VISIT.to_owned(), cookie);
    assert_eq!(sue.get("/o/acme/projects").await.status, 404);
}

#[tokio::test]
async fn nobody_lets_themselves_in_from_inside() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let helper = domain::testing::staff(&product.database, &product.deps, "helper", StaffRole::Support).await;
    let asked = ask_support(&[SupportArea::Work], true);
    let (session, _) = support_inside(&product.deps, &helper, &acme, &asked).await;
    let (mut sue, _) = let_in(&product, "sue", &acme, SupportArea::ALL, true).await;
    let page = sue.get("/o/acme/settings/support").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("/api/app/org/support/"), "{}", page.body);
    let before = product.snapshot().await;
    let id = session.to_string();
    for (path, field) in [
        ("set_support_policy", ("policy", "always_read_only")),
        ("end_support", ("session", &*id)),
        ("deny_support", ("session", &*id)),
    ] {
        let to = format!("/api/app/org/support/{path}/{path}");
        let answer = sue.post(&to, &[("org", "acme"), field]).await;
        assert_eq!(answer.error(), Error::NotInVisit, "{path}");
    }
    let after = product.snapshot().await;
    for table in ["tenants", "support_sessions"] {
        assert_eq!(before[table], after[table], "{table}");
    }
}

/// Whoever presses it wants to be out, also when nobody is signed in any more.
#[tokio::test]
async fn the_way_out_takes_the_cookie_from_who_is_signed_out_as_well() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let (mut sue, session) = let_in(&product, "sue", &acme, &[SupportArea::Work], false).await;
    sqlx::query("delete from user_sessions using users u where u.id = user_id and u.name = 'sue'")
        .execute(product.database.owner())
        .await
        .unwrap();
    let answer = sue.post(LEAVE, &[("session", &session.to_string())]).await;
    assert_eq!(answer.error(), Error::Unauthenticated);
    assert!(!sue.cookies.contains_key(VISIT), "{answer:?}");
}
