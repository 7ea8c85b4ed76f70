use std::time::Duration;

use contract::{
    flag::{Flag, FlagReason},
    staff::StaffRole,
};

use super::*;
use crate::{
    Deps,
    flags::{State, Subject, change::change},
    testing::{TestDatabase, deps, staff},
};

/// Longer than any test waits: what arrives before was heard.
const NEVER: Duration = Duration::from_hours(1);

/// Another node over the same database, and its watch.
fn node(database: &TestDatabase, poll: Duration) -> Deps {
    let node = deps(database);
    tokio::spawn(watch(node.flags.clone(), database.platform(), poll));
    node
}

async fn is_killed(node: &Deps) -> bool {
    let value = node
        .flags
        .value(&node.database, Flag::SignUp, &Subject::default())
        .await
        .unwrap();
    value.reason == FlagReason::KillSwitch
}

/// Until a node knows of a version, however it hears of it.
async fn until(node: &Deps, version: i64) {
    let mut known = node.flags.version();
    tokio::time::timeout(Duration::from_secs(30), known.wait_for(|known| *known >= version))
        .await
        .expect("the node hears of it")
        .unwrap();
}

#[tokio::test]
async fn a_change_on_one_node_is_heard_on_the_other() {
    let database = TestDatabase::new().await;
    let (one, other) = (deps(&database), node(&database, NEVER));
    let sue = staff(&database, &one, "sue", StaffRole::Superadmin).await;
    until(&other, 1).await;
    assert!(!is_killed(&other).await, "and remembers it");
    let killed = State {
        killed: true,
        rollout: None,
    };
    change(&sue, &one, Flag::SignUp, 0, killed).await.unwrap();
    assert!(is_killed(&one).await, "who changes it sees it at once");
    until(&other, 2).await;
    assert!(is_killed(&other).await);
}

#[tokio::test]
async fn a_word_that_is_lost_is_made_up_for_by_looking() {
    let database = TestDatabase::new().await;
    let other = node(&database, Duration::from_millis(20));
    until(&other, 1).await;
    assert!(!is_killed(&other).await);
    for silent in [
        "insert into feature_flags (key, born, killed, changed_at) values ('sign_up.open', '2026-11-22', true, now())",
        "update feature_flag_version set version = version + 1",
    ] {
        sqlx::query(silent).execute(database.owner()).await.unwrap();
    }
    until(&other, 2).await;
    assert!(is_killed(&other).await);
}

#[tokio::test]
async fn what_is_remembered_is_asked_for_once() {
    let database = TestDatabase::new().await;
    let one = deps(&database);
    one.flags.look(one.database.global()).await.unwrap();
    assert!(!is_killed(&one).await);
    sqlx::query(
        "insert into feature_flags (key, born, killed, changed_at) values ('sign_up.open', '2026-11-22', true, now())",
    )
    .execute(database.owner())
    .await
    .unwrap();
    assert!(!is_killed(&one).await, "nobody has said that it changed");
    assert!(
        is_killed(&deps(&database)).await,
        "who asks for the first time finds it"
    );
    sqlx::query("update feature_flag_version set version = version + 1")
        .execute(database.owner())
        .await
        .unwrap();
    one.flags.look(one.database.global()).await.unwrap();
    one.flags.look(one.database.global()).await.unwrap();
    assert!(is_killed(&one).await);
}
