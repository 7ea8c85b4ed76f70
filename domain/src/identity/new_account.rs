//! An account for somebody whose address is proven already: it was given to them by who runs the platform.

use contract::{ids::UserId, password::Password, text::PersonName};

use super::{
    NewSession, password,
    session::{self, Method},
};
use crate::{Deps, Result, actor::RequestInfo, database::Transaction};

/// The hash of a password that is not among the first to be guessed by who knows these words.
pub(crate) async fn hash_strong(typed: &Password, inputs: &[&str]) -> Result<String> {
    password::require_strong(typed, inputs)?;
    password::hash(typed).await
}

/// Without a password one is chosen later, by a link.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    deps: &Deps,
    email: &str,
    name: &PersonName,
    password_hash: Option<&str>,
) -> Result<UserId> {
    let (user, now): (UserId, _) = (deps.id(), deps.now());
    sqlx::query!(
        "insert into users (id, email, name, created_at, updated_at, email_verified_at) \
         values ($1, $2::text::citext, $3, $4, $4, $4)",
        user.0,
        email,
        name.as_str(),
        now,
    )
    .execute(&mut **transaction)
    .await?;
    if let Some(hash) = password_hash {
        sqlx::query!(
            "insert into user_accounts (user_id, provider, subject, password_hash, created_at, updated_at) \
             values ($1, 'password', $2, $3, $4, $4)",
            user.0,
            user.to_string(),
            hash,
            now,
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(user)
}

pub(crate) async fn start_session(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    request: &RequestInfo,
) -> Result<NewSession> {
    session::start(transaction, deps, user, request, Method::SignUp, None).await
}
