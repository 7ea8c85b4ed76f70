mod ending;

use chrono::TimeDelta;
use contract::{
    Error,
    iam::Permission,
    ids::SupportSessionId,
    staff::StaffRole,
    support::{SupportArea, SupportHours, SupportObstacle, SupportPolicy, SupportState},
    visits::VisitMode,
};

use super::{
    access,
    answer::{approve, deny},
    choice::choice,
    close,
    enter::enter,
    get::get,
    hand_off::{HandedOff, hand_off},
    list::{Filter, Stage, list},
    offer::{Offered, offer},
    policy,
    request::{Requested, request as ask},
    settle::settle,
};
use crate::{
    Deps,
    actor::{FRESH_FACTOR, Ground, OrgActor, StaffActor},
    projects,
    random::Secret,
    testing::{
        TestDatabase, ask_support, clock_and_deps, comes, custom_role, deps, inside, join, organization, person,
        project, project_fields, refused, staff, staff_session, support_asked, support_inside,
    },
};

fn hours(hours: u8) -> SupportHours {
    SupportHours::new(hours).unwrap()
}

async fn way_in(staff: &StaffActor, deps: &Deps, session: SupportSessionId) -> Secret {
    match hand_off(staff, deps, session).await.unwrap() {
        HandedOff::Ticket(ticket) => ticket,
        HandedOff::Refused(obstacle) => panic!("{obstacle:?}"),
    }
}

/// What keeps them from asking for the way in.
async fn obstacle(staff: &StaffActor, deps: &Deps, session: SupportSessionId) -> Option<SupportObstacle> {
    match hand_off(staff, deps, session).await.unwrap() {
        HandedOff::Ticket(_) => None,
        HandedOff::Refused(obstacle) => Some(obstacle),
    }
}

/// How the organization sees the session.
async fn state(org: &OrgActor, deps: &Deps, session: SupportSessionId) -> SupportState {
    access::get(org, deps, session).await.unwrap().session.state
}

const READS: [SupportArea; 1] = [SupportArea::Work];

#[tokio::test]
async fn who_is_let_in_has_the_hosts_rights_within_the_areas_and_no_others() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let work = project(&deps, &acme, "Harbour").await;
    let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
    let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
    let (id, secret) = support_inside(&deps, &sue, &acme, &ask_support(&READS, true)).await;
    let come = async || inside(&deps, &session, &secret, "acme").await.unwrap().unwrap();
    let guest = come().await;
    let visit = guest.visit().unwrap();
    assert_eq!(
        (visit.ground(), visit.mode()),
        (Ground::Support(id), VisitMode::Elevated)
    );
    assert_eq!(guest.user().id(), acme.user().id(), "sees what the host sees");
    for right in [
        Permission::MembersRead,
        Permission::TenantUpdate,
        Permission::BillingRead,
    ] {
        assert_eq!(refused(guest.require(right)), Error::Forbidden, "{right:?}");
    }
    assert_eq!(refused(guest.require_own_hands()), Error::NotInVisit);
    assert_eq!(
        refused(guest.require_change(Permission::ProjectsDelete)),
        Error::NotInVisit
    );
    // In a transaction that holds the organization, where rights are asked for once more.
    projects::update::update(&guest, &deps, work, project_fields("Bridge"))
        .await
        .unwrap();
    let told = format!(
        "audit_log where action = 'project.updated' and origin = 'support' and actor_user_id = '{}' \
         and on_behalf_of_user_id = '{}'",
        sue.id(),
        acme.user().id()
    );
    assert_eq!(database.count(&told).await, 1);

    // Whatever the host loses is lost.
    let role = custom_role(&deps, &acme, "Looks", &[Permission::ProjectsRead]).await;
    sqlx::query("update tenant_members set role_id = $1")
        .bind(role.0)
        .execute(database.owner())
        .await
        .unwrap();
    let guest = come().await;
    assert_eq!(refused(guest.require(Permission::ProjectsUpdate)), Error::Forbidden);
    guest.require(Permission::ProjectsRead).unwrap();
}

