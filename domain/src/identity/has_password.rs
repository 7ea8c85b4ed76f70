//! Whether somebody has a password. Who came by a mailed link alone has none, and neither has who proved an address that
//! somebody else had signed up with.

use crate::{Deps, Result, actor::UserActor};

pub async fn has_password(user: &UserActor, deps: &Deps) -> Result<bool> {
    let has = sqlx::query_scalar!(
        r#"select exists (select from user_accounts where user_id = $1 and provider = 'password') as "has!""#,
        user.id().0,
    )
    .fetch_one(deps.database.global())
    .await?;
    Ok(has)
}

#[cfg(test)]
mod tests {
    use contract::{Error, FieldCode, password::Password};

    use super::*;
    use crate::{
        identity::change_password::change,
        testing::{PASSWORD, TestDatabase, deps, person},
    };

    #[tokio::test]
    async fn who_has_none_cannot_change_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        sqlx::query("delete from user_accounts where user_id = $1")
            .bind(ann.id().0)
            .execute(database.owner())
            .await
            .unwrap();
        assert!(!has_password(&ann, &deps).await.unwrap());
        assert!(has_password(&bob, &deps).await.unwrap());
        let new = Password::parse("a wholly different phrase 7").unwrap();
        for current in [PASSWORD, ""] {
            let refused = change(&ann, &deps, current.to_owned(), new.clone()).await.unwrap_err();
            let wrong = Error::field("current_password", FieldCode::WrongCredentials);
            assert_eq!(Error::from(refused), wrong);
        }
        assert!(!has_password(&ann, &deps).await.unwrap());
    }
}
