use chrono::TimeDelta;
use contract::{Error, FieldCode, password::Password, staff::StaffRole};

use super::{
    enrol, overview, prove, recovery_codes, remove,
    sign_in::{Ways, awaits, complete},
    testing::{address, come, enrol as set_up, half, verified},
};
use crate::{
    Deps,
    actor::{FRESH_FACTOR, RECENT_SIGN_IN, RequestInfo, UserActor, Visitor},
    identity::{
        Admission, NewSession, change_password::change, deactivate_account::deactivate, link, link::Purpose,
        magic_link, reactivate_account::reactivate, reset_password::reset, sign_up::sign_up,
    },
    testing::{PASSWORD, TestDatabase, clock_and_deps, new_person, person, request, staff, visitor},
};

const STEP: TimeDelta = TimeDelta::seconds(30);

fn wrong() -> Error {
    Error::field("code", FieldCode::WrongCode)
}

fn over() -> Error {
    Error::field("form", FieldCode::LinkExpired)
}

async fn answer(deps: &Deps, half: &NewSession, typed: &str) -> Result<NewSession, Error> {
    complete(&visitor(), deps, half.token.expose(), typed)
        .await
        .map_err(Error::from)
}

#[tokio::test]
async fn a_factor_guards_from_its_first_code_on() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    enrol::begin(&ann, &deps).await.unwrap();
    let refused = enrol::confirm(&ann, &deps, "000000").await.unwrap_err();
    assert_eq!(Error::from(refused), wrong());
    assert_eq!(
        half(&deps, "ann").await.admission,
        Admission::Session,
        "guards nothing yet"
    );
    let kit = set_up(&deps, &ann).await;
    assert_eq!(kit.codes.len(), 10);
    let guards = overview::overview(&ann, &deps).await.unwrap().unwrap();
    assert_eq!((guards.codes_left, guards.app.unwrap().since), (10, deps.now()));

    let begun = half(&deps, "ann").await;
    assert_eq!(begun.admission, Admission::SecondFactor);
    assert!(come(&deps, begun.token.expose()).await.is_none(), "signs nobody in");
    assert_eq!(
        awaits(&deps, begun.token.expose()).await.unwrap(),
        Some(Ways {
            app: true,
            passkey: false
        })
    );
    let refused = answer(&deps, &begun, &kit.shown(&deps)).await.unwrap_err();
    assert_eq!(refused, wrong(), "the code that confirmed it was used by that");
    clock.advance(STEP);
    let session = answer(&deps, &begun, &kit.shown(&deps)).await.unwrap();
    let signed_in = come(&deps, session.token.expose()).await.unwrap();
    assert_eq!(signed_in.second_factor_at(), Some(deps.now()));
    assert_eq!(
        awaits(&deps, begun.token.expose()).await.unwrap(),
        None,
        "answered once"
    );
    let mails = "graphile_worker._private_jobs where payload::text like '%SecondFactor%Added%'";
    assert_eq!(database.count(mails).await, 1);
    let entries = "audit_log where action in ('user.second_factor_added', 'user.second_factor_failed')";
    assert_eq!(database.count(entries).await, 2);
}

#[tokio::test]
async fn one_code_signs_in_once_however_often_it_is_sent_at_once() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let kit = set_up(&deps, &ann).await;
    for (round, recovery) in [(0, false), (1, true)] {
        clock.advance(STEP);
        let typed = if recovery {
            kit.codes[0].clone()
        } else {
            kit.shown(&deps)
        };
        // In one sign-in, and in another that was begun beside it.
        let (one, other) = (half(&deps, "ann").await, half(&deps, "ann").await);
        let before = database.count("user_sessions").await;
        let tokens = [&one, &one, &other, &other].map(|half| half.token.expose().to_owned());
        let sent = tokens.map(|token| {
            let (deps, typed) = (deps.clone(), typed.clone());
            tokio::spawn(async move { complete(&visitor(), &deps, &token, &typed).await })
        });
        let mut sessions = 0;
        for answer in sent {
            sessions += i32::from(answer.await.unwrap().is_ok());
        }
        assert_eq!(sessions, 1, "round {round}");
        assert_eq!(database.count("user_sessions").await, before + 1);
    }
}

