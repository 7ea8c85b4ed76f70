//! What a person says of themselves.

use contract::{
    preferences::{Locale, Theme},
    text::PersonName,
};
use serde_json::json;

use crate::{Deps, Result, actor::UserActor, audit::Action};

#[derive(Debug, Clone)]
pub struct ProfileChange {
    pub name: PersonName,
    pub locale: Locale,
    pub time_zone: chrono_tz::Tz,
    pub theme: Theme,
    pub notify_new_sign_in: bool,
}

pub async fn update(user: &UserActor, deps: &Deps, change: ProfileChange) -> Result<()> {
    let person = user.person();
    let mut transaction = user.begin(deps).await?;
    sqlx::query!(
        "update users set name = $2, locale = $3, time_zone = $4, theme = $5, notify_new_sign_in = $6, updated_at = $7 \
         where id = $1",
        user.id().0,
        change.name.as_str(),
        change.locale.tag(),
        change.time_zone.name(),
        change.theme.key(),
        change.notify_new_sign_in,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    user.audit(Action::UserProfileUpdated)
        .subject(user.id().0)
        .before(json!({
            "name": person.name, "locale": person.locale.tag(), "time_zone": person.time_zone.name(),
            "theme": person.theme.key(), "notify_new_sign_in": person.notify_new_sign_in,
        }))
        .after(json!({
            "name": change.name, "locale": change.locale.tag(), "time_zone": change.time_zone.name(),
            "theme": change.theme.key(), "notify_new_sign_in": change.notify_new_sign_in,
        }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// From the menu of every page; not worth a record.
pub async fn set_theme(user: &UserActor, deps: &Deps, theme: Theme) -> Result<()> {
    sqlx::query!(
        "update users set theme = $2, updated_at = $3 where id = $1",
        user.id().0,
        theme.key(),
        deps.now()
    )
    .execute(deps.database.global())
    .await?;
    Ok(())
}
