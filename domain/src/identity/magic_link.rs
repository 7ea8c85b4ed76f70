//! Signing in by a link, without a password.

use contract::{email::EmailAddress, ids::UserId};
use serde_json::json;

use super::{
    NewSession, account,
    link::{self, Purpose},
    reset_password::request_link,
    session::{self, Method},
};
use crate::{
    Deps, Result,
    actor::Visitor,
    audit::Action,
    database::{Mode, Transaction},
    mail::Mail,
    throttle::{self, Policy},
};

/// Mails a link, if there is somebody to mail it to. The answer is the same either way. `next` is where it leads on to: a path
/// that the caller has found to be on this host.
pub async fn request(visitor: &Visitor, deps: &Deps, email: EmailAddress, next: Option<String>) -> Result<()> {
    request_link(visitor, deps, email, |email| Mail::MagicLink { email, next }).await
}

/// What a link has done.
#[derive(Debug)]
pub struct Redeemed {
    pub session: NewSession,
    /// Whether there was a password, and it is gone: it was chosen before the address was proven.
    pub password_removed: bool,
}

/// Signs in, and proves the address. Whoever signed up with it need not have been its owner: what led into the account before
/// the first proof ends with it.
pub async fn redeem(visitor: &Visitor, deps: &Deps, token: &str) -> Result<Redeemed> {
    let client = throttle::client(&visitor.request().address);
    throttle::attempt(deps, Policy::RedeemByAddress, &client).await?;
    let mut transaction = deps.database.begin_anonymous(Mode::Writing).await?;
    let request = visitor.request();
    let Some(user) = link::redeem(&mut transaction, deps, request, token, Purpose::MagicLink).await? else {
        let reused = visitor.audit(Action::UserTokenReused);
        return link::refuse(transaction, deps, reused, token, Purpose::MagicLink).await;
    };
    let proven = link::prove_address(&mut transaction, deps, user).await?;
    let password_removed = proven && end_unproven(&mut transaction, user).await?;
    crate::database::become_user(&mut transaction, user).await?;
    // The mail that brought the link has told the owner already.
    let session = account::enter(&mut transaction, visitor, deps, user, Method::MagicLink, false).await?;
    if proven {
        visitor
            .audit(Action::UserEmailVerified)
            .actor(user)
            .subject(user.0)
            .after(json!({ "password_removed": password_removed }))
            .write(&mut transaction, deps)
            .await?;
    }
    transaction.commit().await?;
    link::count(Purpose::MagicLink, true);
    throttle::give_back(deps, Policy::RedeemByAddress, &client).await?;
    Ok(Redeemed {
        session,
        password_removed,
    })
}

