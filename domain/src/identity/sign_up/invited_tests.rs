use std::sync::Arc;

use contract::FieldCode;

use super::*;
use crate::{
    RegistrationGates,
    actor::{UserActor, Verification},
    people::{
        copy_link::copy_link,
        testing::{invite_one, mailed_code, mails},
    },
    testing::{TestDatabase, clock_and_deps, new_person, organization, person, request, visitor},
};

/// The same product, closed to everybody who was not invited.
fn closed(deps: &Deps) -> Deps {
    Deps {
        registration: Arc::new(RegistrationGates {
            self_serve: false,
            ..RegistrationGates::default()
        }),
        ..deps.clone()
    }
}

async fn refused(deps: &Deps, name: &str, code: &str) -> contract::Error {
    sign_up_invited(&visitor(), deps, new_person(name), code)
        .await
        .unwrap_err()
        .into()
}

#[tokio::test]
async fn a_mailed_code_opens_a_closed_registration_for_its_address_and_proves_it() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let closed = closed(&deps);
    let invitation = invite_one(&acme, &deps, "bob@example.test").await;
    let code = mailed_code(&database, &deps, &acme, invitation).await;
    let (welcomed, to_verify) = (mails(&database, "Welcome").await, mails(&database, "VerifyEmail").await);
    let other = contract::Error::field("email", FieldCode::Mismatch);
    assert_eq!(refused(&closed, "sue", &code).await, other);
    assert_eq!(
        refused(&closed, "bob", "guessed").await,
        contract::Error::RegistrationClosed
    );
    let session = sign_up_invited(&visitor(), &closed, new_person("bob"), &code)
        .await
        .unwrap();
    let bob = UserActor::authenticate(&deps, session.token.expose(), request())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(bob.person().verification, Verification::Verified);
    assert_eq!(
        mails(&database, "VerifyEmail").await,
        to_verify,
        "there is nothing to prove"
    );
    assert_eq!(
        mails(&database, "Welcome").await,
        welcomed,
        "there is no organization to begin"
    );
    assert_eq!(database.count("tenants").await, 1);

    let late = invite_one(&acme, &deps, "late@example.test").await;
    let code = mailed_code(&database, &deps, &acme, late).await;
    clock.advance(chrono::TimeDelta::days(7));
    assert_eq!(
        refused(&closed, "late", &code).await,
        contract::Error::RegistrationClosed
    );
}

#[tokio::test]
async fn a_copied_code_opens_it_for_the_invited_address_alone_and_proves_nothing() {
    let database = TestDatabase::new().await;
    let (_, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let closed = closed(&deps);
    let invitation = invite_one(&acme, &deps, "bob@example.test").await;
    let code = copy_link(&acme, &deps, invitation).await.unwrap();
    assert_eq!(
        refused(&closed, "sue", code.expose()).await,
        contract::Error::RegistrationClosed
    );
    let to_verify = mails(&database, "VerifyEmail").await;
    let session = sign_up_invited(&visitor(), &closed, new_person("bob"), code.expose())
        .await
        .unwrap();
    let bob = UserActor::authenticate(&deps, session.token.expose(), request())
        .await
        .unwrap()
        .unwrap();
    assert_ne!(bob.person().verification, Verification::Verified);
    assert_eq!(mails(&database, "VerifyEmail").await, to_verify + 1);
}

#[tokio::test]
async fn an_address_that_has_an_account_is_signed_in_by_its_password_alone() {
    let database = TestDatabase::new().await;
    let (_, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    person(&deps, "bob").await;
    let invitation = invite_one(&acme, &deps, "bob@example.test").await;
    let code = mailed_code(&database, &deps, &acme, invitation).await;
    let wrong = SignUp {
        password: Password::parse("another quite long pass phrase").unwrap(),
        ..new_person("bob")
    };
    let sessions = database.count("user_sessions").await;
    sign_up_invited(&visitor(), &deps, wrong, &code).await.unwrap();
    assert_eq!(
        database.count("user_sessions").await,
        sessions,
        "the session is nobody's"
    );
    sign_up_invited(&visitor(), &deps, new_person("bob"), &code)
        .await
        .unwrap();
    assert_eq!(database.count("user_sessions").await, sessions + 1);
    assert_eq!(database.count("users").await, 2);
}
