//! What ends a visit, and who hears of it.

use chrono::TimeDelta;
use contract::{email::EmailAddress, staff::StaffRole, visits::VisitEnd};

use super::super::{
    access,
    list::{self, Filter},
    revoke,
    settle::settle,
};
use crate::{
    actor::{OrgActor, StaffActor, VISIT_ABSOLUTE},
    audit::verify::{Verdict, verify},
    staff::{self as house, change_role::change_role, terminal},
    testing::{TestDatabase, clock_and_deps, comes, deps, inside, organization, person, staff, staff_session, visit},
};

#[tokio::test]
async fn who_may_visit_no_more_is_out_in_the_moment_of_it() {
    for way in 0..3 {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let tom = staff(&database, &deps, "tom", StaffRole::Support).await;
        visit(&deps, &tom, &acme).await;
        change_role(&sue, &deps, tom.id(), StaffRole::Superadmin).await.unwrap();
        assert_eq!(access::list(&acme, &deps).await.unwrap()[0].end, None, "still may");
        match way {
            0 => change_role(&sue, &deps, tom.id(), StaffRole::Auditor).await.unwrap(),
            1 => house::end::end(&sue, &deps, tom.id()).await.unwrap(),
            _ => {
                let email = EmailAddress::parse("tom@example.test").unwrap();
                let revoked = terminal::revoke(&database.platform(), &deps, &email).await.unwrap();
                assert_eq!(revoked, terminal::Revoked::Done);
            }
        }
        let seen = access::list(&acme, &deps).await.unwrap();
        assert_eq!(seen[0].end, Some(VisitEnd::OperatorGone), "{way}");
        let open = Filter {
            open: Some(true),
            ..Filter::default()
        };
        assert_eq!(list::list(&sue, &deps, &open, None).await.unwrap().visits, [], "{way}");
        for chain in [acme.tenant().id.0, tom.id().0] {
            let told = format!("audit_log where chain_id = '{chain}' and action = 'visit.ended'");
            assert_eq!(database.count(&told).await, 1, "{told}");
        }
        let mails = "graphile_worker._private_jobs where key like 'mail:visit_ended:%'";
        assert_eq!(database.count(mails).await, 1);
        settle(&database.platform(), &deps).await.unwrap();
        let verdict = verify(database.owner()).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
    }
}

#[tokio::test]
async fn an_owner_of_a_suspended_organization_ends_a_visit_all_the_same() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    let acme = organization(&deps, &ann, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let (id, _) = visit(&deps, &sue, &acme).await;
    sqlx::query("update tenants set status = 'suspended'")
        .execute(database.owner())
        .await
        .unwrap();
    let acme = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
    revoke::by_tenant(&acme, &deps, id).await.unwrap();
    let seen = access::list(&acme, &deps).await.unwrap();
    assert_eq!(seen[0].end, Some(VisitEnd::RevokedByTenant));
}

#[tokio::test]
async fn whatever_ends_a_visit_ends_it_at_the_next_request() {
    for (end, undo) in [
        (
            "update platform_role_assignments set revoked_at = granted_at where role = 'support'",
            "update platform_role_assignments set revoked_at = null",
        ),
        (
            "update user_sessions set second_factor_at = null",
            "update user_sessions set second_factor_at = created_at",
        ),
        (
            "update users set status = 'suspended' where name = 'ann'",
            "update users set status = 'active'",
        ),
        (
            "update tenant_members set status = 'suspended'",
            "update tenant_members set status = 'active'",
        ),
        (
            "insert into platform_role_assignments (id, user_id, role, granted_at) select gen_random_uuid(), id, 'auditor', now() from users where name = 'ann'",
            "delete from platform_role_assignments where role = 'auditor'",
        ),
        (
            "update platform_impersonation_sessions set operator_session_id = gen_random_uuid()",
            "",
        ),
        (
            "update platform_impersonation_sessions set ended_at = created_at, end_cause = 'stopped'",
            "",
        ),
    ] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        organization(&deps, acme.user(), "elsewhere").await;
        let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
        let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
        let (_, token) = visit(&deps, &sue, &acme).await;
        let come = async |slug: &str| inside(&deps, &session, &token, slug).await.ok().flatten().is_some();
        assert!(come("acme").await);
        assert!(!come("elsewhere").await, "another organization of the member");
        sqlx::query(end).execute(database.owner()).await.unwrap();
        assert!(!come("acme").await, "{end}");
        if !undo.is_empty() {
            sqlx::query(undo).execute(database.owner()).await.unwrap();
            assert!(come("acme").await, "{undo}");
        }
    }
}

#[tokio::test]
async fn time_ends_a_visit_and_both_sides_and_the_owners_hear_of_it_once() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
    let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
    let (id, token) = visit(&deps, &sue, &acme).await;
    clock.advance(VISIT_ABSOLUTE - TimeDelta::minutes(2));
    settle(&database.platform(), &deps).await.unwrap();
    sqlx::query("update user_sessions set last_seen_at = $1")
        .bind(deps.now())
        .execute(database.owner())
        .await
        .unwrap();
    assert!(inside(&deps, &session, &token, "acme").await.unwrap().is_some());
    clock.advance(TimeDelta::minutes(2));
    assert!(inside(&deps, &session, &token, "acme").await.unwrap().is_none());
    for _ in 0..2 {
        settle(&database.platform(), &deps).await.unwrap();
    }
    let seen = access::list(&acme, &deps).await.unwrap();
    assert_eq!((seen[0].id, seen[0].end), (id, Some(VisitEnd::Expired)));
    assert_eq!(seen[0].ended, Some(seen[0].expires));
    for chain in [acme.tenant().id.0, sue.id().0] {
        for action in ["visit.begun", "visit.ended"] {
            let told = format!("audit_log where chain_id = '{chain}' and action = '{action}'");
            assert_eq!(database.count(&told).await, 1, "{told}");
        }
    }
    let mails = "graphile_worker._private_jobs where key like 'mail:visit_%'";
    assert_eq!(database.count(mails).await, 2);
    let verdict = verify(database.owner()).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
}

#[tokio::test]
async fn a_visit_whose_people_are_gone_is_closed_and_says_so() {
    for (gone, end) in [
        (
            "update platform_role_assignments set revoked_at = granted_at",
            VisitEnd::OperatorGone,
        ),
        (
            "delete from user_sessions where id = (select operator_session_id from platform_impersonation_sessions)",
            VisitEnd::OperatorGone,
        ),
        ("update tenant_members set status = 'suspended'", VisitEnd::SubjectGone),
    ] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
        let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
        visit(&deps, &sue, &acme).await;
        sqlx::query(gone).execute(database.owner()).await.unwrap();
        settle(&database.platform(), &deps).await.unwrap();
        let seen = access::list(&acme, &deps).await.unwrap();
        assert_eq!(seen[0].end, Some(end), "{gone}");
    }
}
