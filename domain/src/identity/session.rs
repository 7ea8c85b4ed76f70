//! Making a session: the row, and the token for the cookie.

use chrono::TimeDelta;
use contract::ids::{SessionId, UserId};

use super::link::{self, Purpose};
use crate::{
    Deps, Result,
    actor::{RequestInfo, SESSION_ABSOLUTE},
    database::Transaction,
    random::Secret,
};

/// What signs a browser in.
#[derive(Debug)]
pub struct NewSession {
    pub(super) id: SessionId,
    /// For the cookie. Stored only as a hash.
    pub token: Secret,
    /// How long the cookie is good for.
    pub max_age: TimeDelta,
    /// Whether the account is paused. The token signs nobody in then: it takes the account up again.
    pub paused: bool,
}

impl NewSession {
    /// A token that signs nobody in. Looks like any other, so that the answer to a stranger is the same.
    pub(super) fn decoy(deps: &Deps) -> Self {
        Self {
            id: deps.id(),
            token: deps.secret(),
            max_age: SESSION_ABSOLUTE,
            paused: false,
        }
    }
}

/// How somebody has proven who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Password,
    MagicLink,
    SignUp,
    ResetPassword,
    ResumeAccount,
}

impl Method {
    const fn key(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::MagicLink => "magic_link",
            Self::SignUp => "sign_up",
            Self::ResetPassword => "reset_password",
            Self::ResumeAccount => "resume_account",
        }
    }
}

/// For who has proven that the account is theirs: a session, or what takes it up again when it is paused.
pub(super) async fn admit(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    request: &RequestInfo,
    method: Method,
) -> Result<NewSession> {
    let paused = sqlx::query_scalar!(
        r#"select status = 'deactivated' as "paused!" from users where id = $1 and deleted_at is null"#,
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::Unauthenticated)?;
    if paused {
        return Ok(NewSession {
            token: link::issue(transaction, deps, user, Purpose::ResumeAccount).await?,
            paused: true,
            ..NewSession::decoy(deps)
        });
    }
    start(transaction, deps, user, request, method).await
}

pub(super) async fn start(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    request: &RequestInfo,
    method: Method,
) -> Result<NewSession> {
    let session = NewSession {
        id: deps.id(),
        token: deps.secret(),
        max_age: SESSION_ABSOLUTE,
        paused: false,
    };
    let now = deps.now();
    sqlx::query!(
        "insert into user_sessions (id, token_hash, user_id, method, address, user_agent, created_at, authenticated_at, \
         last_seen_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8)",
        session.id.0,
        &session.token.hash()[..],
        user.0,
        method.key(),
        request.address,
        request.user_agent,
        now,
        now + SESSION_ABSOLUTE,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(session)
}

pub(super) async fn end_all(transaction: &mut Transaction, user: UserId) -> Result<u64> {
    let ended = sqlx::query!("delete from user_sessions where user_id = $1", user.0)
        .execute(&mut **transaction)
        .await?;
    Ok(ended.rows_affected())
}
