use chrono::TimeDelta;
use contract::{
    Error,
    email::EmailAddress,
    iam::Permission,
    staff::StaffRole,
    text::{VisitReason, VisitTicket},
    visits::{VisitEnd, VisitMode, VisitObstacle},
};

use super::{
    access,
    begin::{Begun, NewVisit, begin},
    choice::choice,
    elevate::elevate,
    list::{self, Filter},
    record::{Request, record, record_stray},
    revoke,
    settle::settle,
    stop::stop,
};
use crate::{
    Deps,
    actor::{FRESH_FACTOR, OrgActor, StaffActor, VISIT_ABSOLUTE, VISIT_ELEVATED},
    audit::verify::{Verdict, verify},
    projects::{
        self, Place,
        delete::delete,
        give::{give, take_back},
        share::share,
    },
    staff::{self as house, change_role::change_role, terminal},
    testing::{
        TestClock, TestDatabase, clock_and_deps, comes, deps, inside, join, organization, person, project,
        project_fields, refused, staff, staff_session, visit,
    },
};

/// A moment later they have proven their second factor once more.
async fn proves(database: &TestDatabase, clock: &TestClock, deps: &Deps, session: &str) -> StaffActor {
    clock.advance(TimeDelta::seconds(1));
    sqlx::query("update user_sessions set second_factor_at = $1")
        .bind(deps.now())
        .execute(database.owner())
        .await
        .unwrap();
    StaffActor::enter(&comes(deps, session).await).unwrap()
}

const READ_ONLY_SQL_TRANSACTION: &str = "25006";

/// What Postgres says to it.
fn code(error: sqlx::Error) -> String {
    error.into_database_error().unwrap().code().unwrap().into_owned()
}

#[tokio::test]
async fn who_only_looks_writes_nothing_whatever_is_forgotten() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let work = project(&deps, &acme, "Harbour").await;
    let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
    let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
    let (_, token) = visit(&deps, &sue, &acme).await;
    let guest = inside(&deps, &session, &token, "acme").await.unwrap().unwrap();
    assert_eq!(guest.user().id(), acme.user().id());
    assert_eq!(guest.permissions(), acme.permissions(), "sees what the member sees");

    // The check, for every right there is.
    for &right in Permission::ALL {
        assert_eq!(refused(guest.require_change(right)), Error::NotInVisit, "{right:?}");
        assert_eq!(refused(guest.require_relief(right)), Error::NotInVisit, "{right:?}");
    }
    assert_eq!(refused(guest.require_own_hands()), Error::NotInVisit);
    assert_eq!(refused(guest.user().require_recent_sign_in(&deps)), Error::NotInVisit);

    // And behind it Postgres, for an operation that does not ask. That is a fault of the operation, and answered as one.
    let mut transaction = guest.begin(&deps).await.unwrap();
    let written = sqlx::query("update projects set name = 'Mine'")
        .execute(&mut *transaction)
        .await;
    assert_eq!(code(written.unwrap_err()), READ_ONLY_SQL_TRANSACTION);
    drop(transaction);
    let mut transaction = guest.user().begin(&deps).await.unwrap();
    let written = sqlx::query("update users set name = 'Mine'")
        .execute(&mut *transaction)
        .await;
    assert_eq!(code(written.unwrap_err()), READ_ONLY_SQL_TRANSACTION);
    drop(transaction);
    assert_eq!(refused(guest.begin_held(&deps).await), Error::NotInVisit);
    assert_eq!(refused(delete(&guest, &deps, work).await), Error::NotInVisit);
}

