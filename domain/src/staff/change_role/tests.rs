use contract::{
    Error,
    support::SupportArea,
    text::{VisitReason, VisitTicket},
};
use tokio::task::JoinHandle;

use super::*;
use crate::{
    actor::{OrgActor, UserActor},
    staff::end::end,
    support_sessions::request::request,
    testing::{
        self, TestDatabase, ask_support, clock_and_deps, deps, organization, person, refused, staff, staff_session,
        support_asked, visit,
    },
    visits::begin::{NewVisit, begin},
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
    let come = async || {
        UserActor::authenticate(&deps, &token, testing::request())
            .await
            .unwrap()
    };
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

/// Whose role is taken, by whom, and where they help.
struct House {
    database: TestDatabase,
    deps: Deps,
    acme: OrgActor,
    sue: StaffActor,
    tom: StaffActor,
}

impl House {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let tom = staff(&database, &deps, "tom", StaffRole::Support).await;
        Self {
            database,
            deps,
            acme,
            sue,
            tom,
        }
    }

    /// Another role, with which nobody is let in anywhere.
    fn take(&self) -> JoinHandle<Result<()>> {
        let (sue, deps, tom) = (self.sue.clone(), self.deps.clone(), self.tom.id());
        tokio::spawn(async move { change_role(&sue, &deps, tom, StaffRole::Auditor).await })
    }

    /// Until so many wait for somebody's lock, of whom this one is.
    async fn until_waiting<T>(&self, many: i64, one: &JoinHandle<T>) {
        while self.database.waiting().await < many {
            assert!(!one.is_finished(), "it waits");
            tokio::task::yield_now().await;
        }
    }
}

/// An owner answers what was asked, and goes on to the chain of the organization: who takes the role waits without it.
#[tokio::test]
async fn who_waits_for_what_an_owner_ends_holds_no_chain_of_theirs() {
    let house = House::new().await;
    let House {
        database,
        deps,
        acme,
        tom,
        ..
    } = &house;
    let tenant = acme.tenant().id;
    let asked = support_asked(deps, tom, tenant, &ask_support(&[SupportArea::Work], false)).await;
    visit(deps, tom, acme).await;
    let mut held = database.owner().begin().await.unwrap();
    sqlx::query("select from support_sessions where id = $1 for update")
        .bind(asked.0)
        .execute(&mut *held)
        .await
        .unwrap();
    let taken = house.take();
    house.until_waiting(1, &taken).await;
    sqlx::query("select from audit_chains where tenant_id = $1 for update nowait")
        .bind(tenant.0)
        .execute(&mut *held)
        .await
        .unwrap();
    held.commit().await.unwrap();
    taken.await.unwrap().unwrap();
    for action in ["visit.ended", "support.ended"] {
        for chain in [tenant.0, tom.id().0] {
            let told = format!("audit_log where chain_id = '{chain}' and action = '{action}'");
            assert_eq!(database.count(&told).await, 1, "{told}");
        }
    }
}

/// The role is taken, and nobody else can see it yet.
#[tokio::test]
async fn who_begins_a_visit_or_asks_to_be_let_in_while_the_role_is_taken_is_kept_out() {
    for visiting in [true, false] {
        let house = House::new().await;
        let House {
            database,
            deps,
            acme,
            sue,
            tom,
        } = &house;
        change_role(sue, deps, tom.id(), StaffRole::Superadmin).await.unwrap();
        // The last that is written: the chain of who decides.
        let mut held = database.owner().begin().await.unwrap();
        sqlx::query("select from audit_chains where chain_id = $1 for update")
            .bind(sue.id().0)
            .execute(&mut *held)
            .await
            .unwrap();
        let taken = house.take();
        house.until_waiting(1, &taken).await;
        let new = NewVisit {
            tenant: acme.tenant().id,
            subject: acme.user().id(),
            reason: VisitReason::parse("They cannot find their project").unwrap(),
            ticket: VisitTicket::parse("").unwrap(),
        };
        let let_in = {
            let (tom, deps) = (tom.clone(), deps.clone());
            tokio::spawn(async move {
                if visiting {
                    begin(&tom, &deps, new).await.map(|_| ())
                } else {
                    let asked = ask_support(&[SupportArea::Work], false);
                    request(&tom, &deps, new.tenant, &asked).await.map(|_| ())
                }
            })
        };
        house.until_waiting(2, &let_in).await;
        held.commit().await.unwrap();
        taken.await.unwrap().unwrap();
        assert_eq!(refused(let_in.await.unwrap()), Error::Forbidden, "{visiting}");
        for kept in ["platform_impersonation_sessions", "support_sessions"] {
            assert_eq!(database.count(kept).await, 0, "{kept}");
        }
    }
}
