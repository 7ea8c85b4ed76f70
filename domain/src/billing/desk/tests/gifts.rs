//! Giving a plan, and taking it back.

use chrono::TimeDelta;
use contract::billing::{BillingState, RepairObstacle};

use super::{
    super::{Repair, repair::Repaired},
    Room, gift,
};
use crate::{
    actor::OrgActor,
    billing::{overrides::OverrideKind, overview::overview},
    testing::person,
};

#[tokio::test]
async fn a_plan_is_given_as_it_was_shown_and_taken_back_and_its_people_read_what_and_not_who() {
    let room = Room::new().await;
    let end = room.deps.now() + TimeDelta::days(30);
    let (run, done) = room.make(&gift(OverrideKind::Complimentary, Some(end))).await;
    assert_eq!(done, Repaired::Done(Vec::new()));
    assert_eq!(
        (
            run.seen.after.plan.key.as_str(),
            run.seen.after.state,
            run.seen.after.until
        ),
        ("business", BillingState::Complimentary, Some(end))
    );
    assert_eq!(room.state().await, ("business".to_owned(), BillingState::Complimentary));
    let again = room.try_out(&gift(OverrideKind::Plan, None)).await;
    assert_eq!(again, Err(RepairObstacle::GivenAlready));

    let shown = overview(&room.acme, &room.deps).await.unwrap();
    assert_eq!(shown.adjustments.len(), 1);
    assert_eq!(shown.adjustments[0].expires_at, Some(end));
    let tenant = room.tenant();
    let theirs = format!(
        "audit_log where action = 'billing.overridden' and chain_id = '{tenant}' and origin = 'staff' \
         and before ->> 'plan' = 'team' and after ->> 'plan' = 'business' and after::text not like '%promised%'"
    );
    let own = format!(
        "audit_log where action = 'billing.overridden' and chain_id = '{}' and after ->> 'reason' like '%promised%'",
        room.bea.id()
    );
    assert_eq!(
        (room.database.count(&theirs).await, room.database.count(&own).await),
        (1, 1)
    );

    let (_, done) = room.make(&Repair::TakeBack).await;
    assert_eq!(done, Repaired::Done(Vec::new()));
    assert_eq!(room.state().await, ("team".to_owned(), BillingState::Active));
    let ended = "audit_log where action = 'billing.override_ended' and origin = 'staff'";
    assert_eq!(room.database.count(ended).await, 2);
    let over = gift(OverrideKind::Plan, Some(room.deps.now()));
    assert_eq!(room.try_out(&over).await, Err(RepairObstacle::Over));
}

#[tokio::test]
async fn another_plan_holds_until_its_instant_and_leaves_the_state_alone() {
    let room = Room::new().await;
    let end = room.deps.now() + TimeDelta::days(3);
    room.make(&gift(OverrideKind::Plan, Some(end))).await;
    assert_eq!(room.state().await, ("business".to_owned(), BillingState::Active));
    room.clock.set(end);
    let ann = person(&room.deps, "ann").await;
    let plan = OrgActor::enter(&ann, &room.deps, "acme")
        .await
        .unwrap()
        .tenant()
        .plan
        .key
        .clone();
    assert_eq!(plan, "team");
}