#[tokio::test]
async fn an_elevated_visit_changes_what_it_covers_for_ten_minutes_and_both_stand_in_the_record() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let work = project(&deps, &acme, "Harbour").await;
    let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
    let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
    assert_eq!(refused(elevate(&sue, &deps).await), Error::NotFound, "no visit");
    let (_, token) = visit(&deps, &sue, &acme).await;
    assert_eq!(
        refused(elevate(&sue, &deps).await),
        Error::SecondFactorRequired,
        "what it began with"
    );
    let sue = proves(&database, &clock, &deps, &session).await;
    elevate(&sue, &deps).await.unwrap();
    clock.advance(VISIT_ELEVATED);
    let twice = elevate(&sue, &deps).await;
    assert_eq!(refused(twice), Error::SecondFactorRequired, "one proof elevates once");
    let sue = proves(&database, &clock, &deps, &session).await;
    elevate(&sue, &deps).await.unwrap();
    let mails = "graphile_worker._private_jobs where key like 'mail:visit_elevated:%'";
    assert_eq!(database.count(mails).await, 1, "the owner is told once");
    let come = async || inside(&deps, &session, &token, "acme").await.unwrap().unwrap();

    let guest = come().await;
    assert_eq!(guest.visit().unwrap().mode(), VisitMode::Elevated);
    assert_eq!(refused(delete(&guest, &deps, work).await), Error::NotInVisit);
    let mut transaction = guest.begin(&deps).await.unwrap();
    let written = sqlx::query("update projects set name = 'Mine'")
        .execute(&mut *transaction)
        .await;
    let refused_by_postgres = code(written.unwrap_err());
    assert_eq!(
        refused_by_postgres, READ_ONLY_SQL_TRANSACTION,
        "nothing that is covered was asked for"
    );
    drop(transaction);
    projects::update::update(&guest, &deps, work, project_fields("Bridge"))
        .await
        .unwrap();
    let told = format!(
        "audit_log where action = 'project.updated' and origin = 'impersonation' and actor_user_id = '{}' \
         and on_behalf_of_user_id = '{}'",
        sue.id(),
        acme.user().id()
    );
    assert_eq!(database.count(&told).await, 1);
    // What the right is good for besides: who sees a project.
    let member = acme.user().id();
    for decided in [
        share(&guest, &deps, work, Place::default()).await,
        give(&guest, &deps, work, member).await,
        take_back(&guest, &deps, work, member).await,
    ] {
        assert_eq!(refused(decided), Error::NotInVisit);
    }

    clock.advance(VISIT_ELEVATED);
    let guest = come().await;
    assert_eq!(guest.visit().unwrap().mode(), VisitMode::ReadOnly);
    let again = projects::update::update(&guest, &deps, work, project_fields("Pier")).await;
    assert_eq!(refused(again), Error::NotInVisit);
    clock.advance(FRESH_FACTOR);
    let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
    assert_eq!(refused(elevate(&sue, &deps).await), Error::SecondFactorRequired);
}

#[tokio::test]
async fn who_may_visit_no_more_is_out_in_the_moment_of_it() {
    for way in 0..3 {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let tom = staff(&database, &deps, "tom", StaffRole::Support).await;
        visit(&deps, &tom, &acme).await;
        change_role(&sue, &deps, tom.id(), StaffRole::Superadmin).await.unwrap();
        assert_eq!(access::list(&acme, &deps).await.unwrap()[0].end, None, "still may");
        match way {
            0 => change_role(&sue, &deps, tom.id(), StaffRole::Auditor).await.unwrap(),
            1 => house::end::end(&sue, &deps, tom.id()).await.unwrap(),
            _ => {
                let email = EmailAddress::parse("tom@example.test").unwrap();
                let revoked = terminal::revoke(&database.platform(), &deps, &email).await.unwrap();
                assert_eq!(revoked, terminal::Revoked::Done);
            }
        }
        let seen = access::list(&acme, &deps).await.unwrap();
        assert_eq!(seen[0].end, Some(VisitEnd::OperatorGone), "{way}");
        let open = Filter {
            open: Some(true),
            ..Filter::default()
        };
        assert_eq!(list::list(&sue, &deps, &open, None).await.unwrap().visits, [], "{way}");
        for chain in [acme.tenant().id.0, tom.id().0] {
            let told = format!("audit_log where chain_id = '{chain}' and action = 'visit.ended'");
            assert_eq!(database.count(&told).await, 1, "{told}");
        }
        let mails = "graphile_worker._private_jobs where key like 'mail:visit_ended:%'";
        assert_eq!(database.count(mails).await, 1);
        settle(&database.platform(), &deps).await.unwrap();
        let verdict = verify(database.owner()).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
    }
}

