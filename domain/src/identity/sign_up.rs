//! Making an account.

use contract::{email::EmailAddress, ids::UserId, password::Password, text::PersonName};
use serde_json::json;

use super::{
    NewSession,
    account::{self, Account},
    consents, password, registration,
    session::{self, Method},
};
use crate::{
    Deps, Error, Result,
    actor::Visitor,
    audit::Action,
    database::Mode,
    mail::{self, Mail},
    people::{code::Proof, invited::invited},
    throttle::{self, Policy},
};

/// What a person gives to get an account. Giving it accepts the terms and the privacy notice.
#[derive(Debug, Clone)]
pub struct SignUp {
    pub name: PersonName,
    pub email: EmailAddress,
    pub password: Password,
}

/// Person, account, session, consents and the first mails, all or nothing.
///
/// An address that has an account gets the same answer: its owner is told by mail, and who typed the right password is
/// signed in (a form sent twice). Each way costs one argon2 computation.
pub async fn sign_up(visitor: &Visitor, deps: &Deps, new: SignUp) -> Result<NewSession> {
    arrive(visitor, deps, new, None).await
}

/// The same for somebody who was invited: the registration may be closed to everybody else, and a code that was mailed proves
/// the address. Whoever signs up with another address than the invited one does so without an invitation. Coming in is a step
/// of its own, see [`crate::people::accept`]: the account stays when there is no seat.
pub async fn sign_up_invited(visitor: &Visitor, deps: &Deps, new: SignUp, code: &str) -> Result<NewSession> {
    arrive(visitor, deps, new, Some(code)).await
}

async fn arrive(visitor: &Visitor, deps: &Deps, new: SignUp, code: Option<&str>) -> Result<NewSession> {
    throttle::attempt(
        deps,
        Policy::SignUpByAddress,
        &throttle::client(&visitor.request().address),
    )
    .await?;
    let invitation = match code {
        Some(code) => invited(deps, code, &new.email).await?,
        None => None,
    };
    if invitation.is_none() {
        registration::require_open(deps, &new.email).await?;
    }
    password::require_strong(&new.password, &[new.name.as_str(), new.email.as_str()])?;
    // For known and unknown addresses alike: what is typed here is tried against an account as at sign-in.
    throttle::attempt(deps, Policy::SignInByAccount, &new.email.folded()).await?;
    if let Some(known) = account::find(deps, &new.email).await? {
        return for_known(visitor, deps, &known, &new).await;
    }
    let hash = password::hash(&new.password).await?;
    match create(visitor, deps, &new, &hash, invitation).await {
        Ok(session) => {
            throttle::clear(deps, Policy::SignInByAccount, &new.email.folded()).await?;
            Ok(session)
        }
        Err(Error::Database(sqlx::Error::Database(taken))) if taken.constraint() == Some("users_email_key") => {
            // Gone again already: who asks once more is told how it stands.
            let known = account::find(deps, &new.email)
                .await?
                .ok_or(contract::Error::Conflict)?;
            for_known(visitor, deps, &known, &new).await
        }
        Err(other) => Err(other),
    }
}

/// A sign-in, for who knows the password. Whoever else gets an answer that looks the same, and the owner a mail, if they may
/// come in by it.
async fn for_known(visitor: &Visitor, deps: &Deps, known: &Account, new: &SignUp) -> Result<NewSession> {
    if let Some(session) = account::try_password(visitor, deps, &new.email, Some(known), new.password.expose()).await? {
        return Ok(session);
    }
    let mut transaction = deps.begin_for_visitor().await?;
    account::record_failure(&mut transaction, visitor, deps, Method::Password).await?;
    if (known.active || known.paused) && may_be_told(deps, &new.email).await? {
        mail::enqueue(&mut transaction, &Mail::AccountExists { user: known.user }).await?;
    }
    transaction.commit().await?;
    Ok(NewSession::decoy(deps))
}

/// As often as links are mailed. Whoever signs up is not told: it would tell that there is an account.
async fn may_be_told(deps: &Deps, email: &EmailAddress) -> Result<bool> {
    let subject = format!("account_exists:{}", email.folded());
    match throttle::attempt(deps, Policy::MailedLinkByAccount, &subject).await {
        Ok(()) => Ok(true),
        Err(Error::Refused(contract::Error::Throttled { .. })) => Ok(false),
        Err(other) => Err(other),
    }
}

