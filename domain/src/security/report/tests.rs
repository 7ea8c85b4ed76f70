use contract::{Error, FieldCode, email::EmailAddress, security::BlockPeriod, staff::StaffRole, text::BlockReason};

use super::*;
use crate::{
    actor::{RequestInfo, UserActor, Visitor},
    audit::Action,
    customers::people::end_sessions::end_sessions,
    database::Mode,
    identity::{magic_link, reset_password, sign_in::sign_in, verify_email::verify},
    people::look_up::look_up,
    security::{
        block_address::block_address, lift_block::lift_block, lift_lockout::lift_lockout, lift_storm::lift_storm,
    },
    testing::{PASSWORD, TestDatabase, clock_and_deps, deps, person, refused, request, staff, visitor},
};

async fn try_at(deps: &Deps, address: &str, email: &str, password: &str) -> bool {
    let visitor = Visitor::new(RequestInfo {
        address: address.to_owned(),
        ..request()
    });
    let email = EmailAddress::parse(email).unwrap();
    sign_in(&visitor, deps, email, password.to_owned()).await.is_ok()
}

#[tokio::test]
async fn guessing_is_seen_by_its_address_and_by_the_account_that_has_to_wait() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    person(&deps, "ann").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    for _ in 0..12 {
        try_at(&deps, "203.0.113.5", "ann@example.test", "wrong").await;
    }
    let seen = report(&sue, &deps, None).await.unwrap();
    let bursts: Vec<_> = seen
        .bursts
        .iter()
        .map(|burst| (burst.address.as_str(), burst.failures))
        .collect();
    assert_eq!(bursts, [("203.0.113.5", 10)], "the others were not even tried");
    let [lockout] = &*seen.lockouts else {
        panic!("{:?}", seen.lockouts)
    };
    assert_eq!(lockout.policy, "sign_in_by_account");
    assert!(keys_of(" Ann@example.test").contains(&lockout.key));
    assert!(!keys_of("bob@example.test").contains(&lockout.key));
    assert_eq!(
        (seen.storms[0].policy.as_str(), seen.storms[0].waiting),
        ("sign_in_by_account", 1)
    );
    assert!(!try_at(&deps, "192.0.2.9", "ann@example.test", PASSWORD).await);
    lift_lockout(&sue, &deps, &lockout.policy, &lockout.key).await.unwrap();
    let gone = lift_lockout(&sue, &deps, &lockout.policy, &lockout.key)
        .await
        .unwrap_err();
    assert_eq!(Error::from(gone), Error::NotFound);
    assert!(try_at(&deps, "192.0.2.9", "ann@example.test", PASSWORD).await);
    assert_eq!(
        database
            .count("audit_log where action = 'security.lockout_lifted'")
            .await,
        1
    );
}

#[tokio::test]
async fn two_places_within_minutes_are_told_of_and_hours_apart_are_not() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = person(&deps, "ann").await;
    let come = async |address: &str| assert!(try_at(&deps, address, "ann@example.test", PASSWORD).await);
    come("192.0.2.1").await;
    clock.advance(FAR_APART + TimeDelta::seconds(1));
    come("192.0.2.2").await;
    come("192.0.2.2").await;
    clock.advance(TimeDelta::minutes(3));
    come("203.0.113.5").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let seen = report(&sue, &deps, None).await.unwrap();
    let [one] = &*seen.far_apart else {
        panic!("{:?}", seen.far_apart)
    };
    assert_eq!(
        (one.user, one.first_address.as_str(), one.second_address.as_str()),
        (ann.id(), "192.0.2.2", "203.0.113.5")
    );
    assert_eq!(end_sessions(&sue, &deps, ann.id(), None).await.unwrap(), 5);
    assert_eq!(report(&sue, &deps, None).await.unwrap().far_apart[0].sessions, 0);
}

#[tokio::test]
async fn who_only_reads_does_not_respond() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ada = staff(&database, &deps, "ada", StaffRole::Auditor).await;
    report(&ada, &deps, None).await.unwrap();
    let refused = lift_lockout(&ada, &deps, "sign_in_by_account", &[0; 32]).await;
    assert_eq!(Error::from(refused.unwrap_err()), Error::Forbidden);
    let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
    assert_eq!(
        Error::from(report(&bea, &deps, None).await.unwrap_err()),
        Error::Forbidden
    );
}

fn reason() -> BlockReason {
    BlockReason::parse("Guesses passwords").unwrap()
}