#[tokio::test]
async fn what_is_asked_of_another_organization_is_on_record_and_does_not_fill_it() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
    let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
    let (_, token) = visit(&deps, &sue, &acme).await;
    let guest = inside(&deps, &session, &token, "acme").await.unwrap().unwrap();
    for _ in 0..70 {
        let (visit, info) = (guest.visit().unwrap(), guest.user().request());
        record_stray(visit, info, &deps, "elsewhere", "/o/elsewhere/people")
            .await
            .unwrap();
    }
    let told = |chain: uuid::Uuid| format!("audit_log where chain_id = '{chain}' and action = 'visit.refused'");
    assert_eq!(database.count(&told(sue.id().0)).await, 60);
    assert_eq!(database.count(&told(acme.tenant().id.0)).await, 0);
}

#[tokio::test]
async fn an_owner_of_a_suspended_organization_ends_a_visit_all_the_same() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    let acme = organization(&deps, &ann, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let (id, _) = visit(&deps, &sue, &acme).await;
    sqlx::query("update tenants set status = 'suspended'")
        .execute(database.owner())
        .await
        .unwrap();
    let acme = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
    revoke::by_tenant(&acme, &deps, id).await.unwrap();
    let seen = access::list(&acme, &deps).await.unwrap();
    assert_eq!(seen[0].end, Some(VisitEnd::RevokedByTenant));
}

#[tokio::test]
async fn nobody_is_visited_who_is_not_to_be() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let other = organization(&deps, &person(&deps, "bob").await, "other").await;
    let carl = join(&database, &deps, &acme, &person(&deps, "carl").await, "member").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let tom = staff(&database, &deps, "tom", StaffRole::Superadmin).await;
    let obstacle = async |subject| choice(&sue, &deps, acme.tenant().id, subject).await.unwrap().obstacle;
    assert_eq!(obstacle(sue.id()).await, Some(VisitObstacle::Yourself));
    assert_eq!(obstacle(tom.id()).await, Some(VisitObstacle::Staff));
    assert_eq!(obstacle(other.user().id()).await, Some(VisitObstacle::NotActive));
    assert_eq!(obstacle(carl.user().id()).await, None);
    for change in [
        "update tenant_members set status = 'suspended' where user_id = $1",
        "update users set status = 'suspended' where id = $1",
    ] {
        sqlx::query(change)
            .bind(carl.user().id().0)
            .execute(database.owner())
            .await
            .unwrap();
        assert_eq!(
            obstacle(carl.user().id()).await,
            Some(VisitObstacle::NotActive),
            "{change}"
        );
        for undo in [
            "update tenant_members set status = 'active'",
            "update users set status = 'active'",
        ] {
            sqlx::query(undo).execute(database.owner()).await.unwrap();
        }
    }
    visit(&deps, &sue, &acme).await;
    assert_eq!(obstacle(carl.user().id()).await, Some(VisitObstacle::AlreadyVisiting));
    let new = |reason: &str| NewVisit {
        tenant: acme.tenant().id,
        subject: carl.user().id(),
        reason: VisitReason::parse(reason).unwrap(),
        ticket: VisitTicket::parse("").unwrap(),
    };
    let second = begin(&sue, &deps, new("Another look at it")).await.unwrap();
    assert!(
        matches!(second, Begun::Refused(VisitObstacle::AlreadyVisiting)),
        "{second:?}"
    );
    let auditor = staff(&database, &deps, "aud", StaffRole::Auditor).await;
    let denied = begin(&auditor, &deps, new("Another look at it")).await;
    assert_eq!(refused(denied.map(|_| ())), Error::Forbidden);
    clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    let stale = begin(&tom, &deps, new("Another look at it")).await;
    assert_eq!(refused(stale.map(|_| ())), Error::SecondFactorRequired);
    assert!(VisitReason::parse("too short").is_err());
}