async fn create(
    visitor: &Visitor,
    deps: &Deps,
    new: &SignUp,
    hash: &str,
    invitation: Option<Proof>,
) -> Result<NewSession> {
    let proven = invitation == Some(Proof::Address);
    let user: UserId = deps.id();
    let now = deps.now();
    let mut transaction = deps.database.begin_for_user(user, Mode::Writing).await?;
    sqlx::query!(
        "insert into users (id, email, name, created_at, updated_at, email_verified_at) \
         values ($1, $2::text::citext, $3, $4, $4, $5)",
        user.0,
        new.email.as_str(),
        new.name.as_str(),
        now,
        proven.then_some(now),
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into user_accounts (user_id, provider, subject, password_hash, created_at, updated_at) \
         values ($1, 'password', $2, $3, $4, $4)",
        user.0,
        user.to_string(),
        hash,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    consents::accept(&mut transaction, visitor, deps, user).await?;
    let session = session::start(&mut transaction, deps, user, visitor.request(), Method::SignUp, None).await?;
    // Whoever was invited has no organization to begin.
    if invitation.is_none() {
        mail::enqueue(&mut transaction, &Mail::Welcome { user }).await?;
    }
    if !proven {
        mail::enqueue(&mut transaction, &Mail::VerifyEmail { user }).await?;
    }
    visitor
        .audit(Action::UserSignedUp)
        .actor(user)
        .subject(user.0)
        .after(
            json!({ "name": new.name, "email": new.email, "email_verified": proven, "invited": invitation.is_some() }),
        )
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(session)
}

#[cfg(test)]
mod invited_tests;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use contract::FieldCode;

    use super::*;
    use crate::{
        RegistrationGates,
        actor::{RequestInfo, UserActor},
        testing::{PASSWORD, TestDatabase, deps, new_person, request, visitor},
    };

    #[tokio::test]
    async fn makes_a_person_once_however_often_the_form_is_sent() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sent = (0..8).map(|_| {
            let deps = deps.clone();
            tokio::spawn(async move { sign_up(&visitor(), &deps, new_person("ann")).await })
        });
        for session in sent.collect::<Vec<_>>() {
            let session = session.await.unwrap().unwrap();
            let signed_in = UserActor::authenticate(&deps, session.token.expose(), request())
                .await
                .unwrap();
            assert!(signed_in.is_some(), "every one of them is signed in");
        }
        assert_eq!(database.count("users").await, 1);
        assert_eq!(database.count("user_accounts").await, 1);
        assert_eq!(database.count("user_privacy_consents").await, 2);
        assert_eq!(database.count("audit_log where action = 'user.signed_up'").await, 1);
    }

    #[tokio::test]
    async fn a_stranger_learns_nothing_of_an_account_and_its_owner_hears_of_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        sign_up(&visitor(), &deps, new_person("ann")).await.unwrap();
        let stranger = SignUp {
            password: Password::parse("another quite long pass phrase").unwrap(),
            ..new_person("ann")
        };
        let session = sign_up(&visitor(), &deps, stranger).await.unwrap();
        let signed_in = UserActor::authenticate(&deps, session.token.expose(), request())
            .await
            .unwrap();
        assert!(signed_in.is_none());
        assert_eq!(database.count(&mails("AccountExists")).await, 1);
        assert_eq!(
            database.count("audit_log where action = 'user.sign_in_failed'").await,
            1,
            "as if it had been tried at the sign-in"
        );
        assert_eq!(database.count(GUESSES).await, 1);
    }

    fn mails(kind: &str) -> String {
        format!("graphile_worker._private_jobs where payload::text like '%{kind}%'")
    }

    const GUESSES: &str = "rate_limits where policy = 'sign_in_by_account'";

    #[tokio::test]
    async fn who_knows_the_password_signs_in_by_it_as_at_the_sign_in() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        sign_up(&visitor(), &deps, new_person("ann")).await.unwrap();
        assert_eq!(
            database.count(GUESSES).await,
            0,
            "an account that was made forgets the attempt"
        );
        let stranger = SignUp {
            password: Password::parse("another quite long pass phrase").unwrap(),
            ..new_person("ann")
        };
        sign_up(&visitor(), &deps, stranger).await.unwrap();
        assert_eq!(database.count(GUESSES).await, 1);
        let phone = Visitor::new(RequestInfo {
            user_agent: "phone".to_owned(),
            ..request()
        });
        let session = sign_up(&phone, &deps, new_person("ann")).await.unwrap();
        let signed_in = UserActor::authenticate(&deps, session.token.expose(), request())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(database.count(GUESSES).await, 0);
        assert_eq!(database.count("audit_log where action = 'user.signed_in'").await, 1);
        let told = format!("NewSignIn%{}", signed_in.session());
        assert_eq!(database.count(&mails(&told)).await, 1, "a new device");
        assert_eq!(database.count(&mails("AccountExists")).await, 1, "of the stranger only");
    }

    #[tokio::test]
    async fn who_may_not_come_in_is_answered_like_anybody_and_mailed_nothing() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        sign_up(&visitor(), &deps, new_person("ann")).await.unwrap();
        let before = database.count("graphile_worker._private_jobs").await;
        let typed = |password: &str| SignUp {
            password: Password::parse(password).unwrap(),
            ..new_person("ann")
        };
        sqlx::query("update users set status = 'suspended'")
            .execute(database.owner())
            .await
            .unwrap();
        for password in [PASSWORD, "another quite long pass phrase"] {
            sign_up(&visitor(), &deps, typed(password)).await.unwrap();
        }
        assert_eq!(database.count("user_sessions").await, 1, "the one of the sign-up");
        assert_eq!(database.count("graphile_worker._private_jobs").await, before);
        assert_eq!(
            database.count("audit_log where action = 'user.sign_in_failed'").await,
            2
        );
        // Who has paused the account may come in, and is told how.
        sqlx::query("update users set status = 'deactivated'")
            .execute(database.owner())
            .await
            .unwrap();
        assert!(!sign_up(&visitor(), &deps, typed(PASSWORD)).await.unwrap().signs_in());
        assert_eq!(database.count("graphile_worker._private_jobs").await, before);
        let guessed = sign_up(&visitor(), &deps, typed("another quite long pass phrase")).await;
        assert!(guessed.unwrap().signs_in());
        assert_eq!(database.count("graphile_worker._private_jobs").await, before + 1);
        assert_eq!(database.count("user_sessions").await, 1);
    }

    #[tokio::test]
    async fn an_owner_is_told_three_times_and_a_stranger_gets_the_same_answer_after_that() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        sign_up(&visitor(), &deps, new_person("ann")).await.unwrap();
        let mut told = 0;
        for _ in 0..5 {
            let stranger = SignUp {
                password: Password::parse("another quite long pass phrase").unwrap(),
                ..new_person("ann")
            };
            sign_up(&visitor(), &deps, stranger).await.unwrap();
            let sent =
                sqlx::query("delete from graphile_worker._private_jobs where payload::text like '%AccountExists%'")
                    .execute(database.owner())
                    .await
                    .unwrap();
            told += sent.rows_affected();
        }
        assert_eq!(told, 3);
        let email = new_person("ann").email;
        crate::identity::magic_link::request(&visitor(), &deps, email, None)
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn a_password_that_is_guessed_first_is_refused() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        for weak in ["password123", "ann@example.test"] {
            let new = SignUp {
                password: Password::parse(weak).unwrap(),
                ..new_person("ann")
            };
            let refused = contract::Error::from(sign_up(&visitor(), &deps, new).await.unwrap_err());
            assert_eq!(
                refused,
                contract::Error::field("password", FieldCode::Guessable),
                "{weak}"
            );
        }
        assert_eq!(database.count("users").await, 0);
    }

    #[tokio::test]
    async fn where_a_code_is_needed_only_listed_addresses_sign_up() {
        let database = TestDatabase::new().await;
        let gates = RegistrationGates {
            invite_code_required: true,
            allowed_emails: vec![EmailAddress::parse("tester@example.test").unwrap()],
            ..RegistrationGates::default()
        };
        let deps = Deps {
            registration: Arc::new(gates),
            ..deps(&database)
        };
        let config = registration::public_config(&deps).await;
        assert!(config.self_serve_enabled && config.invite_code_required);
        let refused = sign_up(&visitor(), &deps, new_person("ann")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::RegistrationClosed);
        assert_eq!(database.count("users").await, 0);
        sign_up(&visitor(), &deps, new_person("tester")).await.unwrap();
    }

    #[tokio::test]
    async fn a_closed_registration_lets_the_testers_in() {
        let database = TestDatabase::new().await;
        let gates = RegistrationGates {
            self_serve: false,
            allowed_emails: vec![EmailAddress::parse("TESTER@example.test").unwrap()],
            ..RegistrationGates::default()
        };
        let deps = Deps {
            registration: Arc::new(gates),
            ..deps(&database)
        };
        let refused = sign_up(&visitor(), &deps, new_person("ann")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::RegistrationClosed);
        sign_up(&visitor(), &deps, new_person("tester")).await.unwrap();
    }
}
