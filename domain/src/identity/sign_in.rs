//! Signing in with address and password.

use contract::{
    FieldCode,
    email::EmailAddress,
    ids::{SessionId, UserId},
    password::Password,
};

use super::{
    NewSession,
    password::{self, Verdict},
    session::{self, Method},
};
use crate::{
    Deps, Result,
    actor::Visitor,
    audit::Action,
    database::Transaction,
    mail::{self, Mail},
    throttle::{self, Policy},
};

/// Wrong address and wrong password are one answer, in one time. Failures count for the account and for the client's
/// address; an account that must wait can still be entered by a magic link.
pub async fn sign_in(visitor: &Visitor, deps: &Deps, email: EmailAddress, typed: String) -> Result<NewSession> {
    let client = throttle::client(&visitor.request().address);
    throttle::attempt(deps, Policy::SignInByAddress, &client).await?;
    throttle::attempt(deps, Policy::SignInByAccount, &email.folded()).await?;
    let account = sqlx::query!(
        r#"select u.id, u.notify_new_sign_in, a.password_hash as "password_hash!"
        from users u join user_accounts a on a.user_id = u.id and a.provider = 'password'
        where u.email = $1::text::citext and u.deleted_at is null and u.status = 'active'"#,
        email.as_str(),
    )
    .fetch_optional(deps.database.global())
    .await?;
    let verdict = password::verify(&typed, account.as_ref().map(|account| account.password_hash.clone())).await?;
    let Some(account) = account.filter(|_| verdict != Verdict::Wrong) else {
        let mut transaction = deps.database.begin_anonymous().await?;
        visitor
            .audit(Action::UserSignInFailed)
            .write(&mut transaction, deps)
            .await?;
        transaction.commit().await?;
        return Err(contract::Error::field("form", FieldCode::WrongCredentials).into());
    };
    let user = UserId(account.id);
    let rehashed = match (verdict, Password::parse(&typed)) {
        (Verdict::RightButOutdated, Ok(password)) => Some(password::hash(&password).await?),
        _ => None,
    };
    let mut transaction = deps.database.begin_for_user(user).await?;
    if let Some(hash) = rehashed {
        sqlx::query!(
            "update user_accounts set password_hash = $2, updated_at = $3 where user_id = $1 and provider = 'password'",
            user.0,
            hash,
            deps.now(),
        )
        .execute(&mut *transaction)
        .await?;
    }
    let session = enter(
        &mut transaction,
        visitor,
        deps,
        user,
        Method::Password,
        account.notify_new_sign_in,
    )
    .await?;
    transaction.commit().await?;
    throttle::clear(deps, Policy::SignInByAccount, &email.folded()).await?;
    Ok(session)
}

/// The session, the record of it, and word to the owner when the device is new.
pub(super) async fn enter(
    transaction: &mut Transaction,
    visitor: &Visitor,
    deps: &Deps,
    user: UserId,
    method: Method,
    notify: bool,
) -> Result<NewSession> {
    let request = visitor.request();
    let known_device = sqlx::query_scalar!(
        r#"select exists (
            select from audit_log
            where actor_user_id = $1 and action in ('user.signed_up', 'user.signed_in') and user_agent = $2
        ) as "known!""#,
        user.0,
        request.user_agent,
    )
    .fetch_one(&mut **transaction)
    .await?;
    let session = session::start(transaction, deps, user, request, method).await?;
    visitor
        .audit(Action::UserSignedIn)
        .actor(user)
        .subject(user.0)
        .write(transaction, deps)
        .await?;
    if notify && !known_device {
        let mail = Mail::NewSignIn {
            user,
            session: deps.id::<SessionId>(),
            address: request.address.clone(),
            user_agent: request.user_agent.clone(),
        };
        mail::enqueue(transaction, &mail).await?;
    }
    Ok(session)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actor::{RequestInfo, UserActor},
        testing::{PASSWORD, TestDatabase, deps, person, request, visitor},
    };

    fn email(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    #[tokio::test]
    async fn a_wrong_password_and_an_unknown_address_are_one_answer() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        person(&deps, "ann").await;
        let wrong = sign_in(&visitor(), &deps, email("ann@example.test"), "wrong".to_owned())
            .await
            .unwrap_err();
        let unknown = sign_in(&visitor(), &deps, email("bob@example.test"), PASSWORD.to_owned())
            .await
            .unwrap_err();
        let wrong = contract::Error::from(wrong);
        assert_eq!(wrong, contract::Error::field("form", FieldCode::WrongCredentials));
        assert_eq!(wrong, contract::Error::from(unknown));
        assert_eq!(
            database.count("audit_log where action = 'user.sign_in_failed'").await,
            2
        );
    }

    #[tokio::test]
    async fn the_right_one_signs_in_and_a_new_device_is_told_of() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        person(&deps, "ann").await;
        let known = sign_in(&visitor(), &deps, email("ANN@example.test"), PASSWORD.to_owned())
            .await
            .unwrap();
        assert!(
            UserActor::authenticate(&deps, known.token.expose(), request())
                .await
                .unwrap()
                .is_some()
        );
        let new_sign_ins = "graphile_worker._private_jobs where payload::text like '%NewSignIn%'";
        assert_eq!(database.count(new_sign_ins).await, 0);
        let phone = Visitor::new(RequestInfo {
            user_agent: "phone".to_owned(),
            ..request()
        });
        sign_in(&phone, &deps, email("ann@example.test"), PASSWORD.to_owned())
            .await
            .unwrap();
        assert_eq!(database.count(new_sign_ins).await, 1);
    }

    #[tokio::test]
    async fn too_many_failures_make_even_the_right_password_wait() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        person(&deps, "ann").await;
        for _ in 0..10 {
            sign_in(&visitor(), &deps, email("ann@example.test"), "wrong".to_owned())
                .await
                .unwrap_err();
        }
        let refused = sign_in(&visitor(), &deps, email("ann@example.test"), PASSWORD.to_owned())
            .await
            .unwrap_err();
        assert!(matches!(
            contract::Error::from(refused),
            contract::Error::Throttled { .. }
        ));
    }
}