#[tokio::test]
async fn whatever_ends_a_visit_ends_it_at_the_next_request() {
    for (end, undo) in [
        (
            "update platform_role_assignments set revoked_at = granted_at where role = 'support'",
            "update platform_role_assignments set revoked_at = null",
        ),
        (
            "update user_sessions set second_factor_at = null",
            "update user_sessions set second_factor_at = created_at",
        ),
        (
            "update users set status = 'suspended' where name = 'ann'",
            "update users set status = 'active'",
        ),
        (
            "update tenant_members set status = 'suspended'",
            "update tenant_members set status = 'active'",
        ),
        (
            "insert into platform_role_assignments (id, user_id, role, granted_at) select gen_random_uuid(), id, 'auditor', now() from users where name = 'ann'",
            "delete from platform_role_assignments where role = 'auditor'",
        ),
        (
            "update platform_impersonation_sessions set operator_session_id = gen_random_uuid()",
            "",
        ),
        (
            "update platform_impersonation_sessions set ended_at = created_at, end_cause = 'stopped'",
            "",
        ),
    ] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        organization(&deps, acme.user(), "elsewhere").await;
        let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
        let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
        let (_, token) = visit(&deps, &sue, &acme).await;
        let come = async |slug: &str| inside(&deps, &session, &token, slug).await.ok().flatten().is_some();
        assert!(come("acme").await);
        assert!(!come("elsewhere").await, "another organization of the member");
        sqlx::query(end).execute(database.owner()).await.unwrap();
        assert!(!come("acme").await, "{end}");
        if !undo.is_empty() {
            sqlx::query(undo).execute(database.owner()).await.unwrap();
            assert!(come("acme").await, "{undo}");
        }
    }
}

#[tokio::test]
async fn time_ends_a_visit_and_both_sides_and_the_owners_hear_of_it_once() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
    let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
    let (id, token) = visit(&deps, &sue, &acme).await;
    clock.advance(VISIT_ABSOLUTE - TimeDelta::minutes(2));
    settle(&database.platform(), &deps).await.unwrap();
    sqlx::query("update user_sessions set last_seen_at = $1")
        .bind(deps.now())
        .execute(database.owner())
        .await
        .unwrap();
    assert!(inside(&deps, &session, &token, "acme").await.unwrap().is_some());
    clock.advance(TimeDelta::minutes(2));
    assert!(inside(&deps, &session, &token, "acme").await.unwrap().is_none());
    for _ in 0..2 {
        settle(&database.platform(), &deps).await.unwrap();
    }
    let seen = access::list(&acme, &deps).await.unwrap();
    assert_eq!((seen[0].id, seen[0].end), (id, Some(VisitEnd::Expired)));
    assert_eq!(seen[0].ended, Some(seen[0].expires));
    for chain in [acme.tenant().id.0, sue.id().0] {
        for action in ["visit.begun", "visit.ended"] {
            let told = format!("audit_log where chain_id = '{chain}' and action = '{action}'");
            assert_eq!(database.count(&told).await, 1, "{told}");
        }
    }
    let mails = "graphile_worker._private_jobs where key like 'mail:visit_%'";
    assert_eq!(database.count(mails).await, 2);
    let verdict = verify(database.owner()).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
}

#[tokio::test]
async fn a_visit_whose_people_are_gone_is_closed_and_says_so() {
    for (gone, end) in [
        (
            "update platform_role_assignments set revoked_at = granted_at",
            VisitEnd::OperatorGone,
        ),
        (
            "delete from user_sessions where id = (select operator_session_id from platform_impersonation_sessions)",
            VisitEnd::OperatorGone,
        ),
        ("update tenant_members set status = 'suspended'", VisitEnd::SubjectGone),
    ] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
        let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
        visit(&deps, &sue, &acme).await;
        sqlx::query(gone).execute(database.owner()).await.unwrap();
        settle(&database.platform(), &deps).await.unwrap();
        let seen = access::list(&acme, &deps).await.unwrap();
        assert_eq!(seen[0].end, Some(end), "{gone}");
    }
}

