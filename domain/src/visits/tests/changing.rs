//! What may be changed in a visit: nothing, or what an elevated one covers.

use chrono::TimeDelta;
use contract::{Error, iam::Permission, staff::StaffRole, visits::VisitMode};

use super::super::elevate::elevate;
use crate::{
    Deps,
    actor::{FRESH_FACTOR, StaffActor, VISIT_ELEVATED},
    projects::{
        self, Place,
        delete::delete,
        give::{give, take_back},
        share::share,
    },
    testing::{
        TestClock, TestDatabase, clock_and_deps, comes, deps, inside, organization, person, project, project_fields,
        refused, staff_session, visit,
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
