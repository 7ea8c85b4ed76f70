//! What becomes of faults that are written down: they go after a while, and who met them is forgotten with the account.

use chrono::{DateTime, Utc};
use contract::ids::UserId;

use crate::{Result, database::PlatformDatabase, retention::FAULT};

/// Those whose time has run out. Harmless to repeat.
pub(crate) async fn old(platform: &PlatformDatabase, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from request_faults where created_at <= $1", now - FAULT)
        .execute(platform.pool())
        .await?;
    Ok(())
}

/// Who met them; that they happened stays for the rest of its time. Harmless to repeat.
pub(crate) async fn person(platform: &PlatformDatabase, user: UserId) -> Result<()> {
    sqlx::query!("update request_faults set user_id = null where user_id = $1", user.0)
        .execute(platform.pool())
        .await?;
    Ok(())
}
