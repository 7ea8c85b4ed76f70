//! Locking somebody out of everything.

use contract::{customers::AccountStatus, ids::UserId, text::SuspensionReason};
use serde_json::json;

use super::hold::{hold, require_care};
use crate::{Deps, Result, actor::StaffActor, audit::Action, identity};

/// Every device is signed out, and no way in is left: password, mailed links, and what signs in later. Nobody else is touched;
/// an organization may be left with nobody who can decide in it. Needs a second factor that was proven a moment ago. Locked
/// already is no error.
pub async fn suspend(staff: &StaffActor, deps: &Deps, user: UserId, reason: SuspensionReason) -> Result<()> {
    require_care(staff, deps)?;
    let mut transaction = staff.begin(deps).await?;
    let held = hold(&mut transaction, staff, user).await?;
    if held.status == AccountStatus::Suspended {
        transaction.rollback().await?;
        return Ok(());
    }
    sqlx::query!(
        "update users set status = 'suspended', updated_at = $2 where id = $1",
        user.0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into platform_user_suspensions (id, user_id, reason, was_paused, suspended_by, suspended_at) \
         values ($1, $2, $3, $4, $5, $6)",
        deps.id::<uuid::Uuid>(),
        user.0,
        reason.as_str(),
        held.status == AccountStatus::Deactivated,
        staff.id().0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    identity::shut_out(&mut transaction, user).await?;
    staff
        .audit(Action::UserSuspended)
        .subject(user.0)
        .after(json!({ "reason": reason.as_str() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{Error, email::EmailAddress, staff::StaffRole};

    use super::*;
    use crate::{
        actor::{FRESH_FACTOR, UserActor},
        customers::people::{force_reset::force_reset, get::get, reinstate::reinstate},
        identity::sign_in::sign_in,
        testing::{PASSWORD, TestDatabase, clock_and_deps, deps, person, request, staff, visitor},
    };

    fn reason() -> SuspensionReason {
        SuspensionReason::parse("Pays with stolen cards").unwrap()
    }

    fn ann_at_example() -> EmailAddress {
        EmailAddress::parse("ann@example.test").unwrap()
    }

    #[tokio::test]
    async fn out_at_once_and_in_again_with_the_same_password() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let session = sign_in_new(&deps).await;
        let ann = UserActor::authenticate(&deps, &session, request())
            .await
            .unwrap()
            .unwrap();
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        suspend(&sue, &deps, ann.id(), reason()).await.unwrap();
        suspend(&sue, &deps, ann.id(), reason()).await.unwrap();
        assert!(
            UserActor::authenticate(&deps, &session, request())
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            sign_in(&visitor(), &deps, ann_at_example(), PASSWORD.to_owned())
                .await
                .is_err()
        );
        let shown = get(&sue, &deps, ann.id()).await.unwrap();
        assert_eq!(shown.suspension.unwrap().reason, "Pays with stolen cards");
        assert_eq!(database.count("audit_log where action = 'user.suspended'").await, 1);
        reinstate(&sue, &deps, ann.id()).await.unwrap();
        reinstate(&sue, &deps, ann.id()).await.unwrap();
        sign_in(&visitor(), &deps, ann_at_example(), PASSWORD.to_owned())
            .await
            .unwrap();
        assert_eq!(database.count("audit_log where action = 'user.reinstated'").await, 1);
        assert_eq!(get(&sue, &deps, ann.id()).await.unwrap().suspension, None);
    }

    async fn sign_in_new(deps: &Deps) -> String {
        let session = crate::identity::sign_up::sign_up(&visitor(), deps, crate::testing::new_person("ann"))
            .await
            .unwrap();
        session.token.expose().to_owned()
    }

    #[tokio::test]
    async fn of_two_who_do_it_to_each_other_one_is_left() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let sam = staff(&database, &deps, "sam", StaffRole::Superadmin).await;
        let (first, second) = tokio::join!(
            suspend(&sue, &deps, sam.id(), reason()),
            suspend(&sam, &deps, sue.id(), reason())
        );
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let refused = first.and(second).unwrap_err();
        assert_eq!(Error::from(refused), Error::NotFound);
        assert_eq!(database.count("users where status = 'suspended'").await, 1);
    }

    #[tokio::test]
    async fn what_was_paused_is_paused_again() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        sqlx::query("update users set status = 'deactivated' where name = 'ann'")
            .execute(database.owner())
            .await
            .unwrap();
        suspend(&sue, &deps, ann.id(), reason()).await.unwrap();
        reinstate(&sue, &deps, ann.id()).await.unwrap();
        assert_eq!(
            database
                .count("users where name = 'ann' and status = 'deactivated'")
                .await,
            1
        );
    }

    #[tokio::test]
    async fn needs_a_factor_proven_a_moment_ago_and_the_right() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let aud = staff(&database, &deps, "aud", StaffRole::Auditor).await;
        let refused = async |by: &StaffActor| {
            [
                suspend(by, &deps, ann.id(), reason()).await,
                reinstate(by, &deps, ann.id()).await,
                force_reset(by, &deps, ann.id()).await,
            ]
            .map(|refused| Error::from(refused.unwrap_err()))
        };
        assert_eq!(
            refused(&aud).await,
            [Error::Forbidden, Error::Forbidden, Error::Forbidden]
        );
        clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
        let stale = Error::SecondFactorRequired;
        assert_eq!(refused(&sue).await, [stale.clone(), stale.clone(), stale]);
    }

    #[tokio::test]
    async fn support_locks_no_staff_out_and_nobody_themselves() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let tom = staff(&database, &deps, "tom", StaffRole::Superadmin).await;
        for (by, of) in [(&sue, tom.id()), (&sue, sue.id()), (&tom, tom.id())] {
            for refused in [suspend(by, &deps, of, reason()).await, force_reset(by, &deps, of).await] {
                assert_eq!(Error::from(refused.unwrap_err()), Error::Forbidden);
            }
        }
        suspend(&tom, &deps, sue.id(), reason()).await.unwrap();
    }
}
