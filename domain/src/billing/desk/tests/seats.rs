//! As many seats as are taken.

use contract::{
    Error,
    billing::{ChangeTiming, RepairFact, RepairObstacle},
    maintenance::MaintenanceLevel,
    staff::StaffRole,
};

use super::{
    super::{Repair, repair::Repaired},
    Room, changed,
};
use crate::{
    maintenance::{Scope, testing::close},
    testing::{join, person, staff},
};

#[tokio::test]
async fn seats_become_those_in_use_more_at_once_and_fewer_at_the_renewal() {
    let room = Room::new().await;
    let (run, done) = room.make(&Repair::ResetSeats).await;
    assert_eq!(done, Repaired::Done(Vec::new()));
    let plan = run.seats.clone().unwrap();
    assert_eq!(
        (plan.from, plan.to, plan.timing, plan.today, plan.renewal),
        (5, 1, ChangeTiming::AtRenewal, 0, 1_900)
    );
    assert_eq!(changed(&run), [RepairFact::Pending]);
    let asked = room.script.asked.lock().unwrap().clone();
    assert_eq!(asked.last().map(String::as_str), Some("seats 1 AtRenewal one"));
    assert_eq!(
        room.database
            .count("billing_tenant_subscriptions where pending_seats = 1 and seats = 5")
            .await,
        1
    );
    assert_eq!(room.try_out(&Repair::ResetSeats).await, Err(RepairObstacle::SeatsRight));

    let room = Room::new().await;
    for name in ["b", "c", "d", "e", "f", "g"] {
        let one = person(&room.deps, name).await;
        join(&room.database, &room.deps, &room.acme, &one, "member").await;
    }
    let (run, done) = room.make(&Repair::ResetSeats).await;
    assert_eq!(done, Repaired::Done(Vec::new()));
    let plan = run.seats.unwrap();
    assert_eq!((plan.from, plan.to, plan.timing), (5, 7, ChangeTiming::Now));
    assert!(plan.today > 0);
    assert_eq!(run.seen.after.bought.unwrap().amount, 13_300);
    let ours = "billing_tenant_subscriptions where seats = 7 and amount = 13300 and changing_until is null";
    assert_eq!(room.database.count(ours).await, 1);
    assert_eq!(
        room.database
            .count("billing_seat_changes where source = 'staff' and seats_after = 7")
            .await,
        1
    );
    assert_eq!(
        room.database
            .count("billing_adjustments where kind = 'seats' and seats = 7")
            .await,
        1
    );
    let lines = "audit_log where action = 'billing.seats_reset' and origin = 'staff'";
    assert_eq!(room.database.count(lines).await, 2);
}

/// Maintenance keeps customers from changing anything, and nobody of the staff: it is for their work.
#[tokio::test]
async fn while_maintenance_holds_the_customers_their_bills_are_repaired() {
    for level in [MaintenanceLevel::ReadOnly, MaintenanceLevel::Closed] {
        let room = Room::new().await;
        let max = staff(&room.database, &room.deps, "max", StaffRole::Superadmin).await;
        close(&max, &room.deps, Scope::Everything, level).await;
        let seats = room.make(&Repair::ResetSeats).await.1;
        assert_eq!(seats, Repaired::Done(Vec::new()), "{level:?}");
        let asked = room.script.asked.lock().unwrap().clone();
        assert_eq!(
            asked.last().map(String::as_str),
            Some("seats 1 AtRenewal one"),
            "{level:?}"
        );
        room.script.subscriptions.lock().unwrap().clear();
        let done = room.make(&Repair::Sync).await.1;
        assert_eq!(done, Repaired::Done(Vec::new()), "{level:?}");
        let ended = room.database.count("tenants where billing_state = 'canceled'").await;
        assert_eq!(ended, 1, "{level:?}: its people read it when they come in again");
    }
}

#[tokio::test]
async fn a_provider_that_goes_away_in_the_middle_leaves_the_seats_and_gives_the_turn_back() {
    let room = Room::new().await;
    let run = room.try_out(&Repair::ResetSeats).await.unwrap();
    let seen = run.seen.token().unwrap();
    *room.script.faint.lock().unwrap() = true;
    let refused = room.repair(&Repair::ResetSeats, &seen).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::PaymentProviderUnavailable);
    assert_eq!(room.database.count("billing_adjustments").await, 0);
    assert_eq!(
        room.database
            .count("audit_log where action = 'billing.seats_reset'")
            .await,
        0
    );
    let ours = "billing_tenant_subscriptions where seats = 5 and pending_seats is null and changing_until is null";
    assert_eq!(room.database.count(ours).await, 1);
    *room.script.faint.lock().unwrap() = false;
    assert_eq!(
        room.repair(&Repair::ResetSeats, &seen).await.unwrap(),
        Repaired::Done(Vec::new())
    );
}
