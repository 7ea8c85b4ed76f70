//! Doing without a second factor again.

use contract::FieldCode;

use super::{forget, require_owner};
use crate::{
    Deps, Result,
    actor::UserActor,
    audit::Action,
    mail::{self, FactorNews, Mail},
};

/// The app and the recovery codes. No session counts as having proven anything afterwards. Staff keep theirs: they replace it
/// by another.
pub async fn remove(user: &UserActor, deps: &Deps) -> Result<()> {
    require_owner(user, deps).await?;
    if user.staff().is_some() {
        return Err(contract::Error::field("form", FieldCode::LastFactor).into());
    }
    let mut transaction = user.begin(deps).await?;
    if !super::is_enrolled(&mut transaction, user.id()).await? {
        return Err(contract::Error::Conflict.into());
    }
    forget(&mut transaction, user.id()).await?;
    sqlx::query!(
        "update user_sessions set second_factor_at = null where user_id = $1",
        user.id().0
    )
    .execute(&mut *transaction)
    .await?;
    let mail = Mail::SecondFactor {
        user: user.id(),
        news: FactorNews::Removed,
    };
    mail::enqueue(&mut transaction, &mail).await?;
    user.audit(Action::UserSecondFactorRemoved)
        .subject(user.id().0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
