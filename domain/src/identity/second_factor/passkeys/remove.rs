//! Doing without a passkey.

use contract::ids::PasskeyId;
use serde_json::json;

use super::super::{
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

/// It signs nobody in from here on. The device goes on keeping its half, which is worth nothing then. What goes with the last
/// factor, and who keeps it, is in [`last::settle`].
pub async fn remove(user: &UserActor, deps: &Deps, passkey: PasskeyId) -> Result<()> {
    require_owner(user, deps).await?;
    let mut transaction = user.begin(deps).await?;
    // Of two that are removed at once, the second finds what the first has left.
    present(&mut transaction, user.id()).await?;
    let removed = sqlx::query!(
        "delete from user_passkeys where id = $1 and user_id = $2",
        passkey.0,
        user.id().0,
    )
    .execute(&mut *transaction)
    .await?;
    if removed.rows_affected() == 0 {
        return Err(contract::Error::NotFound.into());
    }
    let news = match last::settle(&mut transaction, deps, user).await? {
        Left::Some => FactorNews::PasskeyRemoved,
        Left::None => FactorNews::Removed,
    };
    mail::enqueue(&mut transaction, &Mail::SecondFactor { user: user.id(), news }).await?;
    user.audit(Action::UserPasskeyRemoved)
        .subject(user.id().0)
        .before(json!({ "passkey": passkey }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