#[tokio::test]
async fn only_who_sees_to_the_settings_lets_support_in_and_only_into_their_own_organization() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let other = organization(&deps, &person(&deps, "bob").await, "other").await;
    let member = join(&database, &deps, &acme, &person(&deps, "carl").await, "member").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let asked = ask_support(&READS, false);
    let waiting = support_asked(&deps, &sue, acme.tenant().id, &asked).await;
    for refusal in [
        refused(offer(&member, &deps, &asked).await),
        refused(approve(&member, &deps, waiting, hours(1)).await),
        refused(deny(&member, &deps, waiting).await),
        refused(close::by_customer(&member, &deps, waiting).await),
        refused(policy::set(&member, &deps, SupportPolicy::Never).await),
        refused(access::overview(&member, &deps).await),
    ] {
        assert_eq!(refusal, Error::Forbidden);
    }
    for refusal in [
        refused(approve(&other, &deps, waiting, hours(1)).await),
        refused(deny(&other, &deps, waiting).await),
        refused(close::by_customer(&other, &deps, waiting).await),
        refused(access::get(&other, &deps, waiting).await.map(|_| ())),
    ] {
        assert_eq!(refusal, Error::NotFound);
    }
    assert_eq!(access::overview(&other, &deps).await.unwrap().sessions, []);
    // Behind the operations the policies say the same, to statements that name no organization.
    let mut transaction = other.begin(&deps).await.unwrap();
    let seen: i64 = sqlx::query_scalar("select count(*) from support_sessions")
        .fetch_one(&mut *transaction)
        .await
        .unwrap();
    let ended = sqlx::query("update support_sessions set state = 'denied', ended_at = created_at")
        .execute(&mut *transaction)
        .await
        .unwrap();
    assert_eq!((seen, ended.rows_affected()), (0, 0));
    drop(transaction);
    // Nobody lets support in with somebody else's rights.
    let mut transaction = member.begin(&deps).await.unwrap();
    let forged = sqlx::query(
        "update support_sessions set state = 'approved', host_id = $1, granted_at = created_at, \
         expires_at = created_at + hours * interval '1 hour'",
    )
    .bind(acme.user().id().0)
    .execute(&mut *transaction)
    .await;
    assert!(forged.is_err(), "{forged:?}");
    drop(transaction);
    let auditor = staff(&database, &deps, "aud", StaffRole::Auditor).await;
    let denied = ask(&auditor, &deps, acme.tenant().id, &asked).await;
    assert_eq!(refused(denied.map(|_| ())), Error::Forbidden);
}

#[tokio::test]
async fn an_answer_is_given_once_and_for_as_long_as_the_member_says() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let asked = ask_support(&READS, false);
    let tenant = acme.tenant().id;
    let first = support_asked(&deps, &sue, tenant, &asked).await;
    let again = ask(&sue, &deps, tenant, &asked).await.unwrap();
    assert!(
        matches!(again, Requested::Refused(SupportObstacle::AlreadyAsked)),
        "{again:?}"
    );
    deny(&acme, &deps, first).await.unwrap();
    assert_eq!(refused(approve(&acme, &deps, first, hours(1)).await), Error::Conflict);
    assert_eq!(refused(deny(&acme, &deps, first).await), Error::Conflict);
    assert_eq!(obstacle(&sue, &deps, first).await, Some(SupportObstacle::NotOpen));

    let second = support_asked(&deps, &sue, tenant, &asked).await;
    approve(&acme, &deps, second, hours(1)).await.unwrap();
    let found = get(&sue, &deps, second).await.unwrap();
    assert_eq!(found.detail.session.expires, Some(deps.now() + TimeDelta::hours(1)));
    assert_eq!(found.obstacle, None);
    close::by_support(&sue, &deps, second).await.unwrap();

    // Nobody answers.
    let third = support_asked(&deps, &sue, tenant, &asked).await;
    clock.advance(TimeDelta::days(3));
    assert_eq!(
        state(&acme, &deps, third).await,
        SupportState::Lapsed,
        "before it is written down"
    );
    assert_eq!(refused(approve(&acme, &deps, third, hours(1)).await), Error::Conflict);
    let fourth = support_asked(&deps, &sue, tenant, &asked).await;
    let written = "support_sessions where state = 'lapsed' and end_recorded";
    assert_eq!(database.count(written).await, 1, "it stands in nobody's way");
    close::by_support(&sue, &deps, fourth).await.unwrap();
    let mails = "graphile_worker._private_jobs where key like 'mail:support_asked%'";
    assert_eq!(database.count(mails).await, 4);
    let mails = "graphile_worker._private_jobs where key like 'mail:support_left%'";
    assert_eq!(database.count(mails).await, 0, "nobody was in");
}

