//! Signing out of this device.

use crate::{Deps, Result, actor::UserActor, audit::Action};

/// The session is gone at the next request, here and on every node.
pub async fn sign_out(user: &UserActor, deps: &Deps) -> Result<()> {
    let mut transaction = user.begin(deps).await?;
    sqlx::query!("delete from user_sessions where id = $1", user.session().0)
        .execute(&mut *transaction)
        .await?;
    user.audit(Action::UserSignedOut)
        .subject(user.id().0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
