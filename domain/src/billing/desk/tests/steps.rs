//! What holds for every fix: it is shown, confirmed as it was shown, and made by those who may.

use chrono::TimeDelta;
use contract::{
    Error,
    billing::{RepairFact, RepairKind, RepairObstacle},
    ids::TenantId,
    staff::StaffRole,
};
use uuid::Uuid;

use super::{
    super::{
        Repair,
        look::{Provider, look},
        preview::preview,
        repair::{Repaired, repair},
    },
    Room, changed, gift, reason,
};
use crate::{
    actor::FRESH_FACTOR,
    billing::{overrides::OverrideKind, testing::at},
    testing::{join, person, staff},
};

#[tokio::test]
async fn a_dry_run_of_anything_writes_nothing_and_asks_for_no_change() {
    let room = Room::new().await;
    room.script.subscriptions.lock().unwrap()[0].product = "business-month".into();
    room.script.subscriptions.lock().unwrap()[0].modified_at = at(2, 10);
    room.run("update billing_customers set provider_customer_id = 'wrong'")
        .await;
    let end = room.deps.now() + TimeDelta::days(30);
    let before = room.stored().await;
    for fix in [
        gift(OverrideKind::Plan, Some(end)),
        gift(OverrideKind::Complimentary, None),
        Repair::ResetSeats,
        Repair::Relink(Some("customer".into())),
        Repair::Sync,
    ] {
        let run = room.try_out(&fix).await.unwrap();
        assert!(!changed(&run).is_empty(), "{fix:?} shows what would change");
        assert_eq!(before, room.stored().await, "{fix:?}");
    }
    assert_eq!(room.try_out(&Repair::TakeBack).await, Err(RepairObstacle::NothingGiven));
    let asked = room.script.asked.lock().unwrap().clone();
    assert!(asked.iter().all(|asked| asked.starts_with("read ")), "{asked:?}");
}

#[tokio::test]
async fn who_only_reads_repairs_nothing_and_who_repairs_proves_it_anew() {
    let room = Room::new().await;
    let fix = gift(OverrideKind::Complimentary, None);
    let seen = room.try_out(&fix).await.unwrap().seen.token().unwrap();
    for role in [StaffRole::Support, StaffRole::Auditor] {
        let reader = staff(&room.database, &room.deps, role.key(), role).await;
        let (deps, tenant) = (&room.deps, room.tenant());
        let refused = repair(&reader, deps, tenant, &fix, &reason(), &seen).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden, "{role:?}");
        let refused = preview(&reader, deps, tenant, RepairKind::Sync, None)
            .await
            .unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden, "{role:?}");
        look(&reader, deps, tenant).await.unwrap();
    }
    room.clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    let refused = room.repair(&fix, &seen).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::SecondFactorRequired);
    assert_eq!(room.database.count("billing_overrides").await, 0);
    assert_eq!(room.database.count("billing_adjustments").await, 0);
    let nobody = preview(&room.bea, &room.deps, TenantId(Uuid::nil()), RepairKind::Sync, None).await;
    assert_eq!(Error::from(nobody.unwrap_err()), Error::NotFound);
}

#[tokio::test]
async fn what_has_changed_since_it_was_looked_at_is_said_and_nothing_is_done() {
    let room = Room::new().await;
    let fix = gift(OverrideKind::Plan, None);
    let run = room.try_out(&fix).await.unwrap();
    let bob = person(&room.deps, "bob").await;
    join(&room.database, &room.deps, &room.acme, &bob, "member").await;
    let before = room.stored().await;
    let Repaired::Stale(now) = room.repair(&fix, &run.seen.token().unwrap()).await.unwrap() else {
        panic!("it was done")
    };
    let moved: Vec<RepairFact> = run.seen.moved(&now).into_iter().map(|(fact, ..)| fact).collect();
    assert_eq!(moved, [RepairFact::SeatsUsed]);
    for token in ["", "nonsense"] {
        let done = room.repair(&fix, token).await.unwrap();
        assert!(
            matches!(done, Repaired::Stale(_)),
            "what was never looked at is not confirmed"
        );
    }
    assert_eq!(before, room.stored().await);
    let done = room.repair(&fix, &now.token().unwrap()).await.unwrap();
    assert_eq!(done, Repaired::Done(Vec::new()));

    // The other end: what would come of it.
    let run = room.try_out(&Repair::TakeBack).await.unwrap();
    room.run("update billing_overrides set ended_at = now()").await;
    let done = room
        .repair(&Repair::TakeBack, &run.seen.token().unwrap())
        .await
        .unwrap();
    assert_eq!(done, Repaired::Refused(RepairObstacle::NothingGiven));
}

#[tokio::test]
async fn an_outage_is_said_and_changes_nothing() {
    let room = Room::new().await;
    let looked = look(&room.bea, &room.deps, room.tenant()).await.unwrap();
    assert_eq!(looked.provider, Provider::Told);
    assert!(looked.lines.iter().all(|line| !line.differs), "{:?}", looked.lines);
    *room.script.away.lock().unwrap() = true;
    let looked = look(&room.bea, &room.deps, room.tenant()).await.unwrap();
    assert!(matches!(looked.provider, Provider::Away(words) if words.contains("away")));
    let before = room.stored().await;
    for fix in [
        Repair::Sync,
        Repair::ResetSeats,
        Repair::Relink(None),
        Repair::Relink(Some("x".into())),
    ] {
        let preview = preview(&room.bea, &room.deps, room.tenant(), fix.kind(), Some(&fix))
            .await
            .unwrap();
        assert!(
            matches!(preview.dry_run, Some(Err(RepairObstacle::ProviderAway(_)))),
            "{fix:?}"
        );
        let done = room.repair(&fix, "").await.unwrap();
        assert!(
            matches!(done, Repaired::Refused(RepairObstacle::ProviderAway(_))),
            "{fix:?}"
        );
    }
    assert_eq!(before, room.stored().await);
    // What has nothing to do with it goes on.
    room.make(&gift(OverrideKind::Complimentary, None)).await;
}
