//! Second factors: an app that shows codes, passkeys, and codes on paper for who has lost the others.
//!
//! Whoever has one signs in in two halves. Each way in asks [`is_enrolled`] and gives, instead of a session, a challenge: a
//! token for a cookie, good for minutes and for a few tries.

mod challenge;
mod check;
pub mod enrol;
pub mod last;
pub mod overview;
pub mod passkeys;
pub mod prove;
pub mod recovery_codes;
pub mod remove;
pub mod sign_in;
mod totp;

use contract::ids::UserId;

pub(super) use challenge::{LIFETIME as CHALLENGE_LIFETIME, end_all as end_challenges, issue as issue_challenge};
pub(crate) use recovery_codes::SHOWN;

use crate::{
    Deps, Result,
    actor::{RequestInfo, UserActor},
    database::Transaction,
    throttle::{self, Policy},
};

/// Whether somebody has a factor that guards their account.
pub(super) async fn is_enrolled(transaction: &mut Transaction, user: UserId) -> Result<bool> {
    let enrolled = sqlx::query_scalar!(
        r#"select exists (select from user_second_factors where user_id = $1 and confirmed_at is not null)
            or exists (select from user_passkeys where user_id = $1) as "enrolled!""#,
        user.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(enrolled)
}

/// Everything of it, for an account that goes, and for who has lost all of it. Before sessions are ended: whoever proves or confirms
/// one at this moment is waited for here, and so is their session.
pub(crate) async fn forget(transaction: &mut Transaction, user: UserId) -> Result<()> {
    sqlx::query!("delete from user_second_factors where user_id = $1", user.0)
        .execute(&mut **transaction)
        .await?;
    sqlx::query!("delete from user_passkeys where user_id = $1", user.0)
        .execute(&mut **transaction)
        .await?;
    sqlx::query!("delete from user_passkey_challenges where user_id = $1", user.0)
        .execute(&mut **transaction)
        .await?;
    sqlx::query!("delete from user_recovery_codes where user_id = $1", user.0)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Who changes what guards an account has signed in a moment ago, and has proven what guards it already.
async fn require_owner(user: &UserActor, deps: &Deps) -> Result<()> {
    user.require_recent_sign_in(deps)?;
    if user.proved_recently(deps) {
        return Ok(());
    }
    let mut transaction = user.begin(deps).await?;
    if is_enrolled(&mut transaction, user.id()).await? {
        Err(contract::Error::SecondFactorRequired.into())
    } else {
        Ok(())
    }
}

/// Counts a code before it is compared, in a bucket of its own: who has the password is no further than anybody.
async fn count(deps: &Deps, user: UserId) -> Result<()> {
    throttle::attempt(deps, Policy::SecondFactorByPerson, &user.to_string()).await
}

/// The same at the end of a sign-in, where who comes from an address that is blocked is no further either. Who is in is not
/// asked: they would lose what a fresh factor opens, the way to lift the block among it.
async fn count_coming_in(deps: &Deps, user: UserId, request: &RequestInfo) -> Result<()> {
    let client = throttle::client(&request.address);
    throttle::refuse_blocked(deps, Policy::SecondFactorByPerson, &client).await?;
    count(deps, user).await
}

/// Forgets what was counted, after a code that was right.
async fn forgive(deps: &Deps, user: UserId) -> Result<()> {
    throttle::clear(deps, Policy::SecondFactorByPerson, &user.to_string()).await
}

/// Notes that a second factor was proven in this session at this moment.
async fn note_proof(transaction: &mut Transaction, deps: &Deps, user: &UserActor) -> Result<()> {
    let noted = sqlx::query!(
        "update user_sessions set second_factor_at = $2 where id = $1",
        user.session().0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    // Ended from elsewhere in the meantime.
    if noted.rows_affected() == 0 {
        return Err(contract::Error::Unauthenticated.into());
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
