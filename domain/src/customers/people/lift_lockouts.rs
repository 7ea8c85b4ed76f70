//! Letting somebody try again at once who would have to wait.

use contract::{ids::UserId, staff::StaffRight};
use serde_json::json;

use super::{hold::hold, lockouts::counted};
use crate::{Deps, Result, actor::StaffActor, audit::Action, throttle};

/// Everything that was counted of them is forgotten; what was counted of their client's address stays, since others share it.
pub async fn lift_lockouts(staff: &StaffActor, deps: &Deps, user: UserId) -> Result<()> {
    staff.require(StaffRight::UsersManage)?;
    let mut transaction = staff.begin(deps).await?;
    let held = hold(&mut transaction, staff, user).await?;
    let forgotten = throttle::forget(&mut transaction, &counted(user, &held.email)).await?;
    if forgotten == 0 {
        transaction.rollback().await?;
        return Ok(());
    }
    staff
        .audit(Action::UserLockoutLifted)
        .subject(user.0)
        .after(json!({ "counters": forgotten }))
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
        customers::people::get::get,
        identity::{
            second_factor::{
                sign_in::complete,
                testing::{enrol, half, verified},
            },
            sign_in::sign_in,
        },
        testing::{PASSWORD, TestDatabase, clock_and_deps, deps, person, staff, visitor},
        throttle::Policy,
    };

    #[tokio::test]
    async fn who_guessed_too_often_comes_in_at_once_and_nobody_elses_guesses_are_forgotten() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let email = |name: &str| EmailAddress::parse(&format!("{name}@example.test")).unwrap();
        for name in ["ann", "bob"] {
            for _ in 0..10 {
                let wrong = sign_in(&visitor(), &deps, email(name), "wrong".to_owned()).await;
                assert!(wrong.is_err());
            }
        }
        let locked = get(&sue, &deps, ann.id()).await.unwrap().lockouts;
        assert!(locked.len() == 1 && locked[0].until.is_some(), "{locked:?}");
        sqlx::query("delete from rate_limits where policy = 'sign_in_by_address'")
            .execute(database.owner())
            .await
            .unwrap();
        lift_lockouts(&sue, &deps, ann.id()).await.unwrap();
        sign_in(&visitor(), &deps, email("ann"), PASSWORD.to_owned())
            .await
            .unwrap();
        let waits = sign_in(&visitor(), &deps, email("bob"), PASSWORD.to_owned())
            .await
            .unwrap_err();
        assert!(matches!(Error::from(waits), Error::Throttled { .. }));
        assert_eq!(get(&sue, &deps, bob.id()).await.unwrap().lockouts.len(), 1);
        assert_eq!(
            database.count("audit_log where action = 'user.lockout_lifted'").await,
            1
        );
    }

    #[tokio::test]
    async fn who_typed_wrong_codes_too_often_comes_in_at_once_with_the_right_one() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = verified(&database, &deps, "ann").await;
        let kit = enrol(&deps, &ann).await;
        // The code that confirmed the app is used up.
        clock.advance(TimeDelta::seconds(30));
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let waits = async || {
            let lockouts = get(&sue, &deps, ann.id()).await.unwrap().lockouts;
            lockouts
                .iter()
                .any(|one| one.policy == Policy::SecondFactorByPerson && one.until.is_some())
        };
        for _ in 0..2 {
            let begun = half(&deps, "ann").await;
            for _ in 0..5 {
                let wrong = complete(&visitor(), &deps, begun.token.expose(), "000000").await;
                assert!(wrong.is_err());
            }
        }
        assert!(waits().await, "and staff read it");
        let begun = half(&deps, "ann").await;
        let refused = complete(&visitor(), &deps, begun.token.expose(), &kit.shown(&deps))
            .await
            .unwrap_err();
        assert!(matches!(Error::from(refused), Error::Throttled { .. }));
        lift_lockouts(&sue, &deps, ann.id()).await.unwrap();
        assert!(!waits().await);
        complete(&visitor(), &deps, begun.token.expose(), &kit.shown(&deps))
            .await
            .unwrap();
    }
}
