//! The devices somebody is signed in on.

use chrono::{DateTime, Utc};
use contract::ids::SessionId;

use crate::{
    Deps, Result,
    actor::{SESSION_IDLE, UserActor},
    audit::Action,
};

#[derive(Debug, Clone)]
pub struct Session {
    pub id: SessionId,
    pub user_agent: String,
    pub address: String,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
}

/// One's own that are alive, the last used first.
pub async fn list(user: &UserActor, deps: &Deps) -> Result<Vec<Session>> {
    let now = deps.now();
    let rows = sqlx::query_as!(
        Session,
        "select id, user_agent, address, created_at, last_seen_at from user_sessions \
         where user_id = $1 and expires_at > $2 and last_seen_at > $3 order by last_seen_at desc, id",
        user.id().0,
        now,
        now - SESSION_IDLE,
    )
    .fetch_all(deps.database.global())
    .await?;
    Ok(rows)
}

/// Signs one device out, at its next request. Somebody else's is not found.
pub async fn revoke(user: &UserActor, deps: &Deps, session: SessionId) -> Result<()> {
    let mut transaction = user.begin(deps).await?;
    let ended = sqlx::query!(
        "delete from user_sessions where id = $1 and user_id = $2",
        session.0,
        user.id().0
    )
    .execute(&mut *transaction)
    .await?;
    if ended.rows_affected() == 0 {
        return Err(contract::Error::NotFound.into());
    }
    user.audit(Action::SessionRevoked)
        .subject(session.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Signs every device out but this one; says how many there were.
pub async fn revoke_others(user: &UserActor, deps: &Deps) -> Result<u64> {
    let mut transaction = user.begin(deps).await?;
    let ended = sqlx::query!(
        "delete from user_sessions where user_id = $1 and id <> $2",
        user.id().0,
        user.session().0
    )
    .execute(&mut *transaction)
    .await?;
    user.audit(Action::SessionRevoked).write(&mut transaction, deps).await?;
    transaction.commit().await?;
    Ok(ended.rows_affected())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::email::EmailAddress;

    use super::*;
    use crate::{
        identity::sign_in::sign_in,
        testing::{PASSWORD, TestDatabase, clock_and_deps, person, request, visitor},
    };

    #[tokio::test]
    async fn a_revoked_device_is_out_at_its_next_request_and_a_strangers_is_not_found() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let bob = person(&deps, "bob").await;
        let email = EmailAddress::parse("ann@example.test").unwrap();
        let second = sign_in(&visitor(), &deps, email, PASSWORD.to_owned()).await.unwrap();
        let phone = UserActor::authenticate(&deps, second.token.expose(), request())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(list(&ann, &deps).await.unwrap().len(), 2);

        let refused = revoke(&bob, &deps, phone.session()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        revoke(&ann, &deps, phone.session()).await.unwrap();
        assert!(
            UserActor::authenticate(&deps, second.token.expose(), request())
                .await
                .unwrap()
                .is_none()
        );
        assert_eq!(list(&ann, &deps).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn every_other_device_of_ones_own_is_signed_out() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        for _ in 0..2 {
            let email = EmailAddress::parse("ann@example.test").unwrap();
            sign_in(&visitor(), &deps, email, PASSWORD.to_owned()).await.unwrap();
        }
        assert_eq!(revoke_others(&ann, &deps).await.unwrap(), 2);
        let left = list(&ann, &deps).await.unwrap();
        assert_eq!(
            left.iter().map(|session| session.id).collect::<Vec<_>>(),
            [ann.session()]
        );
        assert_eq!(list(&bob, &deps).await.unwrap().len(), 1);
        assert_eq!(database.count("audit_log where action = 'session.revoked'").await, 1);
    }

    #[tokio::test]
    async fn a_session_ends_when_it_rests_a_day_or_is_two_weeks_old() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let begin = async |name: &str| {
            crate::identity::sign_up::sign_up(&visitor(), &deps, crate::testing::new_person(name))
                .await
                .unwrap()
        };
        let alive = async |session: &crate::identity::NewSession| {
            UserActor::authenticate(&deps, session.token.expose(), request())
                .await
                .unwrap()
                .is_some()
        };
        let resting = begin("ann").await;
        clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
        assert!(alive(&resting).await);
        clock.advance(TimeDelta::hours(24));
        assert!(!alive(&resting).await);

        let busy = begin("bob").await;
        for _ in 0..14 {
            clock.advance(TimeDelta::hours(23));
            assert!(alive(&busy).await);
        }
        clock.advance(TimeDelta::hours(14) - TimeDelta::seconds(1));
        assert!(alive(&busy).await);
        clock.advance(TimeDelta::seconds(1));
        assert!(!alive(&busy).await, "however busy it was");
    }
}