async fn waits(deps: &Deps, address: &str) -> Option<u32> {
    let visitor = Visitor::new(RequestInfo {
        address: address.to_owned(),
        ..request()
    });
    let email = EmailAddress::parse("ann@example.test").unwrap();
    match sign_in(&visitor, deps, email, PASSWORD.to_owned())
        .await
        .map_err(Error::from)
    {
        Ok(_) => None,
        Err(Error::Throttled { retry_after_seconds }) => Some(retry_after_seconds),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn nobody_comes_in_from_an_address_that_is_blocked_until_its_time_is_over_or_it_is_lifted() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    person(&deps, "ann").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    block_address(&sue, &deps, "203.0.113.5", BlockPeriod::Hour, reason())
        .await
        .unwrap();
    assert_eq!(waits(&deps, "203.0.113.5").await, Some(900));
    assert_eq!(waits(&deps, "::ffff:203.0.113.5").await, Some(900), "the same client");
    assert_eq!(waits(&deps, "203.0.113.6").await, None);
    let there = Visitor::new(RequestInfo {
        address: "203.0.113.5".to_owned(),
        ..request()
    });
    let email = || EmailAddress::parse("ann@example.test").unwrap();
    for refused in [
        magic_link::request(&there, &deps, email(), None).await,
        reset_password::request(&there, &deps, email()).await,
        magic_link::redeem(&there, &deps, "any").await.map(drop),
    ] {
        assert!(matches!(refused.map_err(Error::from), Err(Error::Throttled { .. })));
    }
    let [one] = &*report(&sue, &deps, None).await.unwrap().blocked else {
        panic!("one is blocked")
    };
    assert_eq!((one.address.as_str(), one.by.as_str()), ("203.0.113.5", "sue"));
    clock.advance(TimeDelta::hours(1));
    assert_eq!(waits(&deps, "203.0.113.5").await, None, "its time is over");

    let sue = staff(&database, &deps, "tom", StaffRole::Support).await;
    block_address(&sue, &deps, "2001:db8::1", BlockPeriod::Day, reason())
        .await
        .unwrap();
    assert_eq!(waits(&deps, "2001:db8::2").await, Some(900), "one client's network");
    lift_block(&sue, &deps, "2001:db8::/64").await.unwrap();
    assert_eq!(waits(&deps, "2001:db8::2").await, None);
    let gone = lift_block(&sue, &deps, "2001:db8::/64").await.unwrap_err();
    assert_eq!(Error::from(gone), Error::NotFound);
    assert_eq!(
        database
            .count("audit_log where action in ('security.address_blocked', 'security.address_unblocked')")
            .await,
        3
    );
}

#[tokio::test]
async fn whoever_is_signed_in_is_refused_nothing_for_a_block_where_they_are() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    person(&deps, "ann").await;
    let email = EmailAddress::parse("ann@example.test").unwrap();
    let session = sign_in(&visitor(), &deps, email, PASSWORD.to_owned()).await.unwrap();
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    block_address(&sue, &deps, "203.0.113.5", BlockPeriod::Hour, reason())
        .await
        .unwrap();
    let there = Visitor::new(RequestInfo {
        address: "203.0.113.5".to_owned(),
        ..request()
    });
    let ann = UserActor::authenticate(&deps, session.token.expose(), there.request().clone())
        .await
        .unwrap()
        .unwrap();
    let void = Error::field("form", FieldCode::LinkExpired);
    assert_eq!(refused(verify(&ann, &deps, "never drawn").await), void);
    let looks = async |user: Option<&UserActor>| refused(look_up(&there, user, &deps, "never-drawn").await);
    assert!(!matches!(looks(Some(&ann)).await, Error::Throttled { .. }));
    assert!(matches!(looks(None).await, Error::Throttled { .. }));
}

#[tokio::test]
async fn an_address_is_blocked_by_who_may_and_does_not_come_from_there() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let ada = staff(&database, &deps, "ada", StaffRole::Auditor).await;
    let block = async |staff: &StaffActor, address: &str| {
        block_address(staff, &deps, address, BlockPeriod::Day, reason())
            .await
            .map_err(Error::from)
    };
    assert_eq!(block(&ada, "203.0.113.5").await, Err(Error::Forbidden));
    let own = Error::field("address", FieldCode::OwnAddress);
    assert_eq!(block(&sue, &request().address).await, Err(own));
    let malformed = Error::field("address", FieldCode::Malformed);
    assert_eq!(block(&sue, "the office").await, Err(malformed));
    clock.advance(crate::actor::FRESH_FACTOR + TimeDelta::seconds(1));
    assert_eq!(block(&sue, "203.0.113.5").await, Err(Error::SecondFactorRequired));
    let lifted = lift_storm(&sue, &deps, "sign_in_by_account").await.unwrap_err();
    assert_eq!(Error::from(lifted), Error::SecondFactorRequired);
    assert_eq!(database.count("blocked_addresses").await, 0);
}

#[tokio::test]
async fn a_storm_is_lifted_as_a_whole_and_no_other() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    for subject in 0..3 {
        for _ in 0..10 {
            throttle::attempt(&deps, Policy::SignInByAccount, &subject.to_string())
                .await
                .unwrap();
        }
    }
    for _ in 0..3 {
        throttle::attempt(&deps, Policy::MailedLinkByAccount, "a")
            .await
            .unwrap();
    }
    throttle::attempt(&deps, Policy::SignInByAccount, "still free")
        .await
        .unwrap();
    let only = report(&sue, &deps, Some("mailed_link_by_account")).await.unwrap();
    assert_eq!((only.lockouts.len(), only.storms.len()), (1, 2));
    assert_eq!(lift_storm(&sue, &deps, "sign_in_by_account").await.unwrap(), 3);
    let left = report(&sue, &deps, None).await.unwrap();
    assert_eq!(left.lockouts.len(), 1);
    assert_eq!(left.lockouts[0].policy, "mailed_link_by_account");
    assert_eq!(
        database.count("rate_limits where policy = 'sign_in_by_account'").await,
        1
    );
    let gone = lift_storm(&sue, &deps, "sign_in_by_account").await.unwrap_err();
    assert_eq!(Error::from(gone), Error::NotFound);
    assert_eq!(
        database.count("audit_log where action = 'security.storm_lifted'").await,
        1
    );
}

