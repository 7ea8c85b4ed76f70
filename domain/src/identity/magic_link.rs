//! Signing in by a link, without a password.

use contract::email::EmailAddress;

use super::{
    NewSession,
    link::{self, Purpose},
    reset_password::request_link,
    session::Method,
    sign_in,
};
use crate::{
    Deps, Result,
    actor::Visitor,
    mail::Mail,
    throttle::{self, Policy},
};

/// Mails a link, if there is somebody to mail it to. The answer is the same either way.
pub async fn request(visitor: &Visitor, deps: &Deps, email: EmailAddress) -> Result<()> {
    request_link(visitor, deps, &email, |user| Mail::MagicLink { user }).await
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
    let session = sign_in::enter(&mut transaction, visitor, deps, user, Method::MagicLink, false).await?;
    transaction.commit().await?;
    Ok(session)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actor::{UserActor, Verification},
        testing::{TestDatabase, deps, person, request, visitor},
    };

    #[tokio::test]
    async fn signs_in_once_and_proves_the_address() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let mut transaction = deps.database.begin_for_user(ann.id()).await.unwrap();
        let token = link::issue(&mut transaction, &deps, ann.id(), Purpose::MagicLink)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        let somebody = visitor();
        let both = tokio::join!(
            redeem(&somebody, &deps, token.expose()),
            redeem(&somebody, &deps, token.expose())
        );
        let ((Ok(session), Err(_)) | (Err(_), Ok(session))) = both else {
            panic!("one of two wins: {both:?}")
        };
        let actor = UserActor::authenticate(&deps, session.token.expose(), request())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(actor.person().verification, Verification::Verified);
    }
}
