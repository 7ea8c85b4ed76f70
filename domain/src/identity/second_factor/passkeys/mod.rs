//! Passkeys: keys in the keeping of somebody's devices. One proves the second factor as an authenticator app does, and it signs
//! in by itself, since its device has made sure who holds it.
//!
//! Each way is a question and an answer. The question is drawn for one browser, one purpose and one person, and taken away by
//! the first answer, whatever comes of it. What the browser brings is judged by webauthn-rs.

pub mod add;
mod answer;
mod challenge;
pub mod list;
pub mod prove;
mod relying_party;
pub mod remove;
pub mod rename;
pub mod sign_in;

use contract::ids::UserId;

pub use challenge::Question;
pub use relying_party::{RelyingParty, Unavailable};

use crate::{Result, database::Transaction};

/// Whoever is coming in by one at this moment is waited for, for who is about to end all sessions.
pub(in crate::identity) async fn wait(transaction: &mut Transaction, user: UserId) -> Result<()> {
    sqlx::query!("select id from user_passkeys where user_id = $1 for update", user.0)
        .fetch_all(&mut **transaction)
        .await?;
    Ok(())
}

/// That the browser has brought something that proves nothing. One answer for all of it.
fn wrong() -> crate::Error {
    contract::Error::field("form", contract::FieldCode::WrongPasskey).into()
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
