//! Signing somebody out.

use contract::{
    ids::{SessionId, UserId},
    staff::StaffRight,
};
use serde_json::json;

use super::hold::hold;
use crate::{Deps, Result, actor::StaffActor, audit::Action};

/// One device, or all of them, at their next request. Says how many there were; one that is somebody else's, or over, is none.
pub async fn end_sessions(staff: &StaffActor, deps: &Deps, user: UserId, session: Option<SessionId>) -> Result<u64> {
    staff.require(StaffRight::UsersManage)?;
    let mut transaction = staff.begin(deps).await?;
    hold(&mut transaction, staff, user).await?;
    let ended = sqlx::query!(
        "delete from user_sessions where user_id = $1 and ($2::uuid is null or id = $2)",
        user.0,
        session.map(|session| session.0),
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    if ended == 0 {
        transaction.rollback().await?;
        return Ok(0);
    }
    staff
        .audit(Action::UserSessionsEnded)
        .subject(user.0)
        .after(json!({ "session": session, "devices": ended }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use contract::{Error, email::EmailAddress, staff::StaffRole};

    use super::*;
    use crate::{
        identity::sign_in::sign_in,
        testing::{PASSWORD, TestDatabase, deps, person, staff, visitor},
    };

    #[tokio::test]
    async fn one_or_all_of_a_person_and_of_nobody_else() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        for _ in 0..2 {
            let email = EmailAddress::parse("ann@example.test").unwrap();
            sign_in(&visitor(), &deps, email, PASSWORD.to_owned()).await.unwrap();
        }
        let end = async |user, session| end_sessions(&sue, &deps, user, session).await.unwrap();
        assert_eq!(
            end(ann.id(), Some(bob.session())).await,
            0,
            "a session of somebody else"
        );
        assert_eq!(end(ann.id(), Some(ann.session())).await, 1);
        assert_eq!(end(ann.id(), None).await, 2);
        assert_eq!(end(ann.id(), None).await, 0);
        assert_eq!(database.count("user_sessions").await, 2, "bob's and sue's");
        assert_eq!(
            database.count("audit_log where action = 'user.sessions_ended'").await,
            2
        );
    }

    #[tokio::test]
    async fn support_signs_no_staff_out_and_nobody_themselves() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let tom = staff(&database, &deps, "tom", StaffRole::Superadmin).await;
        for (by, of) in [(&sue, tom.id()), (&sue, sue.id()), (&tom, tom.id())] {
            let refused = end_sessions(by, &deps, of, None).await.unwrap_err();
            assert_eq!(Error::from(refused), Error::Forbidden);
        }
        assert_eq!(end_sessions(&tom, &deps, sue.id(), None).await.unwrap(), 1);
    }
}
