use contract::Error;

use super::*;
use crate::{
    actor::UserActor,
    staff::end::end,
    testing::{TestDatabase, clock_and_deps, deps, request, staff, staff_session},
};

async fn superadmins(database: &TestDatabase) -> i64 {
    database
        .count("platform_role_assignments where role = 'superadmin' and revoked_at is null")
        .await
}

#[tokio::test]
async fn another_role_holds_from_the_next_request_on_and_the_one_before_stays_readable() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    let token = staff_session(&database, &deps, "tom", StaffRole::Support).await;
    let come = async || UserActor::authenticate(&deps, &token, request()).await.unwrap();
    let tom = come().await.unwrap();
    change_role(&sue, &deps, tom.id(), StaffRole::Billing).await.unwrap();
    change_role(&sue, &deps, tom.id(), StaffRole::Billing).await.unwrap();
    assert_eq!(come().await.unwrap().staff(), Some(StaffRole::Billing));
    let before =
        "platform_role_assignments where role = 'support' and revoked_at is not null and revoked_by is not null";
    assert_eq!(database.count(before).await, 1);
    let told = "audit_log where action = 'staff.role_changed' and before ->> 'role' = 'support' and after ->> 'role' = 'billing'";
    assert_eq!(database.count(told).await, 1);
    end(&sue, &deps, tom.id()).await.unwrap();
    assert!(come().await.is_none(), "signed out at once");
    let gone = end(&sue, &deps, tom.id()).await.unwrap_err();
    assert_eq!(Error::from(gone), Error::NotFound);
}

#[tokio::test]
async fn only_a_superadmin_with_a_fresh_factor_decides() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    for role in [StaffRole::Support, StaffRole::Billing, StaffRole::Auditor] {
        let one = staff(&database, &deps, role.key(), role).await;
        for refused in [
            change_role(&one, &deps, one.id(), StaffRole::Superadmin).await,
            end(&one, &deps, sue.id()).await,
        ] {
            assert_eq!(Error::from(refused.unwrap_err()), Error::Forbidden, "{role:?}");
        }
    }
    clock.advance(crate::actor::FRESH_FACTOR + chrono::TimeDelta::seconds(1));
    for refused in [
        change_role(&sue, &deps, sue.id(), StaffRole::Superadmin).await,
        end(&sue, &deps, sue.id()).await,
    ] {
        assert_eq!(Error::from(refused.unwrap_err()), Error::SecondFactorRequired);
    }
}

#[tokio::test]
async fn the_last_superadmin_stays() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    for refused in [
        end(&sue, &deps, sue.id()).await,
        change_role(&sue, &deps, sue.id(), StaffRole::Support).await,
    ] {
        assert_eq!(Error::from(refused.unwrap_err()), Error::LastSuperadmin);
    }
    // One whose account is locked runs nothing.
    let tom = staff(&database, &deps, "tom", StaffRole::Superadmin).await;
    sqlx::query("update users set status = 'suspended' where name = 'tom'")
        .execute(database.owner())
        .await
        .unwrap();
    let refused = end(&sue, &deps, sue.id()).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::LastSuperadmin);
    end(&sue, &deps, tom.id()).await.unwrap();
    assert_eq!(superadmins(&database).await, 1);
}

/// Each ends the other, or steps back, at the same moment: whatever comes first, one is left.
#[tokio::test]
async fn two_superadmins_at_once_leave_one() {
    for oneself in [false, true] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let tom = staff(&database, &deps, "tom", StaffRole::Superadmin).await;
        let mut held = database.owner().begin().await.unwrap();
        sqlx::query("select from platform_role_assignments for update")
            .execute(&mut *held)
            .await
            .unwrap();
        let ended = [(sue.clone(), tom.clone()), (tom, sue)].map(|(who, whom)| {
            let deps = deps.clone();
            let whom = if oneself { who.id() } else { whom.id() };
            tokio::spawn(async move { end(&who, &deps, whom).await.is_ok() })
        });
        while database.waiting().await < 2 {
            tokio::task::yield_now().await;
        }
        held.commit().await.unwrap();
        let mut done = 0;
        for one in ended {
            done += i32::from(one.await.unwrap());
        }
        assert_eq!((done, superadmins(&database).await), (1, 1));
    }
}
