//! What guards somebody's account.

use chrono::{DateTime, Utc};

use crate::{Deps, Error, Result, actor::UserActor};

/// What guards an account besides its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guards {
    pub app: App,
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
        r#"select f.confirmed_at as "since!", f.last_used_at as "last_used!",
            (select count(*) from user_recovery_codes c where c.user_id = f.user_id and c.used_at is null) as "codes_left!"
        from user_second_factors f where f.user_id = $1 and f.confirmed_at is not null"#,
        user.id().0,
    )
    .fetch_optional(deps.database.global())
    .await?;
    row.map(|row| {
        Ok(Guards {
            app: App {
                since: row.since,
                last_used: row.last_used,
            },
            codes_left: u32::try_from(row.codes_left).map_err(Error::fault)?,
        })
    })
    .transpose()
}
