//! Proving an address by the link that was mailed to it.

use contract::FieldCode;

use super::link::{self, Purpose};
use crate::{
    Deps, Result,
    actor::{UserActor, Verification},
    audit::Action,
    mail::{self, Mail},
    throttle::{self, Policy},
};

/// Fires once, and only for who is signed in to the account: whoever gets the mail without having signed up must not confirm the
/// password of whoever did. Following the link is not enough: it is a page with a button, because mail filters follow links.
pub async fn verify(user: &UserActor, deps: &Deps, token: &str) -> Result<()> {
    let client = throttle::client(&user.request().address);
    throttle::attempt_inside(deps, Policy::RedeemByAddress, &client).await?;
    let mut transaction = user.begin(deps).await?;
    let request = user.request();
    let Some(owner) = link::redeem(&mut transaction, deps, request, token, Purpose::VerifyEmail).await? else {
        let reused = user.audit(Action::UserTokenReused);
        return link::refuse(transaction, deps, reused, token, Purpose::VerifyEmail).await;
    };
    if owner != user.id() {
        // It is as good as before: nothing of this is kept.
        transaction.rollback().await?;
        link::count(Purpose::VerifyEmail, false);
        return Err(contract::Error::field("form", FieldCode::Mismatch).into());
    }
    if link::prove_address(&mut transaction, deps, user.id()).await? {
        user.audit(Action::UserEmailVerified)
            .subject(user.id().0)
            .write(&mut transaction, deps)
            .await?;
    }
    transaction.commit().await?;
    link::count(Purpose::VerifyEmail, true);
    throttle::give_back(deps, Policy::RedeemByAddress, &client).await?;
    Ok(())
}

/// Another link, which replaces the one before it. Nothing to do for an address that is proven.
pub async fn resend(user: &UserActor, deps: &Deps) -> Result<()> {
    if user.person().verification == Verification::Verified {
        return Ok(());
    }
    throttle::attempt(deps, Policy::MailedLinkByAccount, &format!("verify:{}", user.id())).await?;
    let mut transaction = user.begin(deps).await?;
    mail::enqueue(&mut transaction, &Mail::VerifyEmail { user: user.id() }).await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::{super::link::mailed, *};
    use crate::testing::{TestDatabase, clock_and_deps, person};

    async fn refused(user: &UserActor, deps: &Deps, token: &str) {
        let error = contract::Error::from(verify(user, deps, token).await.unwrap_err());
        assert_eq!(error, contract::Error::field("form", FieldCode::LinkExpired));
    }

    #[tokio::test]
    async fn a_link_fires_once_and_for_its_purpose_only() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;

        let replaced = mailed(&deps, ann.id(), Purpose::VerifyEmail).await;
        let expired = mailed(&deps, ann.id(), Purpose::VerifyEmail).await;
        refused(&ann, &deps, &replaced).await;
        clock.advance(TimeDelta::hours(24));
        refused(&ann, &deps, &expired).await;
        let other = mailed(&deps, ann.id(), Purpose::MagicLink).await;
        refused(&ann, &deps, &other).await;
        assert_eq!(database.count("users where email_verified_at is not null").await, 0);

        let good = mailed(&deps, ann.id(), Purpose::VerifyEmail).await;
        let bob = person(&deps, "bob").await;
        let mismatch = contract::Error::from(verify(&bob, &deps, &good).await.unwrap_err());
        assert_eq!(mismatch, contract::Error::field("form", FieldCode::Mismatch));
        assert_eq!(database.count("users where email_verified_at is not null").await, 0);
        verify(&ann, &deps, &good).await.unwrap();
        refused(&ann, &deps, &good).await;
        assert_eq!(database.count("users where email_verified_at is not null").await, 1);
        assert_eq!(
            database.count("audit_log where action = 'user.email_verified'").await,
            1
        );
    }

    #[tokio::test]
    async fn who_is_signed_in_and_brings_a_used_link_of_somebody_else_is_named_in_the_record_and_not_its_owner() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let bob = person(&deps, "bob").await;
        let link = mailed(&deps, ann.id(), Purpose::VerifyEmail).await;
        verify(&ann, &deps, &link).await.unwrap();
        clock.advance(TimeDelta::seconds(61));
        refused(&bob, &deps, &link).await;
        let told = format!(
            "audit_log where action = 'user.token_reused' and after ->> 'kind' = 'verify_email' and origin = 'session' \
             and actor_user_id = '{}' and subject_id = '{}'",
            bob.id(),
            ann.id(),
        );
        assert_eq!(database.count(&told).await, 1);
    }

    #[tokio::test]
    async fn asking_again_and_again_is_throttled() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        for _ in 0..3 {
            resend(&ann, &deps).await.unwrap();
        }
        let refused = contract::Error::from(resend(&ann, &deps).await.unwrap_err());
        assert_eq!(
            refused,
            contract::Error::Throttled {
                retry_after_seconds: 60
            }
        );
    }
}