#[tokio::test]
async fn a_sign_in_waits_five_minutes_and_takes_five_tries() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let kit = set_up(&deps, &ann).await;
    let begun = half(&deps, "ann").await;
    for _ in 0..5 {
        assert_eq!(answer(&deps, &begun, "000000").await.unwrap_err(), wrong());
    }
    clock.advance(STEP);
    assert_eq!(answer(&deps, &begun, &kit.shown(&deps)).await.unwrap_err(), over());
    let late = half(&deps, "ann").await;
    clock.advance(TimeDelta::minutes(5));
    assert_eq!(answer(&deps, &late, &kit.shown(&deps)).await.unwrap_err(), over());
    let in_time = half(&deps, "ann").await;
    clock.advance(TimeDelta::minutes(5) - TimeDelta::seconds(1));
    answer(&deps, &in_time, &kit.shown(&deps)).await.unwrap();
}

#[tokio::test]
async fn guesses_count_across_sign_ins_and_apart_from_the_password() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let kit = set_up(&deps, &ann).await;
    clock.advance(STEP);
    for _ in 0..2 {
        let begun = half(&deps, "ann").await;
        for _ in 0..5 {
            assert_eq!(answer(&deps, &begun, "000000").await.unwrap_err(), wrong());
        }
    }
    let begun = half(&deps, "ann").await;
    assert_eq!(begun.admission, Admission::SecondFactor, "the password does not wait");
    let refused = answer(&deps, &begun, &kit.shown(&deps)).await.unwrap_err();
    assert!(matches!(refused, Error::Throttled { .. }), "{refused:?}");
    clock.advance(TimeDelta::seconds(30));
    answer(&deps, &begun, &kit.shown(&deps)).await.unwrap();
    assert_eq!(
        database
            .count("rate_limits where policy = 'second_factor_by_person'")
            .await,
        0
    );
}

/// The ways in by a link, and what a new password leaves.
#[tokio::test]
async fn no_way_in_goes_past_it() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let kit = set_up(&deps, &ann).await;
    clock.advance(STEP);
    let link = link::mailed(&deps, ann.id(), Purpose::MagicLink).await;
    let by_link = magic_link::redeem(&visitor(), &deps, &link).await.unwrap().session;
    assert_eq!(by_link.admission, Admission::SecondFactor);
    let signed_up = sign_up(&visitor(), &deps, new_person("ann")).await.unwrap();
    assert_eq!(signed_up.admission, Admission::SecondFactor);

    let link = link::mailed(&deps, ann.id(), Purpose::ResetPassword).await;
    let new = Password::parse("a wholly different phrase 7").unwrap();
    let by_reset = reset(&visitor(), &deps, &link, new).await.unwrap();
    assert_eq!(by_reset.admission, Admission::SecondFactor);
    assert_eq!(database.count("user_sessions").await, 0);
    let ended = answer(&deps, &by_link, &kit.shown(&deps)).await.unwrap_err();
    assert_eq!(ended, over(), "what was half done before the new password");
    let session = answer(&deps, &by_reset, &kit.shown(&deps)).await.unwrap();
    let ann = come(&deps, session.token.expose()).await.unwrap();

    deactivate(&ann, &deps).await.unwrap();
    let link = link::mailed(&deps, ann.id(), Purpose::MagicLink).await;
    let paused = magic_link::redeem(&visitor(), &deps, &link).await.unwrap().session;
    assert_eq!(paused.admission, Admission::PausedAccount);
    let taken_up = reactivate(&visitor(), &deps, paused.token.expose()).await.unwrap();
    assert_eq!(taken_up.admission, Admission::SecondFactor);
}

