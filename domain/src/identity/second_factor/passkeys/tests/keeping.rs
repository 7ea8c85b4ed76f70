//! Naming and removing passkeys, and the last factor.

use chrono::TimeDelta;
use contract::{Error, FieldCode, ids::PasskeyId, staff::StaffRole};

use super::super::{
    super::{
        overview, remove as remove_app,
        testing::{address, enrol as set_up_app, half},
    },
    add::{self, MOST},
    list, remove, rename,
    testing::{complete, give, look_up, named, signed_in},
};
use crate::{
    Deps,
    actor::{OrgActor, RECENT_SIGN_IN, UserActor},
    identity::{Admission, delete_account::delete},
    tenants::require_second_factor,
    testing::{Authenticator, PASSWORD, TestDatabase, clock_and_deps, organization, person, staff_session},
};

fn refused(code: FieldCode) -> Error {
    Error::field("form", code)
}

async fn take_away(deps: &Deps, user: &UserActor, passkey: PasskeyId) -> Result<(), Error> {
    Ok(remove::remove(user, deps, passkey).await?)
}

#[tokio::test]
async fn there_are_ten_at_most_and_each_is_added_once() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let (ann, token) = signed_in(&database, &deps, "ann").await;
    let mut first = Authenticator::new();
    give(&deps, &ann, &mut first).await.unwrap();
    let ann = look_up(&deps, &token).await;
    let question = add::ask(&ann, &deps).await.unwrap();
    assert!(
        question.options.contains(&first.key_id()),
        "the browser is told which there are"
    );
    let again = give(&deps, &ann, &mut first).await.unwrap_err();
    assert_eq!(again, refused(FieldCode::WrongPasskey));
    let (bob, _) = signed_in(&database, &deps, "bob").await;
    let elsewhere = give(&deps, &bob, &mut first).await.unwrap_err();
    assert_eq!(elsewhere, refused(FieldCode::WrongPasskey), "of another account");

    // Asked for while there was room.
    let question = add::ask(&ann, &deps).await.unwrap();
    let made = Authenticator::new().create(&question.options);
    sqlx::query(
        "insert into user_passkeys (id, user_id, name, credential_id, credential, created_at) \
         select gen_random_uuid(), $1, 'more', sha256(n::text::bytea), '{}', $2 from generate_series(2, $3::int) n",
    )
    .bind(ann.id().0)
    .bind(deps.now())
    .bind(i32::try_from(MOST).unwrap())
    .execute(database.owner())
    .await
    .unwrap();
    let full = refused(FieldCode::NoMorePasskeys { max: 10 });
    let added = add::add(&ann, &deps, question.token.expose(), named("eleventh"), &made).await;
    assert_eq!(Error::from(added.unwrap_err()), full);
    assert_eq!(Error::from(add::ask(&ann, &deps).await.unwrap_err()), full);
}

#[tokio::test]
async fn passkeys_are_changed_by_their_owner_alone() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let unproven = person(&deps, "eve").await;
    let asked = add::ask(&unproven, &deps).await.unwrap_err();
    assert_eq!(Error::from(asked), Error::EmailUnverified);

    let (ann, token) = signed_in(&database, &deps, "ann").await;
    let other = half(&deps, "ann").await;
    let passkey = give(&deps, &ann, &mut Authenticator::new()).await.unwrap();
    // A session of before, which has proven nothing.
    let other = look_up(&deps, other.token.expose()).await;
    for again in [
        Error::from(add::ask(&other, &deps).await.unwrap_err()),
        take_away(&deps, &other, passkey).await.unwrap_err(),
    ] {
        assert_eq!(again, Error::SecondFactorRequired);
    }
    let (bob, _) = signed_in(&database, &deps, "bob").await;
    assert_eq!(take_away(&deps, &bob, passkey).await.unwrap_err(), Error::NotFound);
    let renamed = rename::rename(&bob, &deps, passkey, named("Mine")).await.unwrap_err();
    assert_eq!(Error::from(renamed), Error::NotFound);
    rename::rename(&ann, &deps, passkey, named("Blue key")).await.unwrap();
    assert_eq!(list::list(&ann, &deps).await.unwrap()[0].name, "Blue key");
    clock.advance(RECENT_SIGN_IN + TimeDelta::seconds(1));
    let ann = look_up(&deps, &token).await;
    assert_eq!(
        take_away(&deps, &ann, passkey).await.unwrap_err(),
        Error::RecentSignInRequired
    );
}