#[tokio::test]
async fn an_offer_is_taken_up_by_one_and_is_everybodys_again_when_they_do_not_come() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let tom = staff(&database, &deps, "tom", StaffRole::Support).await;
    let asked = ask_support(&READS, false);
    let Offered::Open(session) = offer(&acme, &deps, &asked).await.unwrap() else {
        panic!("it is open");
    };
    let (one, other) = tokio::join!(hand_off(&sue, &deps, session), hand_off(&tom, &deps, session));
    let tickets = [one.unwrap(), other.unwrap()];
    let handed = tickets.iter().filter(|way| matches!(way, HandedOff::Ticket(_))).count();
    assert_eq!(handed, 1, "{tickets:?}");
    clock.advance(TimeDelta::seconds(60));
    assert_eq!(state(&acme, &deps, session).await, SupportState::Approved);
    settle(&database.platform(), &deps).await.unwrap();
    let free = "support_sessions where state = 'approved' and operator_id is null and handoff_hash is null";
    assert_eq!(database.count(free).await, 1);
    let way = way_in(&tom, &deps, session).await;
    assert_eq!(obstacle(&sue, &deps, session).await, Some(SupportObstacle::NotOpen));
    // Nobody has written down that the minute is over, and it is.
    clock.advance(TimeDelta::seconds(60));
    assert!(enter(&tom, &deps, session, way.expose()).await.unwrap().is_none());
    let way = way_in(&sue, &deps, session).await;
    let entered = enter(&sue, &deps, session, way.expose()).await.unwrap().unwrap();
    assert_eq!(entered.slug, "acme");
    assert_eq!(obstacle(&tom, &deps, session).await, Some(SupportObstacle::NotOpen));

    for _ in 0..5 {
        assert!(matches!(offer(&acme, &deps, &asked).await.unwrap(), Offered::Open(_)));
    }
    assert_eq!(offer(&acme, &deps, &asked).await.unwrap(), Offered::Enough);
    policy::set(&acme, &deps, SupportPolicy::Never).await.unwrap();
    assert_eq!(offer(&acme, &deps, &asked).await.unwrap(), Offered::PolicyNever);
    assert_eq!(database.count("support_sessions where ended_at is null").await, 0);
    assert_eq!(
        choice(&tom, &deps, acme.tenant().id).await.unwrap().obstacle,
        Some(SupportObstacle::PolicyNever)
    );
}

#[tokio::test]
async fn the_way_in_needs_a_fresh_factor() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let session = support_asked(&deps, &sue, acme.tenant().id, &ask_support(&READS, false)).await;
    approve(&acme, &deps, session, hours(4)).await.unwrap();
    clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    let stale = hand_off(&sue, &deps, session).await;
    assert_eq!(refused(stale.map(|_| ())), Error::SecondFactorRequired);
}

#[tokio::test]
async fn whoever_is_let_in_by_policy_sees_what_the_one_sees_who_set_it() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let carl = join(&database, &deps, &acme, &person(&deps, "carl").await, "admin").await;
    policy::set(&carl, &deps, SupportPolicy::AlwaysReadOnly).await.unwrap();
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let asked = ask_support(&READS, false);
    let tenant = acme.tenant().id;
    let Requested::LetIn(session) = ask(&sue, &deps, tenant, &asked).await.unwrap() else {
        panic!("who only looks is let in");
    };
    let found = access::get(&acme, &deps, session).await.unwrap().session;
    assert_eq!(
        (found.state, found.host),
        (SupportState::AutoApproved, Some(carl.user().id()))
    );
    close::by_support(&sue, &deps, session).await.unwrap();
    // Who has set it is no longer there: somebody has to say so.
    sqlx::query("update tenant_members set status = 'suspended' where user_id = $1")
        .bind(carl.user().id().0)
        .execute(database.owner())
        .await
        .unwrap();
    support_asked(&deps, &sue, tenant, &asked).await;
}

