//! Signing out of this device.

use crate::{Deps, Result, actor::UserActor, audit::Action, support_sessions::close, visits::stop};

/// The session is gone at the next request, here and on every node.
pub async fn sign_out(user: &UserActor, deps: &Deps) -> Result<()> {
    stop::with_session(user, deps).await?;
    close::with_session(user, deps).await?;
    let mut transaction = user.begin_leaving(deps).await?;
    sqlx::query!("delete from user_sessions where id = $1", user.session().0)
        .execute(&mut *transaction)
        .await?;
    user.audit(Action::UserSignedOut)
        .subject(user.id().0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        identity::sign_in::sign_in,
        testing::{PASSWORD, TestDatabase, deps, person, visitor},
    };

    #[tokio::test]
    async fn this_session_is_gone_and_the_others_stay() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let email = contract::email::EmailAddress::parse("ann@example.test").unwrap();
        sign_in(&visitor(), &deps, email, PASSWORD.to_owned()).await.unwrap();
        sign_out(&ann, &deps).await.unwrap();
        let this = format!("user_sessions where id = '{}'", ann.session());
        assert_eq!(
            (database.count(&this).await, database.count("user_sessions").await),
            (0, 1)
        );
        assert_eq!(database.count("audit_log where action = 'user.signed_out'").await, 1);
    }
}