#[tokio::test]
async fn with_the_last_one_the_account_is_open_to_one_factor_again() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let (ann, token) = signed_in(&database, &deps, "ann").await;
    let mut device = Authenticator::new();
    let one = give(&deps, &ann, &mut device).await.unwrap();
    let ann = look_up(&deps, &token).await;
    let other = give(&deps, &ann, &mut Authenticator::new()).await.unwrap();
    take_away(&deps, &ann, other).await.unwrap();
    assert_eq!(half(&deps, "ann").await.admission, Admission::SecondFactor);
    assert_eq!(
        database.count("user_recovery_codes").await,
        10,
        "while there is another"
    );
    take_away(&deps, &ann, one).await.unwrap();
    assert_eq!(half(&deps, "ann").await.admission, Admission::Session);
    assert_eq!(database.count("user_recovery_codes").await, 0);
    assert_eq!(
        database.count("user_sessions where second_factor_at is not null").await,
        0
    );
    for (news, times) in [("PasskeyRemoved", 1), (r#""Removed""#, 1)] {
        let mails = format!("graphile_worker._private_jobs where payload::text like '%{news}%'");
        assert_eq!(database.count(&mails).await, times, "{news}");
    }
    assert_eq!(
        database.count("audit_log where action = 'user.passkey_removed'").await,
        2
    );
    assert!(overview::overview(&ann, &deps).await.unwrap().is_none());
}

#[tokio::test]
async fn staff_and_members_of_who_requires_one_keep_the_last_whichever_it_is() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let token = staff_session(&database, &deps, "sue", StaffRole::Support).await;
    let sue = look_up(&deps, &token).await;
    let passkey = give(&deps, &sue, &mut Authenticator::new()).await.unwrap();
    let kept = take_away(&deps, &sue, passkey).await.unwrap_err();
    assert_eq!(kept, refused(FieldCode::LastFactor));
    set_up_app(&deps, &sue).await;
    take_away(&deps, &sue, passkey).await.unwrap();

    let (ann, token) = signed_in(&database, &deps, "ann").await;
    let acme = organization(&deps, &ann, "acme").await;
    let passkey = give(&deps, &ann, &mut Authenticator::new()).await.unwrap();
    let ann = look_up(&deps, &token).await;
    let acme = OrgActor::enter(&ann, &deps, acme.tenant().slug.as_str()).await.unwrap();
    require_second_factor::set(&acme, &deps, true).await.unwrap();
    let kept = take_away(&deps, &ann, passkey).await.unwrap_err();
    assert_eq!(kept, refused(FieldCode::FactorRequired));
    assert_eq!(database.count("user_passkeys").await, 1);
    set_up_app(&deps, &ann).await;
    take_away(&deps, &ann, passkey).await.unwrap();
    let kept = remove_app::remove(&ann, &deps).await.unwrap_err();
    assert_eq!(Error::from(kept), refused(FieldCode::FactorRequired));
    require_second_factor::set(&acme, &deps, false).await.unwrap();
    remove_app::remove(&ann, &deps).await.unwrap();
}

#[tokio::test]
async fn of_the_last_two_that_staff_remove_at_once_one_stays() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let token = staff_session(&database, &deps, "sue", StaffRole::Support).await;
    let sue = look_up(&deps, &token).await;
    let one = give(&deps, &sue, &mut Authenticator::new()).await.unwrap();
    let other = give(&deps, &sue, &mut Authenticator::new()).await.unwrap();
    let removed = [one, other].map(|passkey| {
        let (deps, sue) = (deps.clone(), sue.clone());
        tokio::spawn(async move { take_away(&deps, &sue, passkey).await })
    });
    let mut outcomes = Vec::new();
    for outcome in removed {
        outcomes.push(outcome.await.unwrap());
    }
    assert!(outcomes.contains(&Err(refused(FieldCode::LastFactor))), "{outcomes:?}");
    assert_eq!(database.count("user_passkeys").await, 1);
}

#[tokio::test]
async fn an_app_that_is_removed_leaves_the_passkeys() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let (ann, token) = signed_in(&database, &deps, "ann").await;
    let mut device = Authenticator::new();
    give(&deps, &ann, &mut device).await.unwrap();
    let ann = look_up(&deps, &token).await;
    set_up_app(&deps, &ann).await;
    remove_app::remove(&ann, &deps).await.unwrap();
    let mails = "graphile_worker._private_jobs where payload::text like '%AppRemoved%'";
    assert_eq!(database.count(mails).await, 1);
    complete(&deps, &half(&deps, "ann").await, &mut device).await.unwrap();
}

#[tokio::test]
async fn an_account_that_goes_leaves_none() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let (ann, token) = signed_in(&database, &deps, "ann").await;
    give(&deps, &ann, &mut Authenticator::new()).await.unwrap();
    let ann = look_up(&deps, &token).await;
    add::ask(&ann, &deps).await.unwrap();
    delete(&ann, &deps, address("ann").as_str(), Some(PASSWORD))
        .await
        .unwrap();
    for table in ["user_passkeys", "user_passkey_challenges", "user_recovery_codes"] {
        assert_eq!(database.count(table).await, 0, "{table}");
    }
}
