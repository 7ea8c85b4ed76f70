//! What guards somebody's account.

use chrono::{DateTime, Utc};

use super::passkeys::list::{self, Passkey};
use crate::{Deps, Error, Result, actor::UserActor};

/// What guards an account besides its password: one of the first two at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guards {
    pub app: Option<App>,
    pub passkeys: Vec<Passkey>,
    /// Recovery codes that were not used.
    pub codes_left: u32,
}

/// An authenticator app in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    pub since: DateTime<Utc>,
    pub last_used: DateTime<Utc>,
}

/// `None` while there is no second factor.
pub async fn overview(user: &UserActor, deps: &Deps) -> Result<Option<Guards>> {
    let row = sqlx::query!(
        r#"select f.confirmed_at as "since?", f.last_used_at as "last_used?",
            (select count(*) from user_recovery_codes c where c.user_id = u.id and c.used_at is null) as "codes_left!"
        from users u left join user_second_factors f on f.user_id = u.id and f.confirmed_at is not null
        where u.id = $1"#,
        user.id().0,
    )
    .fetch_one(deps.database.global())
    .await?;
    let guards = Guards {
        app: row
            .since
            .zip(row.last_used)
            .map(|(since, last_used)| App { since, last_used }),
        passkeys: list::list(user, deps).await?,
        codes_left: u32::try_from(row.codes_left).map_err(Error::fault)?,
    };
    Ok((guards.app.is_some() || !guards.passkeys.is_empty()).then_some(guards))
}
