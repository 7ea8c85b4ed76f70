//! Somebody with a passkey.

use contract::{ids::PasskeyId, text::PasskeyName};

use super::{super::testing::half, Question, add, prove, sign_in};
use crate::{
    Deps,
    actor::UserActor,
    identity::NewSession,
    testing::{Authenticator, TestDatabase, person, proven, request, visitor},
};

pub(super) type Outcome<T> = Result<T, contract::Error>;

pub(super) fn named(text: &str) -> PasskeyName {
    PasskeyName::parse(text).unwrap()
}

/// Somebody with a proven address who has just signed in, and the token of their session.
pub(super) async fn signed_in(database: &TestDatabase, deps: &Deps, name: &str) -> (UserActor, String) {
    let user = person(deps, name).await;
    proven(database, &user).await;
    let token = half(deps, name).await.token.expose().to_owned();
    (look_up(deps, &token).await, token)
}

/// Whose session it is, at this moment.
pub(super) async fn look_up(deps: &Deps, token: &str) -> UserActor {
    UserActor::authenticate(deps, token, request()).await.unwrap().unwrap()
}

/// Adds the passkey of a device.
pub(super) async fn give(deps: &Deps, user: &UserActor, device: &mut Authenticator) -> Outcome<PasskeyId> {
    let question = add::ask(user, deps).await?;
    let brought = device.create(&question.options);
    Ok(add::add(user, deps, question.token.expose(), named("Laptop"), &brought).await?)
}

/// Answers what is asked at the second half of a sign-in.
pub(super) async fn complete(deps: &Deps, waiting: &NewSession, device: &mut Authenticator) -> Outcome<NewSession> {
    let question = prove::ask_half(deps, waiting.token.expose()).await?;
    let brought = device.get(&question.options);
    let token = question.token.expose();
    Ok(prove::complete(&visitor(), deps, waiting.token.expose(), token, &brought).await?)
}

/// Comes in by nothing else.
pub(super) async fn enter(deps: &Deps, device: &mut Authenticator) -> Outcome<NewSession> {
    let question = sign_in::ask(&visitor(), deps).await?;
    let brought = device.get(&question.options);
    answer(deps, &question, &brought).await
}

pub(super) async fn answer(deps: &Deps, question: &Question, brought: &str) -> Outcome<NewSession> {
    Ok(sign_in::sign_in(&visitor(), deps, question.token.expose(), brought).await?)
}
