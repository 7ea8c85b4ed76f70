//! The account behind an address, and what a typed password does there: at sign-in, and at a sign-up with an address that
//! has an account.

use contract::{
    email::EmailAddress,
    ids::{SessionId, UserId},
    password::Password,
};

use super::{
    NewSession,
    password::{self, Verdict},
    session::{self, Method},
};
use crate::{
    Deps, Result,
    actor::Visitor,
    audit::Action,
    database::{Mode, Transaction},
    mail::{self, Mail},
    metrics,
    throttle::{self, Policy},
};

/// Whose address it is.
#[derive(Debug)]
pub(super) struct Account {
    pub user: UserId,
    /// Neither suspended nor deactivated: may come in.
    pub active: bool,
    /// By its owner, who may take it up again.
    pub paused: bool,
    notify: bool,
    password_hash: Option<String>,
}

pub(super) async fn find(deps: &Deps, email: &EmailAddress) -> Result<Option<Account>> {
    let row = sqlx::query!(
        r#"select u.id, u.status = 'active' as "active!", u.status = 'deactivated' as "paused!", u.notify_new_sign_in, a.password_hash as "password_hash?"
        from users u left join user_accounts a on a.user_id = u.id and a.provider = 'password'
        where u.email = $1::text::citext and u.deleted_at is null"#,
        email.as_str(),
    )
    .fetch_optional(deps.database.global())
    .await?;
    Ok(row.map(|row| Account {
        user: row.id.into(),
        active: row.active,
        paused: row.paused,
        notify: row.notify_new_sign_in,
        password_hash: row.password_hash,
    }))
}

/// Signs in whom the password proves to be the owner, and forgets the attempts at the account. `None`, after the same time,
/// for a wrong password, for an account that may not come in, and for none. A paused one, and one with a second factor, gets no session, see
/// [`super::Admission`].
pub(super) async fn try_password(
    visitor: &Visitor,
    deps: &Deps,
    email: &EmailAddress,
    account: Option<&Account>,
    typed: &str,
) -> Result<Option<NewSession>> {
    let account = account.filter(|account| account.active || account.paused);
    let stored = account.and_then(|account| account.password_hash.clone());
    let verdict = password::verify(typed, stored.clone()).await?;
    let Some(account) = account.filter(|_| verdict != Verdict::Wrong) else {
        return Ok(None);
    };
    let rehashed = match (verdict, Password::parse(typed)) {
        (Verdict::RightButOutdated, Ok(password)) => Some(password::hash(&password).await?),
        _ => None,
    };
    let mut transaction = deps.database.begin_for_user(account.user, Mode::Writing).await?;
    // From here on a new password waits, so that it ends the session that begins here as well.
    let present = sqlx::query_scalar!(
        "select password_hash from user_accounts where user_id = $1 and provider = 'password' for no key update",
        account.user.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .flatten();
    if present != stored && password::verify(typed, present).await? == Verdict::Wrong {
        transaction.rollback().await?;
        return Ok(None);
    }
    if let Some(hash) = rehashed {
        sqlx::query!(
            "update user_accounts set password_hash = $2, updated_at = $3 where user_id = $1 and provider = 'password'",
            account.user.0,
            hash,
            deps.now(),
        )
        .execute(&mut *transaction)
        .await?;
    }
    let session = enter(
        &mut transaction,
        visitor,
        deps,
        account.user,
        Method::Password,
        account.notify,
    )
    .await?;
    transaction.commit().await?;
    throttle::clear(deps, Policy::SignInByAccount, &email.folded()).await?;
    Ok(Some(session))
}

/// The session, the record of it, and word to the owner when the device is new.
pub(super) async fn enter(
    transaction: &mut Transaction,
    visitor: &Visitor,
    deps: &Deps,
    user: UserId,
    method: Method,
    notify: bool,
) -> Result<NewSession> {
    let session = session::admit(transaction, deps, user, visitor.request(), method).await?;
    if session.signs_in() {
        record_arrival(transaction, visitor, deps, user, session.id, method, notify).await?;
    }
    Ok(session)
}

/// The record of a session that has just begun, and word to the owner when the device is new and they want to know.
pub(super) async fn record_arrival(
    transaction: &mut Transaction,
    visitor: &Visitor,
    deps: &Deps,
    user: UserId,
    session: SessionId,
    method: Method,
    notify: bool,
) -> Result<()> {
    let request = visitor.request();
    // By the index audit_log_devices, whose condition this repeats.
    let known_device = sqlx::query_scalar!(
        r#"select exists (
            select from audit_log
            where actor_user_id = $1 and action in ('user.signed_up', 'user.signed_in') and user_agent = $2
        ) as "known!""#,
        user.0,
        request.user_agent,
    )
    .fetch_one(&mut **transaction)
    .await?;
    if notify && !known_device {
        let mail = Mail::NewSignIn {
            user,
            session,
            address: request.address.clone(),
            user_agent: request.user_agent.clone(),
        };
        mail::enqueue(transaction, &mail).await?;
    }
    metrics::sign_in(method.key(), true);
    visitor
        .audit(Action::UserSignedIn)
        .actor(user)
        .subject(user.0)
        .write(transaction, deps)
        .await
}

