//! Proving an address by the link that was mailed to it.

use contract::ids::UserId;

use super::link::{self, Purpose};
use crate::{
    Deps, Result,
    actor::{UserActor, Verification, Visitor},
    audit::Action,
    mail::{self, Mail},
    throttle::{self, Policy},
};

/// Whose address it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    pub user: UserId,
}

/// Fires once. Following the link is not enough: it is a page with a button, because mail filters follow links.
pub async fn verify(visitor: &Visitor, deps: &Deps, token: &str) -> Result<Verified> {
    throttle::attempt(
        deps,
        Policy::RedeemByAddress,
        &throttle::client(&visitor.request().address),
    )
    .await?;
    let mut transaction = deps.database.begin_anonymous().await?;
    let user = link::redeem(&mut transaction, deps, token, Purpose::VerifyEmail).await?;
    link::prove_address(&mut transaction, deps, user).await?;
    crate::database::become_user(&mut transaction, user).await?;
    visitor
        .audit(Action::UserEmailVerified)
        .actor(user)
        .subject(user.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Verified { user })
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
    use crate::testing::{TestDatabase, clock_and_deps, person, visitor};

    async fn refused(deps: &Deps, token: &str) {
        let error = contract::Error::from(verify(&visitor(), deps, token).await.unwrap_err());
        assert_eq!(error, contract::Error::field("form", contract::FieldCode::LinkExpired));
    }

    #[tokio::test]
    async fn a_link_fires_once_and_for_its_purpose_only() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;

        let replaced = mailed(&deps, ann.id(), Purpose::VerifyEmail).await;
        let expired = mailed(&deps, ann.id(), Purpose::VerifyEmail).await;
        refused(&deps, &replaced).await;
        clock.advance(TimeDelta::hours(24));
        refused(&deps, &expired).await;
        let other = mailed(&deps, ann.id(), Purpose::MagicLink).await;
        refused(&deps, &other).await;
        assert_eq!(database.count("users where email_verified_at is not null").await, 0);

        let good = mailed(&deps, ann.id(), Purpose::VerifyEmail).await;
        assert_eq!(verify(&visitor(), &deps, &good).await.unwrap().user, ann.id());
        refused(&deps, &good).await;
        assert_eq!(database.count("users where email_verified_at is not null").await, 1);
        assert_eq!(
            database.count("audit_log where action = 'user.email_verified'").await,
            1
        );
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