#[tokio::test]
async fn an_owner_ends_a_visit_and_reads_what_was_done_and_nobody_elses() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let other = organization(&deps, &person(&deps, "bob").await, "other").await;
    let member = join(&database, &deps, &acme, &person(&deps, "carl").await, "admin").await;
    let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
    let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
    let (id, token) = visit(&deps, &sue, &acme).await;
    let guest = inside(&deps, &session, &token, "acme").await.unwrap().unwrap();
    record(&guest, &deps, Request::Seen("/o/acme/people")).await.unwrap();
    record(&guest, &deps, Request::Refused("delete_project")).await.unwrap();
    record(&acme, &deps, Request::Seen("/o/acme/projects")).await.unwrap();

    assert_eq!(access::list(&other, &deps).await.unwrap(), []);
    assert_eq!(
        refused(access::get(&other, &deps, id).await.map(|_| ())),
        Error::NotFound
    );
    assert_eq!(refused(revoke::by_tenant(&other, &deps, id).await), Error::NotFound);
    // Behind the operations the policy says the same, to statements that name no organization.
    let mut transaction = other.begin(&deps).await.unwrap();
    let seen: i64 = sqlx::query_scalar("select count(*) from platform_impersonation_sessions")
        .fetch_one(&mut *transaction)
        .await
        .unwrap();
    let ended = sqlx::query("update platform_impersonation_sessions set ended_at = created_at, end_cause = 'expired'")
        .execute(&mut *transaction)
        .await
        .unwrap();
    assert_eq!((seen, ended.rows_affected()), (0, 0));
    drop(transaction);
    assert_eq!(refused(revoke::by_tenant(&member, &deps, id).await), Error::Forbidden);
    assert_eq!(refused(revoke::by_tenant(&guest, &deps, id).await), Error::NotInVisit);

    let detail = access::get(&acme, &deps, id).await.unwrap();
    let acts: Vec<_> = detail.acts.acts.iter().map(|act| act.action.as_str()).collect();
    assert_eq!(acts, ["visit.refused", "visit.page_seen"]);
    assert_eq!(detail.visit.reason, "They cannot find their project");
    let own = format!(
        "audit_log where chain_id = '{}' and action in ('visit.refused', 'visit.page_seen')",
        sue.id()
    );
    assert_eq!(database.count(&own).await, 2);

    revoke::by_tenant(&acme, &deps, id).await.unwrap();
    revoke::by_tenant(&acme, &deps, id).await.unwrap();
    assert!(inside(&deps, &session, &token, "acme").await.unwrap().is_none());
    let own = format!("audit_log where chain_id = '{}' and action = 'visit.ended'", sue.id());
    assert_eq!(
        database.count(&own).await,
        0,
        "nothing of an organization reaches there"
    );
    for _ in 0..2 {
        settle(&database.platform(), &deps).await.unwrap();
    }
    assert_eq!(database.count(&own).await, 1);
    let inside_it = format!(
        "audit_log where tenant_id = '{}' and action = 'visit.ended'",
        acme.tenant().id
    );
    assert_eq!(database.count(&inside_it).await, 1);
    let seen = access::list(&acme, &deps).await.unwrap();
    assert_eq!(
        (seen[0].end, seen[0].ended_by.as_deref()),
        (Some(VisitEnd::RevokedByTenant), Some("ann"))
    );
    assert_eq!(
        stop(&sue, &deps).await.unwrap().unwrap().visit,
        id,
        "leaving what is over leads there all the same"
    );
    visit(&deps, &sue, &acme).await;
}

#[tokio::test]
async fn staff_find_and_end_visits() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let tom = staff(&database, &deps, "tom", StaffRole::Superadmin).await;
    let (first, _) = visit(&deps, &sue, &acme).await;
    stop(&sue, &deps).await.unwrap();
    clock.advance(TimeDelta::minutes(1));
    let (second, _) = visit(&deps, &sue, &acme).await;
    let found = async |filter: Filter, before| {
        let page = list::list(&tom, &deps, &filter, before).await.unwrap();
        page.visits.iter().map(|visit| visit.id).collect::<Vec<_>>()
    };
    assert_eq!(found(Filter::default(), None).await, [second, first]);
    assert_eq!(found(Filter::default(), Some(second)).await, [first]);
    let open = |open| Filter {
        open: Some(open),
        ..Filter::default()
    };
    assert_eq!(found(open(true), None).await, [second]);
    assert_eq!(found(open(false), None).await, [first]);
    let text = |text: &str| Filter {
        text: text.to_owned(),
        ..Filter::default()
    };
    assert_eq!(found(text("ACM"), None).await, [second, first]);
    assert_eq!(found(text("%"), None).await, []);
    revoke::by_staff(&tom, &deps, second).await.unwrap();
    assert_eq!(found(open(true), None).await, []);
    let own = format!("audit_log where chain_id = '{}' and action = 'visit.ended'", sue.id());
    assert_eq!(database.count(&own).await, 2);
}
