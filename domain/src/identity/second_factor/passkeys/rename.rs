//! Another name for a passkey.

use contract::{ids::PasskeyId, text::PasskeyName};
use serde_json::json;

use crate::{Deps, Result, actor::UserActor, audit::Action};

/// Its owner tells it from others by it; nothing else does.
pub async fn rename(user: &UserActor, deps: &Deps, passkey: PasskeyId, name: PasskeyName) -> Result<()> {
    let mut transaction = user.begin(deps).await?;
    let renamed = sqlx::query!(
        "update user_passkeys set name = $3 where id = $1 and user_id = $2",
        passkey.0,
        user.id().0,
        name.as_str(),
    )
    .execute(&mut *transaction)
    .await?;
    if renamed.rows_affected() == 0 {
        return Err(contract::Error::NotFound.into());
    }
    user.audit(Action::UserPasskeyRenamed)
        .subject(user.id().0)
        .after(json!({ "passkey": passkey }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
