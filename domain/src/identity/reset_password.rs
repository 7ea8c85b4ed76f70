//! A new password for who has forgotten theirs.

use contract::{email::EmailAddress, password::Password};

use super::{
    NewSession,
    link::{self, Purpose},
    password,
    session::{self, Method},
};
use crate::{
    Deps, Result,
    actor::Visitor,
    audit::Action,
    mail::{self, Mail},
    throttle::{self, Policy},
};

/// Mails a link, if there is somebody to mail it to. The answer is the same either way.
pub async fn request(visitor: &Visitor, deps: &Deps, email: EmailAddress) -> Result<()> {
    request_link(visitor, deps, email, |email| Mail::ResetPassword { email }).await
}

/// Whether there is anybody is found out by the worker: what is done here takes the same time for every address.
pub(super) async fn request_link(
    visitor: &Visitor,
    deps: &Deps,
    email: EmailAddress,
    mail: impl FnOnce(EmailAddress) -> Mail,
) -> Result<()> {
    throttle::attempt(
        deps,
        Policy::MailedLinkByAddress,
        &throttle::client(&visitor.request().address),
    )
    .await?;
    throttle::attempt(deps, Policy::MailedLinkByAccount, &email.folded()).await?;
    let mut transaction = deps.begin_for_visitor().await?;
    mail::enqueue(&mut transaction, &mail(email)).await?;
    transaction.commit().await?;
    Ok(())
}

