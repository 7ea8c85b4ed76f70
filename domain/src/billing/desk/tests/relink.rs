//! Another customer at the provider, or none.

use contract::billing::{BillingState, RepairFact, RepairKind, RepairObstacle};

use super::{
    super::{
        Repair,
        look::look,
        preview::preview,
        repair::{Repaired, repair},
    },
    Room, changed, reason,
};
use crate::{
    billing::{
        drifts::{DriftKind, reconcile::Reconciled},
        testing::customer,
    },
    testing::{organization, person},
};

#[tokio::test]
async fn a_customer_is_linked_only_when_it_is_this_organization_s_and_nobody_else_s() {
    let room = Room::new().await;
    let tenant = room.tenant();
    let other = organization(&room.deps, &person(&room.deps, "cleo").await, "other")
        .await
        .tenant()
        .id;
    let mut unclaimed = customer(tenant, "unclaimed");
    unclaimed.tenant = None;
    let mut deleted = customer(tenant, "deleted");
    deleted.deleted = true;
    *room.script.others.lock().unwrap() =
        vec![customer(other, "others"), unclaimed, deleted, customer(tenant, "taken")];
    room.run(&format!(
        "insert into billing_customers values ('{other}', 'polar', 'taken', now(), now())"
    ))
    .await;
    let before = room.stored().await;
    for (id, obstacle) in [
        (Some("nobody"), RepairObstacle::CustomerUnknown),
        (Some("others"), RepairObstacle::CustomerOfAnother),
        (Some("unclaimed"), RepairObstacle::CustomerUnclaimed),
        (Some("deleted"), RepairObstacle::CustomerDeleted),
        (Some("taken"), RepairObstacle::CustomerShared("other".to_owned())),
        (Some("customer"), RepairObstacle::SameCustomer),
        (None, RepairObstacle::CustomerThere("customer".to_owned())),
    ] {
        let fix = Repair::Relink(id.map(Into::into));
        assert_eq!(room.try_out(&fix).await, Err(obstacle.clone()), "{id:?}");
        assert_eq!(
            room.repair(&fix, "").await.unwrap(),
            Repaired::Refused(obstacle),
            "{id:?}"
        );
    }
    *room.script.customer.lock().unwrap() = None;
    let letting_go = room.try_out(&Repair::Relink(None)).await;
    assert_eq!(letting_go, Err(RepairObstacle::StillPays));
    assert_eq!(before, room.stored().await);
}

#[tokio::test]
async fn a_customer_that_is_shared_is_let_go_and_the_difference_is_gone_on_both_sides() {
    let room = Room::new().await;
    let south = organization(&room.deps, &person(&room.deps, "cleo").await, "south")
        .await
        .tenant()
        .id;
    room.run(&format!(
        "insert into billing_customers values ('{south}', 'polar', 'customer', now(), now())"
    ))
    .await;
    assert_eq!(
        room.reconcile().await,
        Reconciled::Differs(vec![DriftKind::SharedCustomer])
    );
    let looked = look(&room.bea, &room.deps, room.tenant()).await.unwrap();
    assert_eq!(looked.shared_with, [(south, "south".to_owned())]);

    *room.script.customer.lock().unwrap() = None;
    *room.script.subscriptions.lock().unwrap() = Vec::new();
    let fix = Repair::Relink(None);
    let run = preview(&room.bea, &room.deps, south, RepairKind::Relink, Some(&fix))
        .await
        .unwrap();
    let run = run.dry_run.unwrap().unwrap();
    assert_eq!(changed(&run), [RepairFact::Customer]);
    let seen = run.seen.token().unwrap();
    let done = repair(&room.bea, &room.deps, south, &fix, &reason(), &seen)
        .await
        .unwrap();
    assert_eq!(done, Repaired::Done(Vec::new()));
    assert_eq!(room.database.count("billing_customers").await, 1);
    assert_eq!(
        room.database.count("billing_drifts where resolved_at is null").await,
        0,
        "north's as well"
    );
    let told = format!("audit_log where action = 'billing.relinked' and chain_id = '{south}'");
    assert_eq!(room.database.count(&told).await, 1);
}

#[tokio::test]
async fn a_customer_that_is_linked_brings_what_was_bought_with_it() {
    let room = Room::new().await;
    room.run("delete from billing_tenant_subscriptions; update billing_customers set provider_customer_id = 'wrong'")
        .await;
    let drifted = room.reconcile().await;
    assert!(
        matches!(&drifted, Reconciled::Differs(kinds) if kinds.contains(&DriftKind::MissingCustomer)),
        "{drifted:?}"
    );
    room.run("delete from billing_tenant_subscriptions; update tenants set billing_state = 'trialing'")
        .await;
    let (run, done) = room.make(&Repair::Relink(Some("customer".into()))).await;
    assert_eq!(done, Repaired::Done(Vec::new()));
    assert!(changed(&run).contains(&RepairFact::Customer) && changed(&run).contains(&RepairFact::Subscription));
    assert_eq!(run.settles, [DriftKind::MissingCustomer]);
    assert_eq!(room.state().await, ("team".to_owned(), BillingState::Active));
}