/// The record of a password, or a passkey, that was wrong. Whose it was not is not kept: an address that was mistyped is nobody's
/// business.
pub(super) async fn record_failure(
    transaction: &mut Transaction,
    visitor: &Visitor,
    deps: &Deps,
    method: Method,
) -> Result<()> {
    metrics::sign_in(method.key(), false);
    visitor.audit(Action::UserSignInFailed).write(transaction, deps).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        identity::sign_in::sign_in,
        testing::{PASSWORD, TestDatabase, deps, person, visitor},
    };

    /// A hash by figures that are not today's.
    fn outdated(password: &str) -> String {
        use argon2::{Argon2, Params, PasswordHasher};

        let params = Params::new(8 * 1024, 1, 1, None).unwrap();
        Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
            .hash_password(password.as_bytes())
            .unwrap()
            .to_string()
    }

    async fn store(database: &TestDatabase, hash: &str) {
        sqlx::query("update user_accounts set password_hash = $1")
            .bind(hash)
            .execute(database.owner())
            .await
            .unwrap();
    }

    fn ann() -> EmailAddress {
        EmailAddress::parse("ann@example.test").unwrap()
    }

    #[tokio::test]
    async fn a_hash_by_figures_of_another_day_is_made_anew() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        person(&deps, "ann").await;
        let old = outdated(PASSWORD);
        store(&database, &old).await;
        let todays = "user_accounts where password_hash like '$argon2id$v=19$m=19456,t=2,p=1$%'";
        sign_in(&visitor(), &deps, ann(), "wrong".to_owned()).await.unwrap_err();
        assert_eq!(database.count(todays).await, 0, "only by who knows the password");
        for _ in 0..2 {
            sign_in(&visitor(), &deps, ann(), PASSWORD.to_owned()).await.unwrap();
            assert_eq!(database.count(todays).await, 1);
        }
    }

    #[tokio::test]
    async fn a_password_that_is_changed_while_it_is_compared_does_not_sign_in() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        person(&deps, "ann").await;
        let mut changing = database.owner().begin().await.unwrap();
        sqlx::query("update user_accounts set password_hash = $1")
            .bind(outdated("an entirely other phrase 99"))
            .execute(&mut *changing)
            .await
            .unwrap();
        let attempt = {
            let deps = deps.clone();
            tokio::spawn(async move { sign_in(&visitor(), &deps, ann(), PASSWORD.to_owned()).await })
        };
        while database.waiting().await == 0 && !attempt.is_finished() {}
        changing.commit().await.unwrap();
        attempt.await.unwrap().unwrap_err();
        assert_eq!(database.count("user_sessions").await, 1, "the one of the sign-up");
    }
}
