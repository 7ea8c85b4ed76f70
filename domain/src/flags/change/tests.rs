use chrono::TimeDelta;
use contract::{Error, flag::FlagReason, staff::StaffRole};

use super::*;
use crate::{
    actor::{FRESH_FACTOR, OrgActor},
    flags::{
        Subject,
        forget::forget,
        get::get,
        list::list,
        override_for::override_for,
        preview::{Preview, preview},
        remove_override::remove_override,
    },
    testing::{TestDatabase, clock_and_deps, deps, organization, person, staff},
};

const FLAG: Flag = Flag::PaletteProjects;

fn rolled(percent: u8) -> State {
    State {
        killed: false,
        rollout: Some(percent),
    }
}

async fn value(deps: &Deps, org: &OrgActor) -> (bool, FlagReason) {
    let value = deps.flags.value(&deps.database, FLAG, &Subject::of(org)).await.unwrap();
    (value.on, value.reason)
}

#[tokio::test]
async fn what_is_said_counts_from_the_most_particular_to_the_most_general() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    assert_eq!(value(&deps, &acme).await, (true, FlagReason::Default));
    change(&sue, &deps, FLAG, 0, rolled(0)).await.unwrap();
    assert_eq!(value(&deps, &acme).await, (false, FlagReason::Rollout { percent: 0 }));
    let say = async |level, whom: &str, on| override_for(&sue, &deps, FLAG, level, whom, on).await.unwrap();
    say(FlagLevel::Plan, &acme.tenant().plan.key, true).await;
    assert_eq!(value(&deps, &acme).await, (true, FlagReason::Plan));
    say(FlagLevel::Tenant, "ACME", false).await;
    assert_eq!(value(&deps, &acme).await, (false, FlagReason::Tenant));
    say(FlagLevel::User, "Ann@example.test", true).await;
    assert_eq!(value(&deps, &acme).await, (true, FlagReason::User));
    let shown = preview(&sue, &deps, FLAG, "acme", "ann@example.test").await.unwrap();
    assert!(
        matches!(shown, Preview::Value(value) if value.reason == FlagReason::User),
        "{shown:?}"
    );
    let shown = preview(&sue, &deps, FLAG, "acme", "").await.unwrap();
    assert!(
        matches!(shown, Preview::Value(value) if value.reason == FlagReason::Tenant),
        "{shown:?}"
    );
    assert_eq!(
        preview(&sue, &deps, FLAG, "nowhere", "").await.unwrap(),
        Preview::NoSuchOrganization
    );
    assert_eq!(
        preview(&sue, &deps, FLAG, "", "x@example.test").await.unwrap(),
        Preview::NoSuchPerson
    );
    let killed = State {
        killed: true,
        rollout: Some(0),
    };
    change(&sue, &deps, FLAG, 1, killed).await.unwrap();
    assert_eq!(value(&deps, &acme).await, (false, FlagReason::KillSwitch));
    change(&sue, &deps, FLAG, 2, State::default()).await.unwrap();
    let user = acme.user().id().to_string();
    remove_override(&sue, &deps, FLAG, FlagLevel::User, &user)
        .await
        .unwrap();
    assert_eq!(value(&deps, &acme).await, (false, FlagReason::Tenant));
    let gone = remove_override(&sue, &deps, FLAG, FlagLevel::User, &user)
        .await
        .unwrap_err();
    assert_eq!(Error::from(gone), Error::NotFound);
    let detail = get(&sue, &deps, FLAG).await.unwrap();
    let mut told: Vec<_> = detail
        .overrides
        .iter()
        .map(|one| (one.level, one.name.as_deref(), one.value))
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            (FlagLevel::Tenant, Some("acme"), false),
            (FlagLevel::Plan, Some("Starter"), true)
        ]
    );
}

#[tokio::test]
async fn every_change_is_written_down_with_what_was_before() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    change(&sue, &deps, FLAG, 0, rolled(25)).await.unwrap();
    change(&sue, &deps, FLAG, 1, rolled(25)).await.unwrap();
    let told =
        "audit_log where action = 'flag.changed' and before ->> 'rollout' is null and after ->> 'rollout' = '25'";
    assert_eq!(database.count(told).await, 1, "the same again is no change");
    override_for(&sue, &deps, FLAG, FlagLevel::Tenant, "acme", false)
        .await
        .unwrap();
    let own = format!(
        "audit_log where action = 'flag.overridden' and tenant_id = '{}' and origin = 'staff'",
        acme.tenant().id
    );
    assert_eq!(database.count(&own).await, 1, "its people read it");
}

