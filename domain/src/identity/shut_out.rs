//! Taking an account out of the hands of whoever is using it.

use contract::ids::UserId;

use super::{link, session};
use crate::{Result, database::Transaction};

/// Every device is signed out, and links by which one comes in are void. Whoever signs in at this moment is waited for, so that
/// the session that begins ends as well.
pub(crate) async fn shut_out(transaction: &mut Transaction, user: UserId) -> Result<()> {
    sqlx::query!(
        "select user_id from user_accounts where user_id = $1 for update",
        user.0
    )
    .fetch_all(&mut **transaction)
    .await?;
    link::end_ways_in(transaction, user).await?;
    session::end_all(transaction, user).await?;
    Ok(())
}

/// The same, and the password stops working: whoever comes in next comes by a link that is mailed.
pub(crate) async fn void_password(transaction: &mut Transaction, user: UserId) -> Result<()> {
    shut_out(transaction, user).await?;
    sqlx::query!(
        "delete from user_accounts where user_id = $1 and provider = 'password'",
        user.0
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
