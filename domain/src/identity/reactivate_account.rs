//! Taking a paused account up again.

use super::{
    NewSession,
    link::{self, Purpose},
    session::{self, Method},
};
use crate::{
    Deps, Result,
    actor::Visitor,
    audit::Action,
    throttle::{self, Policy},
};

/// By what a sign-in to a paused account gives, once and within minutes. Signs in.
pub async fn reactivate(visitor: &Visitor, deps: &Deps, token: &str) -> Result<NewSession> {
    let client = throttle::client(&visitor.request().address);
    throttle::attempt(deps, Policy::RedeemByAddress, &client).await?;
    let mut transaction = deps.begin_for_visitor().await?;
    let request = visitor.request();
    let Some(user) = link::redeem(&mut transaction, deps, request, token, Purpose::ResumeAccount).await? else {
        let reused = visitor.audit(Action::UserTokenReused);
        return link::refuse(transaction, deps, reused, token, Purpose::ResumeAccount).await;
    };
    sqlx::query!(
        "update users set status = 'active', updated_at = $2 \
         where id = $1 and status = 'deactivated' and deleted_at is null",
        user.0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    let session = session::admit(&mut transaction, deps, user, request, Method::ResumeAccount).await?;
    crate::database::become_user(&mut transaction, user).await?;
    visitor
        .audit(Action::UserReactivated)
        .actor(user)
        .subject(user.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    link::count(Purpose::ResumeAccount, true);
    throttle::give_back(deps, Policy::RedeemByAddress, &client).await?;
    Ok(session)
}

#[cfg(test)]
mod tests {
    use contract::{Error, FieldCode, email::EmailAddress, password::Password};

    use super::*;
    use crate::{
        actor::UserActor,
        identity::{
            deactivate_account::deactivate,
            link::mailed,
            magic_link,
            reset_password::{self, reset},
            sign_in::sign_in,
        },
        testing::{PASSWORD, TestDatabase, clock_and_deps, deps, person, request, visitor},
    };

    fn ann() -> EmailAddress {
        EmailAddress::parse("ann@example.test").unwrap()
    }

    async fn signs_in(deps: &Deps, session: &NewSession) -> bool {
        UserActor::authenticate(deps, session.token.expose(), request())
            .await
            .unwrap()
            .is_some()
    }

    #[tokio::test]
    async fn a_pause_ends_every_session_and_a_sign_in_offers_to_end_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let user = person(&deps, "ann").await;
        let other = sign_in(&visitor(), &deps, ann(), PASSWORD.to_owned()).await.unwrap();
        deactivate(&user, &deps).await.unwrap();
        assert!(!signs_in(&deps, &other).await);
        assert_eq!(database.count("user_sessions").await, 0);

        let wrong = sign_in(&visitor(), &deps, ann(), "wrong".to_owned()).await.unwrap_err();
        let expected = Error::field("form", FieldCode::WrongCredentials);
        assert_eq!(Error::from(wrong), expected, "as for any account");
        let offer = sign_in(&visitor(), &deps, ann(), PASSWORD.to_owned()).await.unwrap();
        assert!(!offer.signs_in() && !signs_in(&deps, &offer).await);
        assert_eq!(database.count("user_sessions").await, 0);

        let back = reactivate(&visitor(), &deps, offer.token.expose()).await.unwrap();
        assert!(back.signs_in() && signs_in(&deps, &back).await);
        let again = reactivate(&visitor(), &deps, offer.token.expose()).await.unwrap_err();
        assert_eq!(Error::from(again), Error::field("form", FieldCode::LinkExpired));
        let entries = "audit_log where action in ('user.deactivated', 'user.reactivated')";
        assert_eq!(database.count(entries).await, 2);
    }

    #[tokio::test]
    async fn also_who_has_forgotten_the_password_finds_the_way_back() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let user = person(&deps, "ann").await;
        deactivate(&user, &deps).await.unwrap();
        magic_link::request(&visitor(), &deps, ann(), None).await.unwrap();
        reset_password::request(&visitor(), &deps, ann()).await.unwrap();
        let mails = "graphile_worker._private_jobs where payload::text ~ 'MagicLink|ResetPassword'";
        assert_eq!(database.count(mails).await, 2);
        let link = mailed(&deps, user.id(), Purpose::MagicLink).await;
        let offer = magic_link::redeem(&visitor(), &deps, &link).await.unwrap().session;
        assert!(!offer.signs_in());
        let link = mailed(&deps, user.id(), Purpose::ResetPassword).await;
        let new = Password::parse("a wholly different phrase 7").unwrap();
        let offer = reset(&visitor(), &deps, &link, new).await.unwrap();
        assert!(!offer.signs_in() && database.count("user_sessions").await == 0);
        let back = reactivate(&visitor(), &deps, offer.token.expose()).await.unwrap();
        assert!(signs_in(&deps, &back).await);
    }

    #[tokio::test]
    async fn the_offer_is_good_for_minutes_and_for_a_paused_account_alone() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let user = person(&deps, "ann").await;
        deactivate(&user, &deps).await.unwrap();
        let offer = sign_in(&visitor(), &deps, ann(), PASSWORD.to_owned()).await.unwrap();
        clock.advance(chrono::TimeDelta::minutes(15));
        let late = reactivate(&visitor(), &deps, offer.token.expose()).await.unwrap_err();
        assert_eq!(Error::from(late), Error::field("form", FieldCode::LinkExpired));
        let offer = sign_in(&visitor(), &deps, ann(), PASSWORD.to_owned()).await.unwrap();
        sqlx::query("update users set status = 'suspended'")
            .execute(database.owner())
            .await
            .unwrap();
        let suspended = reactivate(&visitor(), &deps, offer.token.expose()).await.unwrap_err();
        assert_eq!(Error::from(suspended), Error::field("form", FieldCode::LinkExpired));
        let refused = sign_in(&visitor(), &deps, ann(), PASSWORD.to_owned())
            .await
            .unwrap_err();
        assert_eq!(Error::from(refused), Error::field("form", FieldCode::WrongCredentials));
    }
}
