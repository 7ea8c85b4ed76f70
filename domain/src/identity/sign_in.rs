//! Signing in with address and password.

use contract::{FieldCode, email::EmailAddress};

use super::{NewSession, account, session::Method};
use crate::{
    Deps, Result,
    actor::Visitor,
    database::Mode,
    throttle::{self, Policy},
};

/// Wrong address and wrong password are one answer, in one time. Failures count for the account and for the client's
/// address; an account that must wait can still be entered by a magic link.
pub async fn sign_in(visitor: &Visitor, deps: &Deps, email: EmailAddress, typed: String) -> Result<NewSession> {
    let client = throttle::client(&visitor.request().address);
    throttle::attempt(deps, Policy::SignInByAddress, &client).await?;
    throttle::attempt(deps, Policy::SignInByAccount, &email.folded()).await?;
    let found = account::find(deps, &email).await?;
    if let Some(session) = account::try_password(visitor, deps, &email, found.as_ref(), &typed).await? {
        // Only this one: others at the same address may have been guessing.
        throttle::give_back(deps, Policy::SignInByAddress, &client).await?;
        return Ok(session);
    }
    let mut transaction = deps.database.begin_anonymous(Mode::Writing).await?;
    account::record_failure(&mut transaction, visitor, deps, Method::Password).await?;
    transaction.commit().await?;
    Err(contract::Error::field("form", FieldCode::WrongCredentials).into())
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

    #[tokio::test]
    async fn an_address_waits_for_its_failures_and_not_for_what_was_right() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        person(&deps, "ann").await;
        let address = throttle::client(&request().address);
        for _ in 0..29 {
            throttle::attempt(&deps, Policy::SignInByAddress, &address)
                .await
                .unwrap();
        }
        for _ in 0..3 {
            sign_in(&visitor(), &deps, email("ann@example.test"), PASSWORD.to_owned())
                .await
                .unwrap();
        }
        let visitor = visitor();
        let guess = || sign_in(&visitor, &deps, email("bob@example.test"), "wrong".to_owned());
        let thirtieth = contract::Error::from(guess().await.unwrap_err());
        assert_eq!(thirtieth, contract::Error::field("form", FieldCode::WrongCredentials));
        let refused = contract::Error::from(guess().await.unwrap_err());
        assert_eq!(
            refused,
            contract::Error::Throttled {
                retry_after_seconds: 30
            }
        );
        let elsewhere = Visitor::new(RequestInfo {
            address: "198.51.100.4".to_owned(),
            ..request()
        });
        sign_in(&elsewhere, &deps, email("ann@example.test"), PASSWORD.to_owned())
            .await
            .unwrap();
    }
}