#[tokio::test]
async fn a_session_that_is_used_from_two_places_is_told_of_while_it_lives() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    person(&deps, "ann").await;
    let email = EmailAddress::parse("ann@example.test").unwrap();
    let session = sign_in(&visitor(), &deps, email, PASSWORD.to_owned()).await.unwrap();
    clock.advance(TimeDelta::minutes(2));
    let elsewhere = RequestInfo {
        address: "203.0.113.5".to_owned(),
        user_agent: "curl".to_owned(),
        ..request()
    };
    let ann = UserActor::authenticate(&deps, session.token.expose(), elsewhere)
        .await
        .unwrap()
        .unwrap();
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let [one] = &*report(&sue, &deps, None).await.unwrap().far_apart else {
        panic!("one session")
    };
    assert_eq!(
        (one.session, one.first_address.as_str(), one.second_address.as_str()),
        (Some(ann.session()), request().address.as_str(), "203.0.113.5")
    );
    assert_eq!(end_sessions(&sue, &deps, ann.id(), one.session).await.unwrap(), 1);
    assert_eq!(report(&sue, &deps, None).await.unwrap().far_apart[0].session, None);
}

#[tokio::test]
async fn a_block_over_another_takes_its_place_and_keeps_on_record_what_that_was() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let tom = staff(&database, &deps, "tom", StaffRole::Superadmin).await;
    let block = async |staff: &StaffActor, period: BlockPeriod, reason: &str| {
        let reason = BlockReason::parse(reason).unwrap();
        block_address(staff, &deps, "203.0.113.5", period, reason)
            .await
            .unwrap();
    };
    let replaced = |by: &StaffActor, reason: &str| {
        format!(
            "audit_log where action = 'security.address_blocked' and before ->> 'reason' = '{reason}' \
             and before ->> 'by' = '{}'",
            by.id()
        )
    };
    block(&sue, BlockPeriod::Day, "Guesses passwords").await;
    let recorded = "audit_log where action = 'security.address_blocked' and before is null";
    assert_eq!(database.count(recorded).await, 1);
    clock.advance(TimeDelta::minutes(1));
    block(&tom, BlockPeriod::Hour, "Only a lost phone").await;
    assert_eq!(database.count(&replaced(&sue, "Guesses passwords")).await, 1);
    assert_eq!(waits(&deps, "203.0.113.5").await, Some(900));
    let [one] = &*report(&sue, &deps, None).await.unwrap().blocked else {
        panic!("one is blocked")
    };
    assert_eq!(
        (one.reason.as_str(), one.by.as_str(), one.until),
        ("Only a lost phone", "tom", deps.now() + TimeDelta::hours(1))
    );
    clock.advance(TimeDelta::hours(1));
    let ute = staff(&database, &deps, "ute", StaffRole::Support).await;
    block(&ute, BlockPeriod::Hour, "Guesses once more").await;
    assert_eq!(database.count(recorded).await, 2, "of one that was over");
}

#[tokio::test]
async fn whoever_is_in_two_places_again_and_again_is_one_row_and_pushes_nobody_off_the_list() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = person(&deps, "ann").await;
    let bob = person(&deps, "bob").await;
    let signs_in = async |user: UserId, address: &str| {
        let visitor = Visitor::new(RequestInfo {
            address: address.to_owned(),
            ..request()
        });
        let mut transaction = deps.database.begin_for_user(user, Mode::Writing).await.unwrap();
        let entry = visitor.audit(Action::UserSignedIn).actor(user).subject(user.0);
        entry.write(&mut transaction, &deps).await.unwrap();
        transaction.commit().await.unwrap();
    };
    signs_in(ann.id(), "192.0.2.1").await;
    clock.advance(TimeDelta::minutes(3));
    signs_in(ann.id(), "203.0.113.5").await;
    for number in 0..=MOST {
        clock.advance(TimeDelta::minutes(1));
        let address = if number % 2 == 0 { "192.0.2.2" } else { "203.0.113.6" };
        signs_in(bob.id(), address).await;
    }
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let found = report(&sue, &deps, None).await.unwrap().far_apart;
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.user, one.times, one.second_address.as_str(), one.second))
        .collect();
    let now = deps.now();
    assert_eq!(
        told,
        [
            (bob.id(), MOST, "192.0.2.2", now),
            (ann.id(), 1, "203.0.113.5", now - TimeDelta::minutes(MOST + 1)),
        ]
    );
}
