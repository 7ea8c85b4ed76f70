//! The passkeys somebody has.

use chrono::{DateTime, Utc};
use contract::ids::PasskeyId;

use crate::{Deps, Result, actor::UserActor};

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    pub id: PasskeyId,
    pub name: String,
    pub created: DateTime<Utc>,
    pub last_used: Option<DateTime<Utc>>,
}

/// The oldest first.
pub async fn list(user: &UserActor, deps: &Deps) -> Result<Vec<Passkey>> {
    let passkeys = sqlx::query_as!(
        Passkey,
        "select id, name, created_at as created, last_used_at as last_used from user_passkeys \
         where user_id = $1 order by created_at, id",
        user.id().0,
    )
    .fetch_all(deps.database.global())
    .await?;
    Ok(passkeys)
}