#[tokio::test]
async fn staff_find_what_waits_and_what_is_granted_and_what_is_over() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let tom = staff(&database, &deps, "tom", StaffRole::Superadmin).await;
    let asked = ask_support(&READS, false);
    let tenant = acme.tenant().id;
    let over = support_asked(&deps, &sue, tenant, &asked).await;
    close::by_staff(&tom, &deps, over).await.unwrap();
    clock.advance(TimeDelta::minutes(1));
    let waiting = support_asked(&deps, &sue, tenant, &asked).await;
    clock.advance(TimeDelta::minutes(1));
    let granted = support_asked(&deps, &tom, tenant, &asked).await;
    approve(&acme, &deps, granted, hours(1)).await.unwrap();
    let found = async |stage, text: &str, before| {
        let filter = Filter {
            stage,
            tenant: Some(tenant),
            text: text.to_owned(),
        };
        let page = list(&tom, &deps, &filter, before).await.unwrap();
        page.sessions.iter().map(|session| session.id).collect::<Vec<_>>()
    };
    assert_eq!(found(None, "", None).await, [granted, waiting, over]);
    assert_eq!(found(None, "", Some(waiting)).await, [over]);
    assert_eq!(found(Some(Stage::Waiting), "", None).await, [waiting]);
    assert_eq!(found(Some(Stage::Granted), "", None).await, [granted]);
    assert_eq!(found(Some(Stage::Over), "", None).await, [over]);
    assert_eq!(found(None, "SU", None).await, [waiting, over]);
    assert_eq!(found(None, "%", None).await, []);
    clock.advance(TimeDelta::days(3));
    assert_eq!(found(Some(Stage::Over), "", None).await, [granted, waiting, over]);
}

#[tokio::test]
async fn a_suspended_organization_still_says_never_and_nothing_else() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    let acme = organization(&deps, &ann, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let (id, _) = support_inside(&deps, &sue, &acme, &ask_support(&READS, true)).await;
    sqlx::query("update tenants set status = 'suspended'")
        .execute(database.owner())
        .await
        .unwrap();
    let acme = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
    let other = policy::set(&acme, &deps, SupportPolicy::AlwaysReadOnly).await;
    assert_eq!(refused(other), Error::TenantInactive);
    assert_eq!(state(&acme, &deps, id).await, SupportState::Active);
    policy::set(&acme, &deps, SupportPolicy::Never).await.unwrap();
    assert_eq!(state(&acme, &deps, id).await, SupportState::EndedByCustomer);
}

#[tokio::test]
async fn a_ticket_that_led_in_is_told_of_when_it_is_sent_again_by_whomever() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let session = support_asked(&deps, &sue, acme.tenant().id, &ask_support(&READS, false)).await;
    approve(&acme, &deps, session, hours(1)).await.unwrap();
    let ticket = way_in(&sue, &deps, session).await;
    let reused = async || {
        let mine = format!(
            "audit_log where action = 'user.token_reused' and subject_id = '{}'",
            sue.id()
        );
        database.count(&mine).await
    };
    enter(&sue, &deps, session, ticket.expose()).await.unwrap().unwrap();
    assert!(enter(&sue, &deps, session, ticket.expose()).await.unwrap().is_none());
    assert!(enter(&sue, &deps, session, "never drawn").await.unwrap().is_none());
    assert_eq!(reused().await, 0, "pressed twice");
    clock.advance(TimeDelta::seconds(61));
    let tom = staff(&database, &deps, "tom", StaffRole::Support).await;
    assert!(enter(&tom, &deps, session, ticket.expose()).await.unwrap().is_none());
    assert_eq!(reused().await, 1);
}
