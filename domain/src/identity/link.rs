//! Links that are mailed: a secret for one person, one purpose, one use, for a while.

use chrono::TimeDelta;
use contract::{FieldCode, ids::UserId};

use super::reuse;
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::Entry,
    database::Transaction,
    metrics,
    random::{self, Secret},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    VerifyEmail,
    ResetPassword,
    MagicLink,
    /// Not mailed: given to who has proven to be the owner of a paused account.
    ResumeAccount,
}

impl Purpose {
    const fn key(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
            Self::MagicLink => "magic_link",
            Self::ResumeAccount => "resume_account",
        }
    }

    /// The standing of an account for which it is good. Who has paused theirs may still prove that it is theirs.
    fn accounts(self) -> Vec<String> {
        let accounts: &[&str] = match self {
            Self::VerifyEmail => &["active"],
            Self::ResetPassword | Self::MagicLink => &["active", "deactivated"],
            Self::ResumeAccount => &["deactivated"],
        };
        accounts.iter().map(|status| (*status).to_owned()).collect()
    }

    const fn lifetime(self) -> TimeDelta {
        match self {
            Self::VerifyEmail => TimeDelta::hours(24),
            Self::ResetPassword | Self::MagicLink => TimeDelta::minutes(30),
            Self::ResumeAccount => TimeDelta::minutes(15),
        }
    }
}

/// A new link to the person's address. The one before it is void.
pub(crate) async fn issue(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    purpose: Purpose,
) -> Result<Secret> {
    let secret = deps.secret();
    let now = deps.now();
    sqlx::query!(
        "delete from user_tokens where user_id = $1 and purpose = $2 and used_at is null",
        user.0,
        purpose.key(),
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into user_tokens (token_hash, user_id, purpose, email, created_at, expires_at) \
         select $1, id, $3, email, $4, $5 from users where id = $2",
        &secret.hash()[..],
        user.0,
        purpose.key(),
        now,
        now + purpose.lifetime(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(secret)
}

/// Uses a link up, and says whose it was. Used, replaced, too old, for something else or for an address that is no longer
/// the person's: all the same `None`, after which [`refuse`] answers. Whoever uses it up counts it by [`count`], once that holds.
pub(super) async fn redeem(
    transaction: &mut Transaction,
    deps: &Deps,
    request: &RequestInfo,
    token: &str,
    purpose: Purpose,
) -> Result<Option<UserId>> {
    let user = sqlx::query_scalar!(
        "update user_tokens t set used_at = $3, used_from = $5 from users u \
         where t.token_hash = $1 and t.purpose = $2 and t.used_at is null and t.expires_at > $3 \
         and u.id = t.user_id and u.email = t.email and u.status = any($4) and u.deleted_at is null \
         returning t.user_id",
        &random::hash(token)[..],
        purpose.key(),
        deps.now(),
        &purpose.accounts(),
        request.address,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(user.map(UserId))
}

/// Counts how it ended: after the commit, or after what was undone.
pub(super) fn count(purpose: Purpose, succeeded: bool) {
    metrics::link_used(purpose.key(), succeeded);
}

/// The answer to a link that is not good, in the transaction that found it so. That it was used already stands in its owner's
/// record, and in no answer. `entry` is of `user.token_reused`, by whoever brought it; of somebody who is not signed in the owner
/// is taken to be the one.
pub(super) async fn refuse<T>(
    mut transaction: Transaction,
    deps: &Deps,
    entry: Entry<'_>,
    token: &str,
    purpose: Purpose,
) -> Result<T> {
    count(purpose, false);
    let used = sqlx::query!(
        r#"select t.user_id, t.used_at as "used_at!", t.used_from from user_tokens t
        join users u on u.id = t.user_id and u.deleted_at is null
        where t.token_hash = $1 and t.purpose = $2 and t.used_at is not null"#,
        &random::hash(token)[..],
        purpose.key(),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if let Some(used) = used
        && !reuse::is_second_press(deps.now(), entry.request, used.used_at, used.used_from.as_deref())
    {
        let owner = UserId(used.user_id);
        let actor = entry.actor.unwrap_or(owner);
        crate::database::become_user(&mut transaction, actor).await?;
        reuse::record(&mut transaction, deps, entry.actor(actor), owner, purpose.key()).await?;
        transaction.commit().await?;
    } else {
        transaction.rollback().await?;
    }
    Err(void())
}

/// Whose a link is.
#[derive(Debug)]
pub(super) struct Owner {
    pub name: String,
    pub email: String,
}

/// The owner of a link that is good, without using it up. `None` as of [`redeem`].
pub(super) async fn owner(deps: &Deps, token: &str, purpose: Purpose) -> Result<Option<Owner>> {
    let owner = sqlx::query_as!(
        Owner,
        r#"select u.name, u.email::text as "email!" from user_tokens t join users u on u.id = t.user_id
        where t.token_hash = $1 and t.purpose = $2 and t.used_at is null and t.expires_at > $3
        and u.email = t.email and u.status = any($4) and u.deleted_at is null"#,
        &random::hash(token)[..],
        purpose.key(),
        deps.now(),
        &purpose.accounts(),
    )
    .fetch_optional(deps.database.global())
    .await?;
    Ok(owner)
}

/// Ends the links by which one comes in: a new password takes the account back from whoever had one of them sent. Before the
/// sessions are ended, since whoever is using a link up is waited for here.
pub(super) async fn end_ways_in(transaction: &mut Transaction, user: UserId) -> Result<()> {
    sqlx::query!(
        "delete from user_tokens where user_id = $1 and purpose = any($2) and used_at is null",
        user.0,
        &[Purpose::ResetPassword, Purpose::MagicLink, Purpose::ResumeAccount].map(|purpose| purpose.key().to_owned()),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

fn void() -> crate::Error {
    contract::Error::field("form", FieldCode::LinkExpired).into()
}

/// Who got the link has the address.
pub(crate) async fn prove_address(transaction: &mut Transaction, deps: &Deps, user: UserId) -> Result<bool> {
    let proven = sqlx::query!(
        "update users set email_verified_at = $2, updated_at = $2 where id = $1 and email_verified_at is null",
        user.0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(proven.rows_affected() == 1)
}

/// A link as it is mailed.
#[cfg(test)]
pub(super) async fn mailed(deps: &Deps, user: UserId, purpose: Purpose) -> String {
    let mut transaction = deps
        .database
        .begin_for_user(user, crate::database::Mode::Writing)
        .await
        .unwrap();
    let secret = issue(&mut transaction, deps, user, purpose).await.unwrap();
    transaction.commit().await.unwrap();
    secret.expose().to_owned()
}
