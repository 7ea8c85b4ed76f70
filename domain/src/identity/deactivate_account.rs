//! Pausing one's account.

use super::{link, session};
use crate::{Deps, Result, actor::UserActor, audit::Action};

/// Every device is signed out and nobody is written to. Nothing else changes: who signs in again is asked whether to take it
/// up, see [`super::reactivate_account`].
pub async fn deactivate(user: &UserActor, deps: &Deps) -> Result<()> {
    let mut transaction = user.begin(deps).await?;
    link::end_ways_in(&mut transaction, user.id()).await?;
    sqlx::query!(
        "update users set status = 'deactivated', updated_at = $2 \
         where id = $1 and status = 'active' and deleted_at is null",
        user.id().0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    // Whoever signs in at this moment is waited for, so that the session that begins ends as well.
    sqlx::query!(
        "select user_id from user_accounts where user_id = $1 for update",
        user.id().0
    )
    .fetch_all(&mut *transaction)
    .await?;
    session::end_all(&mut transaction, user.id()).await?;
    user.audit(Action::UserDeactivated)
        .subject(user.id().0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