/// Every session and every other link of the person ends, and a new session begins here. Who got the link has the address, so
/// it is proven as well. A link that is not good is told before anything that depends on whose it would be.
pub async fn reset(visitor: &Visitor, deps: &Deps, token: &str, new: Password) -> Result<NewSession> {
    let client = throttle::client(&visitor.request().address);
    throttle::attempt(deps, Policy::RedeemByAddress, &client).await?;
    let request = visitor.request();
    let Some(owner) = link::owner(deps, token, Purpose::ResetPassword).await? else {
        let transaction = deps.begin_for_visitor().await?;
        let reused = visitor.audit(Action::UserTokenReused);
        return link::refuse(transaction, deps, reused, token, Purpose::ResetPassword).await;
    };
    password::require_strong(&new, &[&owner.name, &owner.email])?;
    let hash = password::hash(&new).await?;
    let mut transaction = deps.begin_for_visitor().await?;
    let Some(user) = link::redeem(&mut transaction, deps, request, token, Purpose::ResetPassword).await? else {
        let reused = visitor.audit(Action::UserTokenReused);
        return link::refuse(transaction, deps, reused, token, Purpose::ResetPassword).await;
    };
    link::end_ways_in(&mut transaction, user).await?;
    let proven = link::prove_address(&mut transaction, deps, user).await?;
    sqlx::query!(
        "insert into user_accounts (user_id, provider, subject, password_hash, created_at, updated_at) \
         values ($1, 'password', $2, $3, $4, $4) \
         on conflict (user_id, provider) do update set password_hash = excluded.password_hash, updated_at = excluded.updated_at",
        user.0,
        user.to_string(),
        hash,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    session::end_all(&mut transaction, user).await?;
    let session = session::admit(&mut transaction, deps, user, request, Method::ResetPassword).await?;
    crate::database::become_user(&mut transaction, user).await?;
    mail::enqueue(&mut transaction, &Mail::PasswordChanged { user }).await?;
    visitor
        .audit(Action::UserPasswordReset)
        .actor(user)
        .subject(user.0)
        .write(&mut transaction, deps)
        .await?;
    if proven {
        visitor
            .audit(Action::UserEmailVerified)
            .actor(user)
            .subject(user.0)
            .write(&mut transaction, deps)
            .await?;
    }
    transaction.commit().await?;
    link::count(Purpose::ResetPassword, true);
    throttle::give_back(deps, Policy::RedeemByAddress, &client).await?;
    Ok(session)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::FieldCode;

    use super::*;
    use crate::{
        actor::UserActor,
        identity::{magic_link, sign_in::sign_in},
        testing::{PASSWORD, TestDatabase, clock_and_deps, deps, person, visitor},
    };

    #[tokio::test]
    async fn ends_every_session_and_the_old_password() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let email = EmailAddress::parse("ann@example.test").unwrap();
        let magic = link::mailed(&deps, ann.id(), Purpose::MagicLink).await;
        let token = link::mailed(&deps, ann.id(), Purpose::ResetPassword).await;
        let new = Password::parse("a wholly different phrase 7").unwrap();
        let session = reset(&visitor(), &deps, &token, new).await.unwrap();

        assert_eq!(
            database.count("user_sessions").await,
            1,
            "the one from before has ended"
        );
        let signed_in = UserActor::authenticate(&deps, session.token.expose(), crate::testing::request())
            .await
            .unwrap();
        assert_eq!(signed_in.unwrap().id(), ann.id());
        sign_in(&visitor(), &deps, email.clone(), PASSWORD.to_owned())
            .await
            .unwrap_err();
        sign_in(&visitor(), &deps, email, "a wholly different phrase 7".to_owned())
            .await
            .unwrap();
        reset(
            &visitor(),
            &deps,
            &token,
            Password::parse("yet another phrase 8 x").unwrap(),
        )
        .await
        .unwrap_err();
        let refused = magic_link::redeem(&visitor(), &deps, &magic).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            expired(),
            "no other way in is left open"
        );
        let again = link::mailed(&deps, ann.id(), Purpose::ResetPassword).await;
        let third = Password::parse("a third quite different phrase 5").unwrap();
        reset(&visitor(), &deps, &again, third).await.unwrap();
        assert_eq!(
            database.count("audit_log where action = 'user.email_verified'").await,
            1,
            "it is proven once"
        );
    }

    #[tokio::test]
    async fn asking_does_the_same_for_every_address_and_is_limited_for_every_address() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        person(&deps, "ann").await;
        let jobs = async || database.count("graphile_worker._private_jobs").await;
        for name in ["ann", "nobody"] {
            let email = EmailAddress::parse(&format!("{name}@example.test")).unwrap();
            let before = jobs().await;
            request(&visitor(), &deps, email.clone()).await.unwrap();
            assert_eq!(jobs().await, before + 1, "{name}");
            request(&visitor(), &deps, email.clone()).await.unwrap();
            assert_eq!(jobs().await, before + 1, "{name}: instead of the one that waits");
            magic_link::request(&visitor(), &deps, email.clone(), None)
                .await
                .unwrap();
            assert_eq!(jobs().await, before + 2, "{name}");
            let refused = contract::Error::from(request(&visitor(), &deps, email).await.unwrap_err());
            assert!(
                matches!(refused, contract::Error::Throttled { .. }),
                "{name}: {refused:?}"
            );
            assert_eq!(jobs().await, before + 2, "{name}");
        }
    }

    fn expired() -> contract::Error {
        contract::Error::field("form", FieldCode::LinkExpired)
    }

    #[tokio::test]
    async fn what_is_guessed_of_its_owner_is_refused_and_told_only_by_a_good_link() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let visitor = visitor();
        let try_with = async |token: &str, password: &str| {
            reset(&visitor, &deps, token, Password::parse(password).unwrap())
                .await
                .map_err(contract::Error::from)
        };
        let good = link::mailed(&deps, ann.id(), Purpose::ResetPassword).await;
        for weak in ["password123", "ann@example.test"] {
            let refused = try_with(&good, weak).await.unwrap_err();
            assert_eq!(
                refused,
                contract::Error::field("password", FieldCode::Guessable),
                "{weak}"
            );
            assert_eq!(try_with("no link at all", weak).await.unwrap_err(), expired());
        }
        clock.advance(TimeDelta::minutes(30) - TimeDelta::seconds(1));
        try_with(&good, "a wholly different phrase 7").await.unwrap();
        assert_eq!(try_with(&good, "password123").await.unwrap_err(), expired(), "used up");

        let late = link::mailed(&deps, ann.id(), Purpose::ResetPassword).await;
        clock.advance(TimeDelta::minutes(30));
        for password in ["yet another phrase 8 x", "password123"] {
            assert_eq!(try_with(&late, password).await.unwrap_err(), expired());
        }
        assert_eq!(
            database.count("audit_log where action = 'user.password_reset'").await,
            1
        );
    }
}
