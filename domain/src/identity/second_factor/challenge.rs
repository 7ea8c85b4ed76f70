//! A sign-in whose first half is done: good for minutes and for a few tries, and for no session by itself.

use chrono::TimeDelta;
use contract::{FieldCode, ids::UserId};

use crate::{
    Deps, Error, Result,
    database::Transaction,
    identity::session::Method,
    random::{self, Secret},
};

/// How long the second half may take.
pub(crate) const LIFETIME: TimeDelta = TimeDelta::minutes(5);
/// How many codes are compared.
const TRIES: i32 = 5;

/// Whose it is, and how they have come this far.
#[derive(Debug)]
pub(super) struct Challenge {
    pub user: UserId,
    pub method: Method,
}

pub(crate) async fn issue(transaction: &mut Transaction, deps: &Deps, user: UserId, method: Method) -> Result<Secret> {
    let token = deps.secret();
    let now = deps.now();
    sqlx::query!(
        "insert into user_factor_challenges (token_hash, user_id, method, created_at, expires_at) \
         values ($1, $2, $3, $4, $5)",
        &token.hash()[..],
        user.0,
        method.key(),
        now,
        now + LIFETIME,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(token)
}

/// One that can still be answered. Too old, answered, tried too often, ended, or of an account that may not come in: none.
pub(super) async fn find(deps: &Deps, token: &str) -> Result<Option<Challenge>> {
    let row = sqlx::query!(
        "select c.user_id, c.method from user_factor_challenges c join users u on u.id = c.user_id \
         where c.token_hash = $1 and c.expires_at > $2 and c.tries < $3 and u.status = 'active' and u.deleted_at is null",
        &random::hash(token)[..],
        deps.now(),
        TRIES,
    )
    .fetch_optional(deps.database.global())
    .await?;
    row.map(|row| {
        Ok(Challenge {
            user: row.user_id.into(),
            method: Method::from_key(&row.method).ok_or_else(|| Error::fault("unknown way in"))?,
        })
    })
    .transpose()
}

/// Takes one try, for good: whatever comes of it, it is counted.
pub(super) async fn take_try(deps: &Deps, token: &str) -> Result<()> {
    let counted = sqlx::query!(
        "update user_factor_challenges set tries = tries + 1 where token_hash = $1 and expires_at > $2 and tries < $3",
        &random::hash(token)[..],
        deps.now(),
        TRIES,
    )
    .execute(deps.database.global())
    .await?;
    if counted.rows_affected() == 0 {
        Err(over())
    } else {
        Ok(())
    }
}

/// Ends it, once. Whoever ends all of somebody's sessions has waited for it, or ended it before.
pub(super) async fn close(transaction: &mut Transaction, token: &str) -> Result<()> {
    let closed = sqlx::query!(
        "delete from user_factor_challenges where token_hash = $1",
        &random::hash(token)[..]
    )
    .execute(&mut **transaction)
    .await?;
    if closed.rows_affected() == 0 {
        Err(over())
    } else {
        Ok(())
    }
}

/// With the sessions: a sign-in that is half done would otherwise outlive a new password.
pub(crate) async fn end_all(transaction: &mut Transaction, user: UserId) -> Result<()> {
    sqlx::query!("delete from user_factor_challenges where user_id = $1", user.0)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) fn over() -> Error {
    contract::Error::field("form", FieldCode::LinkExpired).into()
}
