//! Doing without an authenticator app again.

use super::{
    last::{self, Left},
    require_owner,
};
use crate::{
    Deps, Result,
    actor::UserActor,
    audit::Action,
    identity::present,
    mail::{self, FactorNews, Mail},
};

/// What goes with the last factor, and who keeps it, is in [`last::settle`].
pub async fn remove(user: &UserActor, deps: &Deps) -> Result<()> {
    require_owner(user, deps).await?;
    let mut transaction = user.begin(deps).await?;
    present(&mut transaction, user.id()).await?;
    let removed = sqlx::query!(
        "delete from user_second_factors where user_id = $1 and confirmed_at is not null",
        user.id().0
    )
    .execute(&mut *transaction)
    .await?;
    if removed.rows_affected() == 0 {
        return Err(contract::Error::Conflict.into());
    }
    let news = match last::settle(&mut transaction, deps, user).await? {
        Left::Some => FactorNews::AppRemoved,
        Left::None => FactorNews::Removed,
    };
    mail::enqueue(&mut transaction, &Mail::SecondFactor { user: user.id(), news }).await?;
    user.audit(Action::UserSecondFactorRemoved)
        .subject(user.id().0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
