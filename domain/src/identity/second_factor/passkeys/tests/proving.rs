//! A passkey as the second factor, and what proves nothing.

use chrono::TimeDelta;
use contract::{Error, FieldCode, staff::StaffRole};
use serde_json::Value;

use super::super::{
    super::{
        overview, recovery_codes,
        sign_in::{Ways, awaits},
        testing::{come, half},
    },
    add, prove,
    testing::{complete, give, look_up, named, signed_in},
};
use crate::{
    actor::FRESH_FACTOR,
    identity::Admission,
    security::report::report,
    testing::{Authenticator, TestDatabase, clock_and_deps, staff, visitor},
};

fn wrong() -> Error {
    Error::field("form", FieldCode::WrongPasskey)
}

const COPIED: &str = "audit_log where action = 'user.passkey_copied'";
const WARNED: &str = "graphile_worker._private_jobs where payload::text like '%PasskeyCopied%'";

#[tokio::test]
async fn the_first_passkey_guards_the_account_and_proves_its_second_half() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let (ann, token) = signed_in(&database, &deps, "ann").await;
    let mut device = Authenticator::new();
    give(&deps, &ann, &mut device).await.unwrap();
    let ann = look_up(&deps, &token).await;
    assert_eq!(ann.second_factor_at(), Some(deps.now()), "adding it has proven it");
    assert_eq!(recovery_codes::fresh(&ann, &deps).await.unwrap().len(), 10);
    let guards = overview::overview(&ann, &deps).await.unwrap().unwrap();
    assert_eq!(guards.app, None);
    let passkey = &guards.passkeys[0];
    assert_eq!(
        (&*passkey.name, passkey.created, passkey.last_used),
        ("Laptop", deps.now(), None)
    );
    let mails = "graphile_worker._private_jobs where payload::text like '%PasskeyAdded%'";
    assert_eq!(database.count(mails).await, 1);
    assert_eq!(database.count("audit_log where action = 'user.passkey_added'").await, 1);

    let waiting = half(&deps, "ann").await;
    assert_eq!(waiting.admission, Admission::SecondFactor);
    let ways = Some(Ways {
        app: false,
        passkey: true,
    });
    assert_eq!(awaits(&deps, waiting.token.expose()).await.unwrap(), ways);
    let question = prove::ask_half(&deps, waiting.token.expose()).await.unwrap();
    let options: Value = serde_json::from_str(&question.options).unwrap();
    assert_eq!(options["userVerification"], "required");
    assert_eq!(options["rpId"], "plinth.test");
    assert_eq!(options["allowCredentials"][0]["id"], device.key_id());
    let session = complete(&deps, &waiting, &mut device).await.unwrap();
    let signed_in = come(&deps, session.token.expose()).await.unwrap();
    assert_eq!(signed_in.second_factor_at(), Some(deps.now()));
    assert_eq!(
        awaits(&deps, waiting.token.expose()).await.unwrap(),
        None,
        "answered once"
    );
    let guards = overview::overview(&ann, &deps).await.unwrap().unwrap();
    assert_eq!(guards.passkeys[0].last_used, Some(deps.now()));
}

#[tokio::test]
async fn it_is_proven_afresh_in_a_session_and_for_that_one_alone() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let (ann, token) = signed_in(&database, &deps, "ann").await;
    let mut device = Authenticator::new();
    give(&deps, &ann, &mut device).await.unwrap();
    clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    let ann = look_up(&deps, &token).await;
    assert!(!ann.proved_recently(&deps));
    let other = complete(&deps, &half(&deps, "ann").await, &mut device).await.unwrap();
    let other = look_up(&deps, other.token.expose()).await;

    let question = prove::ask(&ann, &deps).await.unwrap();
    let brought = device.get(&question.options);
    let asked = question.token.expose();
    let refused = prove::prove(&other, &deps, asked, &brought).await.unwrap_err();
    assert_eq!(Error::from(refused), wrong(), "asked in another session");
    prove::prove(&ann, &deps, asked, &brought).await.unwrap();
    assert!(look_up(&deps, &token).await.proved_recently(&deps));
    let again = prove::prove(&ann, &deps, asked, &brought).await.unwrap_err();
    assert_eq!(Error::from(again), wrong(), "answered once");
    let failed = "audit_log where action = 'user.second_factor_failed'";
    assert_eq!(database.count(failed).await, 2);
    assert_eq!(
        database
            .count("audit_log where action = 'user.second_factor_proven'")
            .await,
        1
    );
}

