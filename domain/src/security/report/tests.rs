use contract::{Error, email::EmailAddress, staff::StaffRole};

use super::*;
use crate::{
    actor::{RequestInfo, Visitor},
    customers::people::end_sessions::end_sessions,
    identity::sign_in::sign_in,
    security::lift_lockout::lift_lockout,
    testing::{PASSWORD, TestDatabase, clock_and_deps, deps, person, request, staff},
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
    let seen = report(&sue, &deps).await.unwrap();
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
    let seen = report(&sue, &deps).await.unwrap();
    let [one] = &*seen.far_apart else {
        panic!("{:?}", seen.far_apart)
    };
    assert_eq!(
        (one.user, one.first_address.as_str(), one.second_address.as_str()),
        (ann.id(), "192.0.2.2", "203.0.113.5")
    );
    assert_eq!(end_sessions(&sue, &deps, ann.id(), None).await.unwrap(), 5);
    assert_eq!(report(&sue, &deps).await.unwrap().far_apart[0].sessions, 0);
}

#[tokio::test]
async fn who_only_reads_does_not_respond() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ada = staff(&database, &deps, "ada", StaffRole::Auditor).await;
    report(&ada, &deps).await.unwrap();
    let refused = lift_lockout(&ada, &deps, "sign_in_by_account", &[0; 32]).await;
    assert_eq!(Error::from(refused.unwrap_err()), Error::Forbidden);
    let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
    assert_eq!(Error::from(report(&bea, &deps).await.unwrap_err()), Error::Forbidden);
}