#[tokio::test]
async fn who_comes_second_hears_of_it_and_what_cannot_be_said_is_refused() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    change(&sue, &deps, FLAG, 0, rolled(25)).await.unwrap();
    let late = change(&sue, &deps, FLAG, 0, rolled(50)).await.unwrap_err();
    assert_eq!(Error::from(late), Error::Conflict);
    let refused = change(&sue, &deps, Flag::SignUp, 0, rolled(50)).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::field("rollout", FieldCode::Fixed));
    let refused = change(&sue, &deps, FLAG, 1, rolled(101)).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::field("rollout", FieldCode::Malformed));
    let refused = override_for(&sue, &deps, Flag::SignUp, FlagLevel::User, "sue@example.test", false)
        .await
        .unwrap_err();
    assert_eq!(Error::from(refused), Error::field("level", FieldCode::Fixed));
    for role in [StaffRole::Support, StaffRole::Billing, StaffRole::Auditor] {
        let one = staff(&database, &deps, role.key(), role).await;
        list(&one, &deps).await.unwrap();
        let refused = change(&one, &deps, FLAG, 1, State::default()).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
    }
}

#[tokio::test]
async fn the_kill_switch_needs_a_factor_proven_a_moment_ago_and_a_share_does_not() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let stale = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    let fresh = staff(&database, &deps, "sam", StaffRole::Superadmin).await;
    let killed = State {
        killed: true,
        rollout: Some(50),
    };
    let stands = async || get(&fresh, &deps, FLAG).await.unwrap().state;
    change(&stale, &deps, FLAG, 0, rolled(25)).await.unwrap();
    override_for(&stale, &deps, FLAG, FlagLevel::User, "sam@example.test", false)
        .await
        .unwrap();
    let refused = change(&stale, &deps, FLAG, 1, killed).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::SecondFactorRequired);
    assert_eq!(stands().await, rolled(25), "not the share either");
    change(&fresh, &deps, FLAG, 1, killed).await.unwrap();
    let refused = change(&stale, &deps, FLAG, 2, State::default()).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::SecondFactorRequired);
    let smaller = State {
        rollout: Some(10),
        ..killed
    };
    change(&stale, &deps, FLAG, 2, smaller).await.unwrap();
    assert_eq!(stands().await, smaller, "the switch was left alone");
    change(&fresh, &deps, FLAG, 3, State::default()).await.unwrap();
}

/// What was said of a flag under another birth is shown, counts for nothing, and goes when somebody says so.
#[tokio::test]
async fn a_key_that_is_used_again_begins_afresh() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    for former in [("palette.projects", "2020-01-01"), ("old.thing", "2026-11-22")] {
        sqlx::query("insert into feature_flags (key, born, killed, changed_at) values ($1, $2::date, true, now())")
            .bind(former.0)
            .bind(former.1)
            .execute(database.owner())
            .await
            .unwrap();
    }
    sqlx::query(
        "insert into feature_flag_overrides values ('palette.projects', '2020-01-01', 'tenant', $1, false, now(), null)",
    )
    .bind(acme.tenant().id.to_string())
    .execute(database.owner())
    .await
    .unwrap();
    assert_eq!(value(&deps, &acme).await, (true, FlagReason::Default));
    let shown = list(&sue, &deps).await.unwrap();
    assert!(shown.flags.iter().all(|(_, said)| said.is_none()));
    let leftovers: Vec<_> = shown
        .leftovers
        .iter()
        .map(|row| (row.key.as_str(), row.overrides))
        .collect();
    assert_eq!(leftovers, [("old.thing", 0), ("palette.projects", 1)]);
    for row in &shown.leftovers {
        forget(&sue, &deps, &row.key, row.born).await.unwrap();
    }
    assert!(list(&sue, &deps).await.unwrap().leftovers.is_empty());
    change(&sue, &deps, FLAG, 0, rolled(5)).await.unwrap();
    let declared = forget(&sue, &deps, FLAG.key(), born(FLAG).unwrap()).await.unwrap_err();
    assert_eq!(Error::from(declared), Error::NotFound);
    assert_eq!(database.count("audit_log where action = 'flag.forgotten'").await, 2);
}