#[tokio::test]
async fn a_recovery_code_works_once_and_new_ones_void_the_old() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let kit = set_up(&deps, &ann).await;
    let begun = half(&deps, "ann").await;
    let typed = kit.codes[3].to_uppercase().replace('-', " ");
    let session = answer(&deps, &begun, &typed).await.unwrap();
    let ann = come(&deps, session.token.expose()).await.unwrap();
    let guards = overview::overview(&ann, &deps).await.unwrap().unwrap();
    assert_eq!(guards.codes_left, 9);
    let again = half(&deps, "ann").await;
    assert_eq!(answer(&deps, &again, &typed).await.unwrap_err(), wrong());
    let mails = "graphile_worker._private_jobs where payload::text like '%CodeUsed%'";
    assert_eq!(database.count(mails).await, 1);

    assert_eq!(recovery_codes::fresh(&ann, &deps).await.unwrap().len(), 9);
    recovery_codes::renew(&ann, &deps).await.unwrap();
    let renewed = recovery_codes::fresh(&ann, &deps).await.unwrap();
    assert_eq!(renewed.len(), 10);
    assert_eq!(answer(&deps, &again, &kit.codes[0]).await.unwrap_err(), wrong());
    recovery_codes::keep(&ann, &deps).await.unwrap();
    assert!(
        recovery_codes::fresh(&ann, &deps).await.unwrap().is_empty(),
        "shown once"
    );
    assert_eq!(database.count("user_recovery_codes where sealed is not null").await, 0);
    clock.advance(STEP);
    answer(&deps, &again, &renewed[9]).await.unwrap();
}

#[tokio::test]
async fn what_guards_is_changed_by_its_owner_alone() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let unproven = person(&deps, "eve").await;
    let refused = enrol::begin(&unproven, &deps).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::EmailUnverified);

    let ann = verified(&database, &deps, "ann").await;
    let other = half(&deps, "ann").await;
    let kit = set_up(&deps, &ann).await;
    // A session of before, which has proven nothing.
    let other = come(&deps, other.token.expose()).await.unwrap();
    for refused in changes(&other, &deps).await {
        assert_eq!(refused, Error::SecondFactorRequired);
    }
    clock.advance(STEP);
    prove::prove(&other, &deps, &kit.shown(&deps)).await.unwrap();
    clock.advance(FRESH_FACTOR.max(RECENT_SIGN_IN) + TimeDelta::seconds(1));
    for refused in changes(&other, &deps).await {
        assert_eq!(refused, Error::RecentSignInRequired);
    }
    assert_eq!(half(&deps, "ann").await.admission, Admission::SecondFactor);
}

async fn changes(user: &UserActor, deps: &Deps) -> [Error; 5] {
    [
        enrol::begin(user, deps).await.unwrap_err().into(),
        enrol::confirm(user, deps, "000000").await.unwrap_err().into(),
        recovery_codes::renew(user, deps).await.unwrap_err().into(),
        recovery_codes::fresh(user, deps).await.unwrap_err().into(),
        remove::remove(user, deps).await.unwrap_err().into(),
    ]
}

#[tokio::test]
async fn another_app_takes_the_place_of_the_one_before() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let old = set_up(&deps, &ann).await;
    clock.advance(STEP);
    prove::prove(&ann, &deps, &old.shown(&deps)).await.unwrap();
    let ann = again(&database, &deps, &ann).await;
    let new = set_up(&deps, &ann).await;
    assert_eq!(old.codes, new.codes, "codes that are left stay good");
    clock.advance(STEP);
    let begun = half(&deps, "ann").await;
    assert_eq!(answer(&deps, &begun, &old.shown(&deps)).await.unwrap_err(), wrong());
    answer(&deps, &begun, &new.shown(&deps)).await.unwrap();
}

/// The same session, looked up anew.
async fn again(database: &TestDatabase, deps: &Deps, user: &UserActor) -> UserActor {
    sqlx::query("update user_sessions set token_hash = sha256('again') where id = $1")
        .bind(user.session().0)
        .execute(database.owner())
        .await
        .unwrap();
    come(deps, "again").await.unwrap()
}

#[tokio::test]
async fn who_removes_it_signs_in_by_one_factor_and_staff_keep_theirs() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let ann = verified(&database, &deps, "ann").await;
    set_up(&deps, &ann).await;
    let proven = again(&database, &deps, &ann).await;
    remove::remove(&proven, &deps).await.unwrap();
    assert!(overview::overview(&ann, &deps).await.unwrap().is_none());
    assert_eq!(half(&deps, "ann").await.admission, Admission::Session);
    assert_eq!(database.count("user_recovery_codes").await, 0);
    assert_eq!(
        database.count("user_sessions where second_factor_at is not null").await,
        0
    );
    let mails = "graphile_worker._private_jobs where payload::text like '%SecondFactor%Removed%'";
    assert_eq!(database.count(mails).await, 1);

    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    set_up(&deps, sue.user()).await;
    let refused = remove::remove(sue.user(), &deps).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::field("form", FieldCode::LastFactor));
}