/// Sessions, links and password of whoever had the account so far. Says whether there was a password.
async fn end_unproven(transaction: &mut Transaction, user: UserId) -> Result<bool> {
    link::end_ways_in(transaction, user).await?;
    let removed = sqlx::query!("delete from user_accounts where user_id = $1", user.0)
        .execute(&mut **transaction)
        .await?;
    session::end_all(transaction, user).await?;
    Ok(removed.rows_affected() > 0)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{FieldCode, password::Password};

    use super::*;
    use crate::{
        actor::{UserActor, Verification},
        identity::{
            deactivate_account::deactivate, reactivate_account::reactivate, reset_password::reset, sign_in::sign_in,
            verify_email::verify,
        },
        testing::{PASSWORD, TestDatabase, clock_and_deps, deps, person, request, visitor},
    };

    #[tokio::test]
    async fn signs_in_once_and_proves_the_address() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let token = link::mailed(&deps, ann.id(), Purpose::MagicLink).await;
        let somebody = visitor();
        let both = tokio::join!(redeem(&somebody, &deps, &token), redeem(&somebody, &deps, &token));
        let ((Ok(redeemed), Err(_)) | (Err(_), Ok(redeemed))) = both else {
            panic!("one of two wins: {both:?}")
        };
        let actor = UserActor::authenticate(&deps, redeemed.session.token.expose(), request())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(actor.person().verification, Verification::Verified);
    }

    async fn count_of(database: &TestDatabase, table: &str, ann: &UserActor) -> i64 {
        database.count(&format!("{table} where user_id = '{}'", ann.id())).await
    }

    #[tokio::test]
    async fn the_first_proof_ends_what_led_in_before_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        // Somebody who is not the owner of the address, and has paused the account to come back by another way.
        let squatter = person(&deps, "ann").await;
        let bob = person(&deps, "bob").await;
        let resume = link::mailed(&deps, squatter.id(), Purpose::ResumeAccount).await;
        let token = link::mailed(&deps, squatter.id(), Purpose::MagicLink).await;
        let redeemed = redeem(&visitor(), &deps, &token).await.unwrap();
        assert!(redeemed.password_removed);
        assert_eq!(count_of(&database, "user_accounts", &squatter).await, 0);
        let remaining = format!("user_sessions where id = '{}'", redeemed.session.id);
        assert_eq!(database.count(&remaining).await, 1);
        assert_eq!(count_of(&database, "user_sessions", &squatter).await, 1);
        let left = format!("user_tokens where token_hash = '\\x{}'", hex(&resume));
        assert_eq!(database.count(&left).await, 0);
        let refused = sign_in(&visitor(), &deps, ann(), PASSWORD.to_owned())
            .await
            .unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::field("form", FieldCode::WrongCredentials)
        );
        let entries = "audit_log where action = 'user.email_verified' and after @> '{\"password_removed\": true}'";
        assert_eq!(database.count(entries).await, 1);
        for table in ["user_accounts", "user_sessions"] {
            assert_eq!(count_of(&database, table, &bob).await, 1, "{table} of somebody else");
        }

        let token = link::mailed(&deps, squatter.id(), Purpose::ResetPassword).await;
        let own = Password::parse(PASSWORD).unwrap();
        reset(&visitor(), &deps, &token, own).await.unwrap();
        let token = link::mailed(&deps, squatter.id(), Purpose::MagicLink).await;
        assert!(!redeem(&visitor(), &deps, &token).await.unwrap().password_removed);
        sign_in(&visitor(), &deps, ann(), PASSWORD.to_owned()).await.unwrap();
        assert_eq!(count_of(&database, "user_sessions", &squatter).await, 3, "none ends");
        assert_eq!(
            database.count("audit_log where action = 'user.email_verified'").await,
            1,
            "it is proven once"
        );
    }

    #[tokio::test]
    async fn an_address_waits_for_links_that_were_not_good_alone() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let attempts = async || -> i32 {
            sqlx::query_scalar("select attempts from rate_limits where policy = 'redeem_by_address'")
                .fetch_one(database.owner())
                .await
                .unwrap()
        };
        let mut counted = Vec::new();
        redeem(&visitor(), &deps, "no link at all").await.unwrap_err();
        counted.push(attempts().await);
        let token = link::mailed(&deps, ann.id(), Purpose::VerifyEmail).await;
        verify(&ann, &deps, &token).await.unwrap();
        counted.push(attempts().await);
        let token = link::mailed(&deps, ann.id(), Purpose::MagicLink).await;
        redeem(&visitor(), &deps, &token).await.unwrap();
        counted.push(attempts().await);
        let token = link::mailed(&deps, ann.id(), Purpose::ResetPassword).await;
        let own = Password::parse("a wholly different phrase 7").unwrap();
        reset(&visitor(), &deps, &token, own).await.unwrap();
        counted.push(attempts().await);
        deactivate(&ann, &deps).await.unwrap();
        let token = link::mailed(&deps, ann.id(), Purpose::ResumeAccount).await;
        reactivate(&visitor(), &deps, &token).await.unwrap();
        counted.push(attempts().await);
        assert_eq!(counted, [1; 5], "the one that was not good, and none of the others");
    }

    fn ann() -> EmailAddress {
        EmailAddress::parse("ann@example.test").unwrap()
    }

    fn hex(token: &str) -> String {
        use std::fmt::Write;

        crate::random::hash(token).iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        })
    }

    #[tokio::test]
    async fn is_good_for_half_an_hour() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let good = link::mailed(&deps, ann.id(), Purpose::MagicLink).await;
        clock.advance(TimeDelta::minutes(30) - TimeDelta::seconds(1));
        redeem(&visitor(), &deps, &good).await.unwrap();
        let late = link::mailed(&deps, ann.id(), Purpose::MagicLink).await;
        clock.advance(TimeDelta::minutes(30));
        let refused = contract::Error::from(redeem(&visitor(), &deps, &late).await.unwrap_err());
        assert_eq!(refused, contract::Error::field("form", FieldCode::LinkExpired));
        assert_eq!(database.count("user_sessions where method = 'magic_link'").await, 1);
    }
}
