use contract::password::Password;

use super::*;
use crate::{
    actor::{StaffActor, UserActor},
    identity::{Admission, reset_password, second_factor::testing::enrol, sign_in::sign_in, sign_up::sign_up},
    staff::terminal::{self, Revoked},
    testing::{PASSWORD, TestDatabase, deps, new_person, organization, person, request, staff, visitor},
};

fn who(email: &str) -> (EmailAddress, PersonName) {
    (EmailAddress::parse(email).unwrap(), PersonName::parse("Sue").unwrap())
}

#[tokio::test]
async fn the_first_one_comes_in_by_a_link_and_there_is_no_second_first() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let platform = database.platform();
    let (email, name) = who("sue@example.test");
    let Bootstrapped::Done { path } = bootstrap(&platform, &deps, &email, &name).await.unwrap() else {
        panic!("refused");
    };
    let token = path.strip_prefix("/reset-password?token=").unwrap();
    let password = Password::parse(PASSWORD).unwrap();
    let session = reset_password::reset(&visitor(), &deps, token, password).await.unwrap();
    let sue = UserActor::authenticate(&deps, session.token.expose(), request())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(sue.staff(), Some(StaffRole::Superadmin));
    assert!(StaffActor::enter(&sue).is_err(), "a second factor is still to come");
    for email in ["tom@example.test", "sue@example.test"] {
        let (email, name) = who(email);
        let again = bootstrap(&platform, &deps, &email, &name).await.unwrap();
        assert!(matches!(again, Bootstrapped::Staffed), "{again:?}");
    }
    assert_eq!(terminal::list(&platform).await.unwrap().len(), 1);
    assert_eq!(terminal::revoke(&platform, &deps, &email).await.unwrap(), Revoked::Done);
    assert_eq!(
        terminal::revoke(&platform, &deps, &email).await.unwrap(),
        Revoked::NotStaff
    );
    assert_eq!(database.count("user_sessions").await, 0);
    let again = bootstrap(&platform, &deps, &email, &name).await.unwrap();
    assert!(matches!(again, Bootstrapped::Done { .. }), "the way back: {again:?}");
}

/// The last superadmin has lost the phone: whoever has the terminal lets them in again.
#[tokio::test]
async fn who_lost_their_second_factor_comes_in_by_the_link_and_sets_another_up() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let platform = database.platform();
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    enrol(&deps, sue.user()).await;
    let (email, name) = who("sue@example.test");
    assert_eq!(terminal::revoke(&platform, &deps, &email).await.unwrap(), Revoked::Done);
    let Bootstrapped::Done { path } = bootstrap(&platform, &deps, &email, &name).await.unwrap() else {
        panic!("refused");
    };
    let token = path.strip_prefix("/reset-password?token=").unwrap();
    let password = Password::parse("a wholly different phrase 7").unwrap();
    let session = reset_password::reset(&visitor(), &deps, token, password).await.unwrap();
    assert_eq!(session.admission, Admission::Session);
    let sue = UserActor::authenticate(&deps, session.token.expose(), request())
        .await
        .unwrap()
        .unwrap();
    let refused = StaffActor::enter(&sue).unwrap_err();
    assert_eq!(contract::Error::from(refused), contract::Error::SecondFactorRequired);
}

#[tokio::test]
async fn two_terminals_make_one() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let begun = ["sue@example.test", "tom@example.test", "una@example.test"].map(|email| {
        let (platform, deps) = (database.platform(), deps.clone());
        tokio::spawn(async move {
            let (email, name) = who(email);
            bootstrap(&platform, &deps, &email, &name).await.unwrap()
        })
    });
    let mut done = 0;
    for one in begun {
        done += i32::from(matches!(one.await.unwrap(), Bootstrapped::Done { .. }));
    }
    assert_eq!(done, 1);
    assert_eq!(database.count("platform_role_assignments").await, 1);
}

/// Whoever signed up with the address before its owner knows a password for it, and may be signed in.
#[tokio::test]
async fn who_took_the_address_before_is_put_out() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let token = sign_up(&visitor(), &deps, new_person("sue")).await.unwrap().token;
    let (email, name) = who("sue@example.test");
    let done = bootstrap(&database.platform(), &deps, &email, &name).await.unwrap();
    assert!(matches!(done, Bootstrapped::Done { .. }), "{done:?}");
    let squatter = UserActor::authenticate(&deps, token.expose(), request()).await.unwrap();
    assert!(squatter.is_none());
    let again = sign_in(&visitor(), &deps, email, PASSWORD.to_owned()).await;
    assert!(again.is_err(), "the password of before");
}

#[tokio::test]
async fn neither_a_customer_nor_a_house_that_is_staffed_gets_one() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    organization(&deps, &ann, "acme").await;
    let (email, name) = who("ann@example.test");
    let refused = bootstrap(&database.platform(), &deps, &email, &name).await.unwrap();
    assert!(matches!(refused, Bootstrapped::HasOrganizations), "{refused:?}");
    staff(&database, &deps, "bea", StaffRole::Auditor).await;
    let (email, name) = who("sue@example.test");
    let refused = bootstrap(&database.platform(), &deps, &email, &name).await.unwrap();
    assert!(matches!(refused, Bootstrapped::Staffed), "whoever it is: {refused:?}");
    assert_eq!(database.count("users where email = 'sue@example.test'").await, 0);
}
