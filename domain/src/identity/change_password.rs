//! A new password for who knows the present one.

use contract::{FieldCode, password::Password};

use super::{
    NewSession, link,
    password::{self, Verdict},
    session::{self, Method},
};
use crate::{
    Deps, Result,
    actor::{UserActor, Visitor},
    audit::Action,
    mail::{self, Mail},
    throttle::{self, Policy},
};

/// Every other device is signed out, links that lead in are void, and this one gets a new token.
pub async fn change(user: &UserActor, deps: &Deps, current: String, new: Password) -> Result<NewSession> {
    let account = user.person().email.to_ascii_lowercase();
    throttle::attempt(deps, Policy::SignInByAccount, &account).await?;
    let stored = sqlx::query_scalar!(
        r#"select password_hash as "hash!" from user_accounts where user_id = $1 and provider = 'password'"#,
        user.id().0,
    )
    .fetch_optional(deps.database.global())
    .await?;
    if password::verify(&current, stored.clone()).await? == Verdict::Wrong {
        return Err(contract::Error::field("current_password", FieldCode::WrongCredentials).into());
    }
    password::require_strong(&new, &[&user.person().name, &user.person().email])?;
    let hash = password::hash(&new).await?;
    let mut transaction = user.begin(deps).await?;
    link::end_ways_in(&mut transaction, user.id()).await?;
    // Of the password that was compared: whoever has taken the account back in the meantime keeps it.
    let changed = sqlx::query!(
        "update user_accounts set password_hash = $2, updated_at = $3 \
         where user_id = $1 and provider = 'password' and password_hash = $4",
        user.id().0,
        hash,
        deps.now(),
        stored,
    )
    .execute(&mut *transaction)
    .await?;
    if changed.rows_affected() == 0 {
        return Err(contract::Error::Conflict.into());
    }
    session::end_all(&mut transaction, user.id()).await?;
    let visitor = Visitor::new(user.request().clone());
    let session = session::start(
        &mut transaction,
        deps,
        user.id(),
        visitor.request(),
        Method::Password,
        user.second_factor_at(),
    )
    .await?;
    mail::enqueue(&mut transaction, &Mail::PasswordChanged { user: user.id() }).await?;
    user.audit(Action::UserPasswordChanged)
        .subject(user.id().0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    throttle::clear(deps, Policy::SignInByAccount, &account).await?;
    Ok(session)
}

#[cfg(test)]
mod tests {
    use super::{
        super::link::{Purpose, mailed},
        *,
    };
    use crate::testing::{PASSWORD, TestDatabase, deps, person, request};

    #[tokio::test]
    async fn needs_the_present_one_and_rotates_the_session() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let new = Password::parse("a wholly different phrase 7").unwrap();
        let refused = change(&ann, &deps, "wrong".to_owned(), new.clone()).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::field("current_password", FieldCode::WrongCredentials)
        );
        let session = change(&ann, &deps, PASSWORD.to_owned(), new).await.unwrap();
        assert_eq!(database.count("user_sessions").await, 1);
        let rotated = UserActor::authenticate(&deps, session.token.expose(), request())
            .await
            .unwrap()
            .unwrap();
        assert_ne!(rotated.session(), ann.session());
    }

    #[tokio::test]
    async fn a_password_that_is_taken_away_while_it_is_compared_is_not_changed() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let mut removing = database.owner().begin().await.unwrap();
        sqlx::query("delete from user_accounts")
            .execute(&mut *removing)
            .await
            .unwrap();
        let attempt = {
            let deps = deps.clone();
            let new = Password::parse("a wholly different phrase 7").unwrap();
            tokio::spawn(async move { change(&ann, &deps, PASSWORD.to_owned(), new).await })
        };
        while database.waiting().await == 0 && !attempt.is_finished() {}
        removing.commit().await.unwrap();
        let refused = attempt.await.unwrap().unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
        assert_eq!(database.count("user_sessions").await, 1, "the one of the sign-up");
    }

    #[tokio::test]
    async fn a_guessable_one_is_refused() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        for weak in ["password123", "ann@example.test"] {
            let new = Password::parse(weak).unwrap();
            let refused = change(&ann, &deps, PASSWORD.to_owned(), new).await.unwrap_err();
            assert_eq!(
                contract::Error::from(refused),
                contract::Error::field("password", FieldCode::Guessable)
            );
        }
        assert_eq!(
            database.count("audit_log where action = 'user.password_changed'").await,
            0
        );
    }

    #[tokio::test]
    async fn links_that_lead_in_are_void_afterwards() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        for purpose in [Purpose::ResetPassword, Purpose::MagicLink, Purpose::VerifyEmail] {
            mailed(&deps, ann.id(), purpose).await;
            mailed(&deps, bob.id(), purpose).await;
        }
        let new = Password::parse("a wholly different phrase 7").unwrap();
        change(&ann, &deps, PASSWORD.to_owned(), new).await.unwrap();
        let anns = format!("user_tokens where user_id = '{}'", ann.id());
        assert_eq!(
            database.count(&format!("{anns} and purpose = 'verify_email'")).await,
            1,
            "it leads nowhere in"
        );
        assert_eq!(
            (database.count(&anns).await, database.count("user_tokens").await),
            (1, 4)
        );
    }
}
