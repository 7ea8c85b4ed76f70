mod changing;
mod ending;

use chrono::TimeDelta;
use contract::{
    Error,
    staff::StaffRole,
    text::{VisitReason, VisitTicket},
    visits::{VisitEnd, VisitObstacle},
};

use super::{
    access,
    begin::{Begun, NewVisit, begin},
    choice::choice,
    list::{self, Filter},
    record::{Request, record, record_stray},
    revoke,
    settle::settle,
    stop::stop,
};
use crate::{
    actor::{FRESH_FACTOR, StaffActor},
    testing::{
        TestDatabase, clock_and_deps, comes, deps, inside, join, organization, person, refused, staff, staff_session,
        visit,
    },
};

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
