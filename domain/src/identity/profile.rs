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
    let mut transaction = user.begin(deps).await?;
    // As it is now, not as it was when the request began.
    let before = sqlx::query!(
        "select name, locale, time_zone, theme, notify_new_sign_in from users where id = $1 for no key update",
        user.id().0,
    )
    .fetch_one(&mut *transaction)
    .await?;
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
            "name": before.name, "locale": before.locale, "time_zone": before.time_zone,
            "theme": before.theme, "notify_new_sign_in": before.notify_new_sign_in,
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

/// From the menu of every page. To choose again what is chosen already changes nothing.
pub async fn set_theme(user: &UserActor, deps: &Deps, theme: Theme) -> Result<()> {
    let mut transaction = user.begin(deps).await?;
    let before = sqlx::query_scalar!("select theme from users where id = $1 for no key update", user.id().0)
        .fetch_one(&mut *transaction)
        .await?;
    if before == theme.key() {
        transaction.rollback().await?;
        return Ok(());
    }
    sqlx::query!(
        "update users set theme = $2, updated_at = $3 where id = $1",
        user.id().0,
        theme.key(),
        deps.now()
    )
    .execute(&mut *transaction)
    .await?;
    user.audit(Action::UserProfileUpdated)
        .subject(user.id().0)
        .before(json!({ "theme": before }))
        .after(json!({ "theme": theme.key() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::testing::{TestDatabase, deps, person, request};

    #[tokio::test]
    async fn a_chosen_appearance_is_recorded_when_it_is_another_one() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        for theme in [Theme::System, Theme::Dark, Theme::Dark, Theme::Light] {
            set_theme(&ann, &deps, theme).await.unwrap();
        }
        let entries: Vec<(Value, Value)> =
            sqlx::query_as("select before, after from audit_log where action = 'user.profile_updated' order by before ->> 'theme' desc")
                .fetch_all(database.owner())
                .await
                .unwrap();
        let entry = |before: &str, after: &str| (json!({ "theme": before }), json!({ "theme": after }));
        assert_eq!(entries, [entry("system", "dark"), entry("dark", "light")]);
        assert_eq!(database.count("users where theme = 'light'").await, 1);
    }

    #[tokio::test]
    async fn what_was_before_is_what_was_stored_and_not_what_the_request_began_with() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let change = |name: &str| ProfileChange {
            name: PersonName::parse(name).unwrap(),
            locale: Locale::English,
            time_zone: chrono_tz::Europe::Oslo,
            theme: Theme::Dark,
            notify_new_sign_in: false,
        };
        update(&ann, &deps, change("Ann Two")).await.unwrap();
        update(&ann, &deps, change("Ann Three")).await.unwrap();

        let entries: Vec<(Value, Value)> = sqlx::query_as(
            "select before, after from audit_log where action = 'user.profile_updated' order by after ->> 'name' desc",
        )
        .fetch_all(database.owner())
        .await
        .unwrap();
        let [(first, second), (before, third)] = &entries[..] else {
            panic!("two entries: {entries:?}")
        };
        assert_eq!(
            *first,
            json!({ "name": "ann", "locale": "en", "time_zone": "UTC", "theme": "system", "notify_new_sign_in": true })
        );
        assert_eq!(before, second);
        assert_eq!(third["name"], "Ann Three");

        let token = deps.secret();
        sqlx::query("update user_sessions set token_hash = $1")
            .bind(&token.hash()[..])
            .execute(database.owner())
            .await
            .unwrap();
        let ann = UserActor::authenticate(&deps, token.expose(), request())
            .await
            .unwrap()
            .unwrap();
        let person = ann.person();
        assert_eq!((&*person.name, person.theme), ("Ann Three", Theme::Dark));
        assert_eq!(
            (person.time_zone, person.notify_new_sign_in),
            (chrono_tz::Europe::Oslo, false)
        );
    }
}
