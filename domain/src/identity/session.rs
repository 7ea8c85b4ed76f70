//! Making a session: the row, and the token for the cookie.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::{SessionId, UserId},
    maintenance::Surface,
};

use super::{
    link::{self, Purpose},
    second_factor,
};
use crate::{
    Deps, Result,
    actor::{RequestInfo, SESSION_ABSOLUTE},
    database::Transaction,
    random::Secret,
};

/// What the token of a [`NewSession`] does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Signs in.
    Session,
    /// Takes a paused account up again, and signs nobody in.
    PausedAccount,
    /// Waits for a second factor, and signs nobody in.
    SecondFactor,
}

/// What signs a browser in.
#[derive(Debug)]
pub struct NewSession {
    pub(super) id: SessionId,
    /// For the cookie. Stored only as a hash.
    pub token: Secret,
    /// How long the cookie is good for.
    pub max_age: TimeDelta,
    pub admission: Admission,
}

impl NewSession {
    /// A token that signs nobody in. Looks like any other, so that the answer to a stranger is the same.
    pub(super) fn decoy(deps: &Deps) -> Self {
        Self {
            id: deps.id(),
            token: deps.secret(),
            max_age: SESSION_ABSOLUTE,
            admission: Admission::Session,
        }
    }

    /// Whether somebody is signed in by it, as opposed to having a step to go.
    pub fn signs_in(&self) -> bool {
        self.admission == Admission::Session
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
    /// With whoever has it verified by its device: both halves at once.
    Passkey,
}

impl Method {
    /// Whether it proves the second factor with the first.
    const fn is_both(self) -> bool {
        matches!(self, Self::Passkey)
    }

    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::MagicLink => "magic_link",
            Self::SignUp => "sign_up",
            Self::ResetPassword => "reset_password",
            Self::ResumeAccount => "resume_account",
            Self::Passkey => "passkey",
        }
    }

    pub(super) fn from_key(key: &str) -> Option<Self> {
        [
            Self::Password,
            Self::MagicLink,
            Self::SignUp,
            Self::ResetPassword,
            Self::ResumeAccount,
            Self::Passkey,
        ]
        .into_iter()
        .find(|method| method.key() == key)
    }
}

/// For who has proven that the account is theirs: a session, what takes it up again when it is paused, or what
/// asks for the second factor of who has one. Every way in passes here.
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
    require_open(transaction, deps, user).await?;
    if paused {
        return Ok(NewSession {
            token: link::issue(transaction, deps, user, Purpose::ResumeAccount).await?,
            admission: Admission::PausedAccount,
            ..NewSession::decoy(deps)
        });
    }
    if !method.is_both() && second_factor::is_enrolled(transaction, user).await? {
        return Ok(NewSession {
            token: second_factor::issue_challenge(transaction, deps, user, method).await?,
            max_age: second_factor::CHALLENGE_LIFETIME,
            admission: Admission::SecondFactor,
            ..NewSession::decoy(deps)
        });
    }
    let second_factor_at = method.is_both().then(|| deps.now());
    start(transaction, deps, user, request, method, second_factor_at).await
}

/// `second_factor_at` is when the second factor was proven, if it was.
pub(super) async fn start(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    request: &RequestInfo,
    method: Method,
    second_factor_at: Option<DateTime<Utc>>,
) -> Result<NewSession> {
    require_open(transaction, deps, user).await?;
    let session = NewSession {
        id: deps.id(),
        token: deps.secret(),
        max_age: SESSION_ABSOLUTE,
        admission: Admission::Session,
    };
    let now = deps.now();
    sqlx::query!(
        "insert into user_sessions (id, token_hash, user_id, method, address, user_agent, created_at, authenticated_at, \
         last_seen_at, expires_at, second_factor_at) values ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8, $9)",
        session.id.0,
        &session.token.hash()[..],
        user.0,
        method.key(),
        request.address,
        request.user_agent,
        now,
        now + SESSION_ABSOLUTE,
        second_factor_at,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(session)
}

/// While maintenance lets nobody change anything, nobody begins a session but staff.
async fn require_open(transaction: &mut Transaction, deps: &Deps, user: UserId) -> Result<()> {
    let Some(held) = deps.held(Surface::Account).await else {
        return Ok(());
    };
    let staff = sqlx::query_scalar!(
        r#"select exists (
            select from platform_role_assignments where user_id = $1 and revoked_at is null
        ) as "staff!""#,
        user.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    if staff { Ok(()) } else { Err(held.refusal().into()) }
}

/// Those that are half begun first: whoever is completing one is waited for there, as is whoever comes in by a passkey.
pub(super) async fn end_all(transaction: &mut Transaction, user: UserId) -> Result<u64> {
    second_factor::end_challenges(transaction, user).await?;
    second_factor::passkeys::wait(transaction, user).await?;
    let ended = sqlx::query!("delete from user_sessions where user_id = $1", user.0)
        .execute(&mut **transaction)
        .await?;
    Ok(ended.rows_affected())
}
