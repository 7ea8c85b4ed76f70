//! Somebody with an authenticator app, and what it shows.

use contract::email::EmailAddress;

use super::{enrol, recovery_codes, totp};
use crate::{
    Deps,
    actor::UserActor,
    identity::{NewSession, sign_in::sign_in},
    testing::{PASSWORD, TestDatabase, person, proven, request, visitor},
};

/// What somebody has at hand.
#[derive(Debug, Clone)]
pub(crate) struct Kit {
    secret: Vec<u8>,
    pub codes: Vec<String>,
}

impl Kit {
    /// What the app shows at this moment.
    pub fn shown(&self, deps: &Deps) -> String {
        totp::code(&self.secret, deps.now())
    }
}

pub(crate) fn address(name: &str) -> EmailAddress {
    EmailAddress::parse(&format!("{name}@example.test")).unwrap()
}

/// The first half of a sign-in.
pub(crate) async fn half(deps: &Deps, name: &str) -> NewSession {
    sign_in(&visitor(), deps, address(name), PASSWORD.to_owned())
        .await
        .unwrap()
}

pub(crate) async fn come(deps: &Deps, token: &str) -> Option<UserActor> {
    UserActor::authenticate(deps, token, request()).await.unwrap()
}

/// Somebody who has signed in with a proven address.
pub(crate) async fn verified(database: &TestDatabase, deps: &Deps, name: &str) -> UserActor {
    let user = person(deps, name).await;
    proven(database, &user).await;
    let session = half(deps, name).await;
    come(deps, session.token.expose()).await.unwrap()
}

/// Sets an app up for them.
pub(crate) async fn enrol(deps: &Deps, user: &UserActor) -> Kit {
    enrol::begin(user, deps).await.unwrap();
    let setup = enrol::pending(user, deps).await.unwrap().unwrap();
    let secret = totp_rs::Secret::try_from_base32(&setup.secret).unwrap();
    let mut kit = Kit {
        secret: secret.as_bytes().to_vec(),
        codes: Vec::new(),
    };
    enrol::confirm(user, deps, &kit.shown(deps)).await.unwrap();
    kit.codes = recovery_codes_of(deps, user).await;
    kit
}

async fn recovery_codes_of(deps: &Deps, user: &UserActor) -> Vec<String> {
    let sealed: Vec<Vec<u8>> = sqlx::query_scalar(
        "select sealed from user_recovery_codes where user_id = $1 and sealed is not null order by id",
    )
    .bind(user.id().0)
    .fetch_all(deps.database.global())
    .await
    .unwrap();
    let open = |sealed: &Vec<u8>| deps.vault.open(user.id().0.as_bytes(), sealed).unwrap();
    sealed
        .iter()
        .map(|sealed| recovery_codes::readable(&String::from_utf8(open(sealed)).unwrap()))
        .collect()
}
