//! What ends a support session, and who hears of it.

use chrono::TimeDelta;
use contract::{staff::StaffRole, support::SupportState};

use super::{
    super::{access, close, present, settle::settle},
    READS, state,
};
use crate::{
    actor::StaffActor,
    audit::verify::{Verdict, verify},
    staff as house,
    testing::{
        TestDatabase, ask_support, clock_and_deps, comes, deps, inside, organization, person, staff, staff_session,
        support_asked, support_inside,
    },
};

#[tokio::test]
async fn time_ends_it_and_both_sides_hear_of_it_once_and_forget_the_secret() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let (session, _) = support_inside(&deps, &sue, &acme, &ask_support(&READS, false)).await;
    let there = present::present(&acme, &deps).await.unwrap();
    assert_eq!(there[0].operator_name, "sue");
    clock.advance(TimeDelta::hours(4));
    assert_eq!(present::present(&acme, &deps).await.unwrap(), []);
    for _ in 0..2 {
        settle(&database.platform(), &deps).await.unwrap();
    }
    let found = access::get(&acme, &deps, session).await.unwrap().session;
    assert_eq!((found.state, found.ended), (SupportState::Expired, found.expires));
    for chain in [acme.tenant().id.0, sue.id().0] {
        for action in ["support.requested", "support.begun", "support.ended"] {
            let told = format!("audit_log where chain_id = '{chain}' and action = '{action}'");
            assert_eq!(database.count(&told).await, 1, "{told}");
        }
    }
    for news in ["asked", "entered", "left"] {
        let mails = format!("graphile_worker._private_jobs where key like 'mail:support_{news}%'");
        assert_eq!(database.count(&mails).await, 1, "{news}");
    }
    let verdict = verify(database.owner()).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
}

#[tokio::test]
async fn what_an_organization_ends_is_recorded_on_the_other_side_by_the_job() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let (session, _) = support_inside(&deps, &sue, &acme, &ask_support(&READS, false)).await;
    for _ in 0..2 {
        close::by_customer(&acme, &deps, session).await.unwrap();
    }
    let own = format!("audit_log where chain_id = '{}' and action = 'support.ended'", sue.id());
    assert_eq!(
        database.count(&own).await,
        0,
        "nothing of an organization reaches there"
    );
    for _ in 0..2 {
        settle(&database.platform(), &deps).await.unwrap();
    }
    assert_eq!(database.count(&own).await, 1);
    let inside_it = format!(
        "audit_log where tenant_id = '{}' and action = 'support.ended'",
        acme.tenant().id
    );
    assert_eq!(database.count(&inside_it).await, 1);
    let found = access::get(&acme, &deps, session).await.unwrap().session;
    assert_eq!(
        (found.state, found.ended_by.as_deref()),
        (SupportState::EndedByCustomer, Some("ann"))
    );
}

#[tokio::test]
async fn what_may_not_go_on_is_revoked() {
    for gone in [
        "update platform_role_assignments set revoked_at = granted_at",
        "update tenant_members set status = 'suspended'",
        "update users set status = 'suspended' where name = 'ann'",
        "update tenants set status = 'deleting', purge_after = now() + interval '30 days'",
    ] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
        let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
        let (_, secret) = support_inside(&deps, &sue, &acme, &ask_support(&READS, true)).await;
        sqlx::query(gone).execute(database.owner()).await.unwrap();
        let next = inside(&deps, &session, &secret, "acme").await;
        assert!(next.ok().flatten().is_none(), "{gone}");
        settle(&database.platform(), &deps).await.unwrap();
        assert_eq!(
            database.count("support_sessions where state = 'revoked'").await,
            1,
            "{gone}"
        );
    }
}

#[tokio::test]
async fn who_may_be_let_in_nowhere_any_more_is_out_in_the_moment_of_it() {
    for ended in [false, true] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let other = organization(&deps, &person(&deps, "bob").await, "other").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let tom = staff(&database, &deps, "tom", StaffRole::Support).await;
        let (id, _) = support_inside(&deps, &tom, &acme, &ask_support(&READS, true)).await;
        let asked = support_asked(&deps, &tom, other.tenant().id, &ask_support(&READS, false)).await;
        if ended {
            house::end::end(&sue, &deps, tom.id()).await.unwrap();
        } else {
            house::change_role::change_role(&sue, &deps, tom.id(), StaffRole::Billing)
                .await
                .unwrap();
        }
        assert_eq!(state(&acme, &deps, id).await, SupportState::Revoked);
        assert_eq!(state(&other, &deps, asked).await, SupportState::Revoked);
        assert_eq!(present::present(&acme, &deps).await.unwrap(), []);
        for (chain, ends) in [(acme.tenant().id.0, 1), (other.tenant().id.0, 1), (tom.id().0, 2)] {
            let told = format!("audit_log where chain_id = '{chain}' and action = 'support.ended'");
            assert_eq!(database.count(&told).await, ends, "{told}");
        }
        settle(&database.platform(), &deps).await.unwrap();
        let verdict = verify(database.owner()).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
    }
}