#[tokio::test]
async fn a_new_password_keeps_what_the_session_has_proven() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let ann = verified(&database, &deps, "ann").await;
    set_up(&deps, &ann).await;
    let ann = again(&database, &deps, &ann).await;
    let new = Password::parse("a wholly different phrase 7").unwrap();
    let session = change(&ann, &deps, PASSWORD.to_owned(), new).await.unwrap();
    let ann = come(&deps, session.token.expose()).await.unwrap();
    assert_eq!(ann.second_factor_at(), Some(deps.now()));
}

#[tokio::test]
async fn an_account_that_goes_leaves_nothing_of_it() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let ann = verified(&database, &deps, "ann").await;
    set_up(&deps, &ann).await;
    half(&deps, "ann").await;
    crate::identity::delete_account::delete(&ann, &deps, address("ann").as_str(), Some(PASSWORD))
        .await
        .unwrap();
    for table in ["user_second_factors", "user_recovery_codes", "user_factor_challenges"] {
        assert_eq!(database.count(table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn a_code_that_was_used_is_told_of_when_it_is_brought_from_elsewhere_or_later() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let kit = set_up(&deps, &ann).await;
    clock.advance(STEP * 2);
    let elsewhere = Visitor::new(RequestInfo {
        address: "203.0.113.5".to_owned(),
        ..request()
    });
    let reused = async |kind: &str| {
        database
            .count(&format!(
                "audit_log where action = 'user.token_reused' and after ->> 'kind' = '{kind}' and subject_id = '{}'",
                ann.id()
            ))
            .await
    };
    for (kind, code) in [("app_code", kit.shown(&deps)), ("recovery_code", kit.codes[0].clone())] {
        let begun = half(&deps, "ann").await;
        answer(&deps, &begun, &code).await.unwrap();
        let begun = half(&deps, "ann").await;
        assert_eq!(answer(&deps, &begun, &code).await.unwrap_err(), wrong());
        assert_eq!(reused(kind).await, 0, "{kind}: pressed twice");
        let answered = complete(&elsewhere, &deps, begun.token.expose(), &code)
            .await
            .unwrap_err();
        assert_eq!(Error::from(answered), wrong());
        assert_eq!(reused(kind).await, 1, "{kind}");
    }
    let begun = half(&deps, "ann").await;
    assert_eq!(answer(&deps, &begun, "000000").await.unwrap_err(), wrong());
    clock.advance(TimeDelta::seconds(61));
    assert_eq!(
        Error::from(prove::prove(&ann, &deps, &kit.codes[0]).await.unwrap_err()),
        wrong()
    );
    assert_eq!((reused("app_code").await, reused("recovery_code").await), (1, 2));
}

#[tokio::test]
async fn nobody_ends_a_sign_in_from_a_blocked_address_and_who_is_in_still_proves_a_factor_there() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = verified(&database, &deps, "ann").await;
    let kit = set_up(&deps, &ann).await;
    clock.advance(STEP * 2);
    let begun = half(&deps, "ann").await;
    sqlx::query(
        "insert into blocked_addresses (address, reason, blocked_by, blocked_at, blocked_until) \
         values ('203.0.113.5', 'Guesses passwords', $1, $2, $2 + interval '1 hour')",
    )
    .bind(ann.id().0)
    .bind(deps.now())
    .execute(database.owner())
    .await
    .unwrap();
    let there = Visitor::new(RequestInfo {
        address: "203.0.113.5".to_owned(),
        ..request()
    });
    let shown = kit.shown(&deps);
    let refused = complete(&there, &deps, begun.token.expose(), &shown).await.unwrap_err();
    assert_eq!(
        Error::from(refused),
        Error::Throttled {
            retry_after_seconds: 900
        }
    );
    let session = answer(&deps, &begun, &shown).await.unwrap();
    clock.advance(FRESH_FACTOR + STEP);
    let elsewhere = there.request().clone();
    let ann = UserActor::authenticate(&deps, session.token.expose(), elsewhere)
        .await
        .unwrap()
        .unwrap();
    assert!(!ann.proved_recently(&deps));
    prove::prove(&ann, &deps, &kit.shown(&deps)).await.unwrap();
    let ann = come(&deps, session.token.expose()).await.unwrap();
    assert!(ann.proved_recently(&deps), "the block keeps out and puts nobody out");
}
