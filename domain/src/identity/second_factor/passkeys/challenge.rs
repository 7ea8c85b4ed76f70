//! What a browser is asked to sign: for one purpose, by one person where that is known, in one session where there is one, once.

use chrono::TimeDelta;
use contract::ids::{SessionId, UserId};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    Deps, Error, Result,
    random::{self, Secret},
};

/// How long the browser may take: as long as the library tells it to.
const LIFETIME: TimeDelta = TimeDelta::minutes(5);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Of whom, in which session.
    Add(UserId, SessionId),
    /// The second factor: of whom, in which session, or at the end of a sign-in.
    Prove(UserId, Option<SessionId>),
    /// Of whom, the passkey says.
    SignIn,
}

impl Purpose {
    const fn key(self) -> &'static str {
        match self {
            Self::Add(..) => "add",
            Self::Prove(..) => "prove",
            Self::SignIn => "sign_in",
        }
    }

    fn user(self) -> Option<uuid::Uuid> {
        match self {
            Self::Add(user, _) | Self::Prove(user, _) => Some(user.0),
            Self::SignIn => None,
        }
    }

    fn session(self) -> Option<uuid::Uuid> {
        match self {
            Self::Add(_, session) | Self::Prove(_, Some(session)) => Some(session.0),
            Self::Prove(_, None) | Self::SignIn => None,
        }
    }
}

/// What a browser is asked.
#[derive(Debug)]
pub struct Question {
    /// For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`.
    pub options: String,
    /// For a cookie, with which the answer has to come. Stored only as a hash.
    pub token: Secret,
    /// How long the cookie is good for.
    pub max_age: TimeDelta,
}

/// Puts a question, in the place of the one before it of the same person, purpose and session.
pub(super) async fn put(deps: &Deps, purpose: Purpose, options: &Value, state: &impl Serialize) -> Result<Question> {
    let question = Question {
        options: options.to_string(),
        token: deps.secret(),
        max_age: LIFETIME,
    };
    sqlx::query!(
        "delete from user_passkey_challenges \
         where user_id = $1 and purpose = $2 and session_id is not distinct from $3",
        purpose.user(),
        purpose.key(),
        purpose.session(),
    )
    .execute(deps.database.global())
    .await?;
    let now = deps.now();
    sqlx::query!(
        "insert into user_passkey_challenges (token_hash, purpose, user_id, session_id, state, created_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        &question.token.hash()[..],
        purpose.key(),
        purpose.user(),
        purpose.session(),
        serde_json::to_value(state).map_err(Error::fault)?,
        now,
        now + LIFETIME,
    )
    .execute(deps.database.global())
    .await?;
    Ok(question)
}

/// Takes away what was asked under this token, for good: there is no second answer, whatever comes of the first. `None` for what
/// was never asked, or for another purpose, of somebody else, in another session, or too long ago.
pub(super) async fn take<S: DeserializeOwned>(deps: &Deps, token: &str, purpose: Purpose) -> Result<Option<S>> {
    let state = sqlx::query_scalar!(
        "delete from user_passkey_challenges where token_hash = $1 and purpose = $2 and user_id is not distinct from $3 \
         and session_id is not distinct from $4 and expires_at > $5 returning state",
        &random::hash(token)[..],
        purpose.key(),
        purpose.user(),
        purpose.session(),
        deps.now(),
    )
    .fetch_optional(deps.database.global())
    .await?;
    state.map(serde_json::from_value).transpose().map_err(Error::fault)
}
