//! Making an account.

use contract::{email::EmailAddress, ids::UserId, password::Password, text::PersonName};
use serde_json::json;
use uuid::Uuid;

use super::{
    NewSession,
    password::{self, Verdict},
    registration,
    session::{self, Method},
};
use crate::{
    Deps, Error, Result,
    actor::Visitor,
    audit::Action,
    mail::{self, Mail},
    throttle::{self, Policy},
};

/// What a person gives to get an account. Giving it accepts the terms and the privacy notice.
#[derive(Debug, Clone)]
pub struct SignUp {
    pub name: PersonName,
    pub email: EmailAddress,
    pub password: Password,
}

/// The version of the documents that are accepted.
const DOCUMENTS: &str = "2026-11";

/// Person, account, session, consents and the first mails, all or nothing.
///
/// An address that has an account gets the same answer: its owner is told by mail, and who typed the right password is
/// signed in (a form sent twice). Each way costs one argon2 computation.
pub async fn sign_up(visitor: &Visitor, deps: &Deps, new: SignUp) -> Result<NewSession> {
    throttle::attempt(
        deps,
        Policy::SignUpByAddress,
        &throttle::client(&visitor.request().address),
    )
    .await?;
    registration::require_open(deps, &new.email)?;
    password::require_strong(&new.password, &[new.name.as_str(), new.email.as_str()])?;
    // For known and unknown addresses alike: what is typed here is tried against an account as at sign-in.
    throttle::attempt(deps, Policy::SignInByAccount, &new.email.folded()).await?;
    if let Some(known) = find(deps, &new.email).await? {
        return for_known(visitor, deps, known, &new).await;
    }
    let hash = password::hash(&new.password).await?;
    match create(visitor, deps, &new, &hash).await {
        Ok(session) => {
            throttle::clear(deps, Policy::SignInByAccount, &new.email.folded()).await?;
            Ok(session)
        }
        Err(Error::Database(sqlx::Error::Database(taken))) if taken.constraint() == Some("users_email_key") => {
            let known = find(deps, &new.email)
                .await?
                .ok_or_else(|| Error::fault("an account vanished"))?;
            for_known(visitor, deps, known, &new).await
        }
        Err(other) => Err(other),
    }
}

struct Known {
    user: UserId,
    password_hash: Option<String>,
}

async fn find(deps: &Deps, email: &EmailAddress) -> Result<Option<Known>> {
    let row = sqlx::query!(
        r#"select u.id, a.password_hash as "password_hash?" from users u
        left join user_accounts a on a.user_id = u.id and a.provider = 'password'
        where u.email = $1::text::citext and u.deleted_at is null and u.status = 'active'"#,
        email.as_str(),
    )
    .fetch_optional(deps.database.global())
    .await?;
    Ok(row.map(|row| Known {
        user: row.id.into(),
        password_hash: row.password_hash,
    }))
}

async fn for_known(visitor: &Visitor, deps: &Deps, known: Known, new: &SignUp) -> Result<NewSession> {
    let verdict = password::verify(new.password.expose(), known.password_hash).await?;
    let mut transaction = deps.database.begin_for_user(known.user).await?;
    if verdict == Verdict::Wrong {
        mail::enqueue(&mut transaction, &Mail::AccountExists { user: known.user }).await?;
        transaction.commit().await?;
        return Ok(NewSession::decoy(deps));
    }
    let session = session::start(&mut transaction, deps, known.user, visitor.request(), Method::Password).await?;
    transaction.commit().await?;
    throttle::clear(deps, Policy::SignInByAccount, &new.email.folded()).await?;
    Ok(session)
}

async fn create(visitor: &Visitor, deps: &Deps, new: &SignUp, hash: &str) -> Result<NewSession> {
    let user: UserId = deps.id();
    let now = deps.now();
    let mut transaction = deps.database.begin_for_user(user).await?;
    sqlx::query!(
        "insert into users (id, email, name, created_at, updated_at) values ($1, $2::text::citext, $3, $4, $4)",
        user.0,
        new.email.as_str(),
        new.name.as_str(),
        now,
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
    for document in ["terms", "privacy"] {
        sqlx::query!(
            "insert into user_privacy_consents (id, user_id, document, version, granted, address, created_at) \
             values ($1, $2, $3, $4, true, $5, $6)",
            deps.id::<Uuid>(),
            user.0,
            document,
            DOCUMENTS,
            visitor.request().address,
            now,
        )
        .execute(&mut *transaction)
        .await?;
    }
    let session = session::start(&mut transaction, deps, user, visitor.request(), Method::SignUp).await?;
    visitor
        .audit(Action::UserSignedUp)
        .actor(user)
        .subject(user.0)
        .after(json!({ "name": new.name, "email": new.email }))
        .write(&mut transaction, deps)
        .await?;
    mail::enqueue(&mut transaction, &Mail::Welcome { user }).await?;
    mail::enqueue(&mut transaction, &Mail::VerifyEmail { user }).await?;
    transaction.commit().await?;
    Ok(session)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        RegistrationGates,
        actor::UserActor,
        testing::{TestDatabase, deps, new_person, request, visitor},
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
        assert_eq!(
            database
                .count("graphile_worker._private_jobs where payload::text like '%AccountExists%'")
                .await,
            1
        );
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
