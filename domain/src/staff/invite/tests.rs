use contract::Error;

use super::*;
use crate::{
    mail::compose,
    staff::{invitation, invitations::invitations, resend::resend, take_back::take_back},
    testing::{TestDatabase, clock_and_deps, deps, staff},
};

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

#[tokio::test]
async fn a_superadmin_invites_people_of_the_house_once_each() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    let first = invite(&sue, &deps, &address("bob@example.test"), StaffRole::Support)
        .await
        .unwrap();
    let again = invite(&sue, &deps, &address("Bob@example.test"), StaffRole::Auditor)
        .await
        .unwrap();
    assert_eq!(first, again);
    let open = invitations(&sue, &deps).await.unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!((open[0].role, open[0].inviter.as_str()), (StaffRole::Auditor, "sue"));
    let elsewhere = invite(&sue, &deps, &address("bob@elsewhere.test"), StaffRole::Support)
        .await
        .unwrap_err();
    assert_eq!(Error::from(elsewhere), Error::field("email", FieldCode::NotOfTheHouse));
    let taken = invite(&sue, &deps, &address("sue@example.test"), StaffRole::Support)
        .await
        .unwrap_err();
    assert_eq!(Error::from(taken), Error::field("email", FieldCode::Taken));
    assert_eq!(
        database
            .count("audit_log where action = 'staff.invited' and origin = 'staff'")
            .await,
        2
    );
}

#[tokio::test]
async fn nobody_else_invites_and_a_superadmin_only_with_a_fresh_factor() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    for role in [StaffRole::Support, StaffRole::Billing, StaffRole::Auditor] {
        let one = staff(&database, &deps, role.key(), role).await;
        let refused = invite(&one, &deps, &address("bob@example.test"), StaffRole::Support)
            .await
            .unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden, "{role:?}");
    }
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    clock.advance(crate::actor::FRESH_FACTOR + chrono::TimeDelta::seconds(1));
    let refused = invite(&sue, &deps, &address("bob@example.test"), StaffRole::Support)
        .await
        .unwrap_err();
    assert_eq!(Error::from(refused), Error::SecondFactorRequired);
    assert_eq!(database.count("platform_invitations").await, 0);
}

#[tokio::test]
async fn the_mail_carries_a_link_that_the_next_mail_replaces_and_none_once_it_is_over() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    let id = invite(&sue, &deps, &address("bob@example.test"), StaffRole::Support)
        .await
        .unwrap();
    let mail = Mail::StaffInvitation { invitation: id };
    let platform = database.platform();
    let written = async || compose(&platform, &deps, "https://plinth.test", &mail).await.unwrap();
    let first = written().await.unwrap();
    assert_eq!(first.to, "bob@example.test");
    let code = |text: &str| {
        let (_, rest) = text
            .split_once("https://plinth.test/accept-staff-invite?code=")
            .unwrap();
        rest[..43].to_owned()
    };
    let second = written().await.unwrap();
    assert_ne!(code(&first.text), code(&second.text));
    let mut transaction = deps.staff.begin().await.unwrap();
    assert!(
        invitation::find(&mut transaction, &deps, &code(&first.text))
            .await
            .is_err()
    );
    assert!(
        invitation::find(&mut transaction, &deps, &code(&second.text))
            .await
            .unwrap()
            .open
    );
    drop(transaction);
    clock.advance(LIFETIME);
    assert_eq!(written().await, None, "it has expired");
    // The session of who invites is over as well by then.
    let tom = staff(&database, &deps, "tom", StaffRole::Superadmin).await;
    resend(&tom, &deps, id).await.unwrap();
    assert!(written().await.is_some());
    take_back(&tom, &deps, id).await.unwrap();
    assert_eq!(written().await, None, "it was taken back");
    for refused in [resend(&tom, &deps, id).await, take_back(&tom, &deps, id).await] {
        assert_eq!(Error::from(refused.unwrap_err()), Error::Conflict);
    }
}
