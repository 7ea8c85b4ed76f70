//! Signing in by a passkey alone.

use contract::{Error, FieldCode, staff::StaffRole, text::SuspensionReason};

use super::super::{
    super::testing::{address, come, half},
    remove, sign_in,
    testing::{answer, enter, give, look_up, signed_in},
};
use crate::{
    RelyingParty,
    actor::StaffActor,
    customers::people::suspend::suspend,
    identity::{
        Admission, deactivate_account::deactivate, reactivate_account::reactivate, sign_in::sign_in as by_password,
    },
    testing::{Authenticator, TestDatabase, clock_and_deps, person, staff, staff_session, visitor},
};

fn wrong() -> Error {
    Error::field("form", FieldCode::WrongPasskey)
}

#[tokio::test]
async fn it_says_who_comes_and_counts_as_both_factors() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let (ann, _) = signed_in(&database, &deps, "ann").await;
    let mut device = Authenticator::new();
    give(&deps, &ann, &mut device).await.unwrap();
    let session = enter(&deps, &mut device).await.unwrap();
    assert_eq!(session.admission, Admission::Session);
    let came = come(&deps, session.token.expose()).await.unwrap();
    assert_eq!((came.id(), came.second_factor_at()), (ann.id(), Some(deps.now())));
    assert_eq!(database.count("user_sessions where method = 'passkey'").await, 1);
    assert_eq!(
        database
            .count("rate_limits where policy = 'sign_in_by_address' and attempts > 0")
            .await,
        0
    );

    let question = sign_in::ask(&visitor(), &deps).await.unwrap();
    assert!(
        question.options.contains(r#""allowCredentials":[]"#),
        "says nothing of anybody"
    );
    let brought = device.get(&question.options);
    answer(&deps, &question, &brought).await.unwrap();
    assert_eq!(answer(&deps, &question, &brought).await.unwrap_err(), wrong(), "once");
}

#[tokio::test]
async fn whoever_may_not_come_in_is_told_what_a_stranger_is_told() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let (ann, _) = signed_in(&database, &deps, "ann").await;
    let (bob, bobs_token) = signed_in(&database, &deps, "bob").await;
    let (mut anns, mut bobs) = (Authenticator::new(), Authenticator::new());
    give(&deps, &ann, &mut anns).await.unwrap();
    let passkey = give(&deps, &bob, &mut bobs).await.unwrap();

    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let reason = SuspensionReason::parse("it sends spam by the hour").unwrap();
    suspend(&sue, &deps, ann.id(), reason).await.unwrap();
    assert_eq!(enter(&deps, &mut anns).await.unwrap_err(), wrong(), "locked");

    remove::remove(&look_up(&deps, &bobs_token).await, &deps, passkey)
        .await
        .unwrap();
    assert_eq!(enter(&deps, &mut bobs).await.unwrap_err(), wrong(), "removed");

    let mut unknown = Authenticator::new();
    assert_eq!(enter(&deps, &mut unknown).await.unwrap_err(), wrong(), "names nobody");
    // It claims to be of somebody who has another one.
    unknown.create(r#"{"user":{"id":"AAAAAAAAAAAAAAAAAAAAAA"},"challenge":"AA"}"#);
    assert_eq!(enter(&deps, &mut unknown).await.unwrap_err(), wrong(), "unknown");
    for nonsense in ["", "{}", "null", &"x".repeat(20_000)] {
        let question = sign_in::ask(&visitor(), &deps).await.unwrap();
        assert_eq!(answer(&deps, &question, nonsense).await.unwrap_err(), wrong());
    }
    assert_eq!(
        database.count("audit_log where action = 'user.sign_in_failed'").await,
        8
    );
    assert_eq!(database.count("user_sessions where method = 'passkey'").await, 0);
}

#[tokio::test]
async fn a_paused_account_is_taken_up_by_who_proves_it_again() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let (ann, _) = signed_in(&database, &deps, "ann").await;
    let mut device = Authenticator::new();
    give(&deps, &ann, &mut device).await.unwrap();
    deactivate(&ann, &deps).await.unwrap();
    let paused = enter(&deps, &mut device).await.unwrap();
    assert_eq!(paused.admission, Admission::PausedAccount);
    let taken_up = reactivate(&visitor(), &deps, paused.token.expose()).await.unwrap();
    assert_eq!(taken_up.admission, Admission::SecondFactor);
}

#[tokio::test]
async fn failures_wait_by_address_and_lock_nobody_out() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let (ann, _) = signed_in(&database, &deps, "ann").await;
    let mut device = Authenticator::new();
    give(&deps, &ann, &mut device).await.unwrap();
    for _ in 0..10 {
        by_password(&visitor(), &deps, address("ann"), "wrong".to_owned())
            .await
            .unwrap_err();
    }
    let refused = by_password(&visitor(), &deps, address("ann"), "wrong".to_owned()).await;
    assert!(matches!(Error::from(refused.unwrap_err()), Error::Throttled { .. }));
    enter(&deps, &mut device).await.unwrap();

    let mut stranger = Authenticator::new();
    let mut refused = Vec::new();
    for _ in 0..25 {
        refused.push(enter(&deps, &mut stranger).await.unwrap_err());
    }
    assert!(
        refused[0] == wrong() && matches!(refused[24], Error::Throttled { .. }),
        "{refused:?}"
    );
    clock.advance(chrono::TimeDelta::minutes(15));
    enter(&deps, &mut device).await.unwrap();
    let mut asked = 1;
    while sign_in::ask(&visitor(), &deps).await.is_ok() {
        asked += 1;
    }
    assert_eq!(asked, 60, "each is a row");
}

#[tokio::test]
async fn staff_enrol_by_one_and_reach_their_pages_with_it() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let token = staff_session(&database, &deps, "sue", StaffRole::Support).await;
    sqlx::query("update user_sessions set second_factor_at = null")
        .execute(database.owner())
        .await
        .unwrap();
    let sue = look_up(&deps, &token).await;
    let refused = StaffActor::enter(&sue).unwrap_err();
    assert_eq!(Error::from(refused), Error::SecondFactorRequired);
    let mut device = Authenticator::new();
    give(&deps, &sue, &mut device).await.unwrap();
    StaffActor::enter(&look_up(&deps, &token).await).unwrap();
    let session = enter(&deps, &mut device).await.unwrap();
    let sue = StaffActor::enter(&look_up(&deps, session.token.expose()).await).unwrap();
    sue.require_fresh_factor(&deps).unwrap();
    assert_eq!(half(&deps, "sue").await.admission, Admission::SecondFactor);
}

#[tokio::test]
async fn where_browsers_make_none_there_is_nothing() {
    let database = TestDatabase::new().await;
    let mut deps = clock_and_deps(&database).1;
    deps.passkeys = RelyingParty::of("http://127.0.0.1:3000");
    let ann = person(&deps, "ann").await;
    let refused = give(&deps, &ann, &mut Authenticator::new()).await.unwrap_err();
    assert_eq!(refused, Error::NotFound);
    let refused = enter(&deps, &mut Authenticator::new()).await.unwrap_err();
    assert_eq!(refused, Error::NotFound);
}
