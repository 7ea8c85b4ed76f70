//! Signing in by a link, without a password.

use contract::email::EmailAddress;

use super::{
    NewSession, account,
    link::{self, Purpose},
    reset_password::request_link,
    session::Method,
};
use crate::{
    Deps, Result,
    actor::Visitor,
    mail::Mail,
    throttle::{self, Policy},
};

/// Mails a link, if there is somebody to mail it to. The answer is the same either way. `next` is where it leads on to: a path
/// that the caller has found to be on this host.
pub async fn request(visitor: &Visitor, deps: &Deps, email: EmailAddress, next: Option<String>) -> Result<()> {
    request_link(visitor, deps, &email, |user| Mail::MagicLink { user, next }).await
}

/// Signs in, and proves the address.
pub async fn redeem(visitor: &Visitor, deps: &Deps, token: &str) -> Result<NewSession> {
    throttle::attempt(
        deps,
        Policy::RedeemByAddress,
        &throttle::client(&visitor.request().address),
    )
    .await?;
    let mut transaction = deps.database.begin_anonymous().await?;
    let user = link::redeem(&mut transaction, deps, token, Purpose::MagicLink).await?;
    link::prove_address(&mut transaction, deps, user).await?;
    crate::database::become_user(&mut transaction, user).await?;
    // The mail that brought the link has told the owner already.
    let session = account::enter(&mut transaction, visitor, deps, user, Method::MagicLink, false).await?;
    transaction.commit().await?;
    Ok(session)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::FieldCode;

    use super::*;
    use crate::{
        actor::{UserActor, Verification},
        testing::{TestDatabase, clock_and_deps, deps, person, request, visitor},
    };

    #[tokio::test]
    async fn signs_in_once_and_proves_the_address() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let token = link::mailed(&deps, ann.id(), Purpose::MagicLink).await;
        let somebody = visitor();
        let both = tokio::join!(redeem(&somebody, &deps, &token), redeem(&somebody, &deps, &token));
        let ((Ok(session), Err(_)) | (Err(_), Ok(session))) = both else {
            panic!("one of two wins: {both:?}")
        };
        let actor = UserActor::authenticate(&deps, session.token.expose(), request())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(actor.person().verification, Verification::Verified);
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