#[tokio::test]
async fn a_question_is_of_one_person_and_one_purpose_and_good_for_five_minutes() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let (ann, token) = signed_in(&database, &deps, "ann").await;
    let (bob, _) = signed_in(&database, &deps, "bob").await;
    let (mut anns, mut bobs) = (Authenticator::new(), Authenticator::new());
    let question = add::ask(&ann, &deps).await.unwrap();
    let made = bobs.create(&question.options);
    let refused = add::add(&bob, &deps, question.token.expose(), named("x"), &made).await;
    assert_eq!(Error::from(refused.unwrap_err()), wrong(), "asked of somebody else");
    assert_eq!(database.count("user_passkeys").await, 0);
    let mut bobs = Authenticator::new();
    give(&deps, &ann, &mut anns).await.unwrap();
    give(&deps, &bob, &mut bobs).await.unwrap();

    let (for_ann, for_bob) = (half(&deps, "ann").await, half(&deps, "bob").await);
    let asked = prove::ask_half(&deps, for_ann.token.expose()).await.unwrap();
    let brought = bobs.get(&asked.options);
    for waiting in [&for_bob, &for_ann] {
        let refused = prove::complete(
            &visitor(),
            &deps,
            waiting.token.expose(),
            asked.token.expose(),
            &brought,
        )
        .await;
        assert_eq!(Error::from(refused.unwrap_err()), wrong(), "his passkey, her question");
    }
    let to_sign_in = super::super::sign_in::ask(&visitor(), &deps).await.unwrap();
    let brought = anns.get(&to_sign_in.options);
    let refused = prove::complete(
        &visitor(),
        &deps,
        for_ann.token.expose(),
        to_sign_in.token.expose(),
        &brought,
    )
    .await;
    assert_eq!(Error::from(refused.unwrap_err()), wrong(), "asked for something else");

    let ann = look_up(&deps, &token).await;
    for (waited, accepted) in [(TimeDelta::minutes(5), false), (TimeDelta::seconds(299), true)] {
        let asked = add::ask(&ann, &deps).await.unwrap();
        let made = Authenticator::new().create(&asked.options);
        clock.advance(waited);
        let added = add::add(&ann, &deps, asked.token.expose(), named("y"), &made).await;
        assert_eq!(added.is_ok(), accepted, "{waited}: {added:?}");
    }
}

/// What a device or a page claims that is not ours.
type Lie = fn(&mut Authenticator);

const LIES: [(&str, Lie); 4] = [
    ("another page", |device| {
        device.origin = "https://plinth.test.evil.example".to_owned();
    }),
    ("another port", |device| {
        device.origin = "https://plinth.test:8443".to_owned();
    }),
    ("another domain", |device| device.domain = "evil.example".to_owned()),
    ("nobody verified", |device| device.verifies = false),
];

#[tokio::test]
async fn what_was_signed_for_elsewhere_or_by_nobody_in_particular_proves_nothing() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let (ann, _) = signed_in(&database, &deps, "ann").await;
    for (what, lie) in LIES {
        let mut device = Authenticator::new();
        lie(&mut device);
        assert_eq!(give(&deps, &ann, &mut device).await.unwrap_err(), wrong(), "{what}");
    }
    let mut device = Authenticator::new();
    give(&deps, &ann, &mut device).await.unwrap();
    let waiting = half(&deps, "ann").await;
    for (what, lie) in LIES {
        let mut lying = device.clone();
        lie(&mut lying);
        assert_eq!(
            complete(&deps, &waiting, &mut lying).await.unwrap_err(),
            wrong(),
            "{what}"
        );
    }
    let asked = prove::ask_half(&deps, waiting.token.expose()).await.unwrap();
    let mut forger = Authenticator::new();
    let imitation = forger.get(&asked.options).replace(&forger.key_id(), &device.key_id());
    let fifth = prove::complete(
        &visitor(),
        &deps,
        waiting.token.expose(),
        asked.token.expose(),
        &imitation,
    )
    .await;
    assert_eq!(Error::from(fifth.unwrap_err()), wrong());
    let sixth = complete(&deps, &waiting, &mut device).await.unwrap_err();
    assert_eq!(
        sixth,
        Error::field("form", FieldCode::LinkExpired),
        "as many tries as codes have"
    );
    assert_eq!(
        database.count("user_sessions where second_factor_at is not null").await,
        1
    );
}

#[tokio::test]
async fn a_copy_gives_itself_away_by_its_count() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let (ann, _) = signed_in(&database, &deps, "ann").await;
    let mut device = Authenticator::new();
    give(&deps, &ann, &mut device).await.unwrap();
    let mut copy = device.clone();
    complete(&deps, &half(&deps, "ann").await, &mut device).await.unwrap();
    let refused = complete(&deps, &half(&deps, "ann").await, &mut copy).await;
    assert_eq!(refused.unwrap_err(), wrong(), "the count that was there already");
    assert_eq!((database.count(COPIED).await, database.count(WARNED).await), (1, 1));
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let copies = report(&sue, &deps, None).await.unwrap().copies;
    assert_eq!((copies.len(), copies[0].user), (1, ann.id()), "staff see it");
    complete(&deps, &half(&deps, "ann").await, &mut device).await.unwrap();

    // Those that a provider keeps on many devices never count.
    let (bob, _) = signed_in(&database, &deps, "bob").await;
    let mut synced = Authenticator::new();
    synced.counts = false;
    give(&deps, &bob, &mut synced).await.unwrap();
    for _ in 0..2 {
        complete(&deps, &half(&deps, "bob").await, &mut synced).await.unwrap();
    }
    assert_eq!(database.count(COPIED).await, 1);
}

#[tokio::test]
async fn one_answer_counts_once_however_often_it_is_sent_at_once() {
    let database = TestDatabase::new().await;
    let deps = clock_and_deps(&database).1;
    let (ann, _) = signed_in(&database, &deps, "ann").await;
    let mut device = Authenticator::new();
    give(&deps, &ann, &mut device).await.unwrap();
    let waiting = half(&deps, "ann").await;
    let asked = prove::ask_half(&deps, waiting.token.expose()).await.unwrap();
    let brought = device.get(&asked.options);
    let before = database.count("user_sessions").await;
    let sent = [(); 4].map(|()| {
        let (deps, brought) = (deps.clone(), brought.clone());
        let (waiting, asked) = (waiting.token.expose().to_owned(), asked.token.expose().to_owned());
        tokio::spawn(async move { prove::complete(&visitor(), &deps, &waiting, &asked, &brought).await })
    });
    let mut sessions = 0;
    for answer in sent {
        sessions += i32::from(answer.await.unwrap().is_ok());
    }
    assert_eq!(sessions, 1);
    assert_eq!(database.count("user_sessions").await, before + 1);
}
