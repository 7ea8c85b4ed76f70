//! Taking the provider's word.

use chrono::TimeDelta;
use contract::{
    billing::{BillingState, RepairFact, RepairObstacle},
    staff::StaffRole,
};

use super::{
    super::{
        Repair,
        list::{Query, list},
        repair::Repaired,
    },
    Room, changed,
};
use crate::{
    billing::{
        drifts::{DriftKind, reconcile::Reconciled},
        testing::subscription,
    },
    testing::staff,
};

#[tokio::test]
async fn the_provider_s_word_is_taken_also_where_ours_claims_to_be_newer() {
    let room = Room::new().await;
    assert_eq!(room.reconcile().await, Reconciled::Same);
    assert_eq!(room.try_out(&Repair::Sync).await, Err(RepairObstacle::NothingDiffers));
    room.run(
        "update billing_tenant_subscriptions set seats = 9, modified_at = '2026-03-02 09:30Z', facts_hash = '\\xff'",
    )
    .await;
    room.clock.advance(TimeDelta::hours(1));
    assert_eq!(room.reconcile().await, Reconciled::Differs(vec![DriftKind::SeatDrift]));
    let listed = list(&room.bea, &room.deps, &Query::default()).await.unwrap();
    assert_eq!((listed.drifts.len(), listed.drifts[0].kind), (1, DriftKind::SeatDrift));
    let bea = staff(&room.database, &room.deps, "bo", StaffRole::Billing).await;
    let room = Room { bea, ..room };
    let (run, done) = room.make(&Repair::Sync).await;
    assert_eq!(
        (changed(&run), run.settles),
        (vec![RepairFact::Members, RepairFact::Seats], vec![DriftKind::SeatDrift])
    );
    assert_eq!(done, Repaired::Done(Vec::new()));
    assert_eq!(
        room.database
            .count("billing_tenant_subscriptions where seats = 5")
            .await,
        1
    );
    assert_eq!(room.database.count("billing_drifts where resolved_at is null").await, 0);
    assert_eq!(list(&room.bea, &room.deps, &Query::default()).await.unwrap().drifts, []);
    assert_eq!(room.reconcile().await, Reconciled::Same);
}

#[tokio::test]
async fn what_the_provider_does_not_know_at_all_has_ended() {
    let room = Room::new().await;
    room.script.subscriptions.lock().unwrap().clear();
    assert_eq!(
        room.reconcile().await,
        Reconciled::Differs(vec![DriftKind::MissingSubscription])
    );
    let (run, done) = room.make(&Repair::Sync).await;
    assert_eq!(run.seen.after.state, BillingState::Canceled);
    assert_eq!(
        (run.settles, done),
        (vec![DriftKind::MissingSubscription], Repaired::Done(Vec::new()))
    );
    assert_eq!(room.state().await.1, BillingState::Canceled);
    // It was an error of theirs: what they tell of it counts again.
    *room.script.subscriptions.lock().unwrap() = vec![subscription(room.tenant(), "one")];
    room.make(&Repair::Sync).await;
    assert_eq!(room.state().await.1, BillingState::Active);
}
