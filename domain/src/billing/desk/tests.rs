use std::sync::Arc;

use chrono::TimeDelta;
use contract::{
    Error,
    billing::{BillingState, ChangeTiming, RepairFact, RepairKind, RepairObstacle},
    ids::TenantId,
    staff::StaffRole,
    text::RepairReason,
};
use uuid::Uuid;

use super::{
    Gift, Repair,
    list::{Query, list},
    look::{Provider, look},
    preview::{DryRun, preview},
    repair::{Repaired, repair},
};
use crate::{
    Deps,
    actor::{FRESH_FACTOR, OrgActor, StaffActor},
    billing::{
        drifts::{
            DriftKind,
            reconcile::{Reconciled, reconcile},
        },
        events::settle::settle,
        overrides::OverrideKind,
        overview::overview,
        testing::{Script, at, customer, subscription, told},
    },
    testing::{TestClock, TestDatabase, clock_and_deps, join, organization, person, staff},
};

/// An organization that pays for five seats and has one in use, somebody who repairs, and a provider that says what a test wants.
struct Room {
    database: TestDatabase,
    clock: Arc<TestClock>,
    deps: Deps,
    script: Arc<Script>,
    acme: OrgActor,
    bea: StaffActor,
}

impl Room {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (script, deps) = Script::begin(&database, deps).await;
        let tenant = acme.tenant().id;
        let event = script
            .send(&database.platform(), &deps, "1", told(subscription(tenant, "one")))
            .await;
        settle(&database.platform(), &deps, event).await.unwrap();
        *script.customer.lock().unwrap() = Some(customer(tenant, "customer"));
        *script.subscriptions.lock().unwrap() = vec![subscription(tenant, "one")];
        let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
        let room = Self {
            database,
            clock,
            deps,
            script,
            acme,
            bea,
        };
        room.run(&format!(
            "insert into billing_customers values ('{tenant}', 'polar', 'customer', now(), '2026-03-02')"
        ))
        .await;
        room
    }

    fn tenant(&self) -> TenantId {
        self.acme.tenant().id
    }

    async fn run(&self, statement: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))
            .execute(self.database.owner())
            .await
            .unwrap();
    }

    async fn reconcile(&self) -> Reconciled {
        reconcile(&self.database.platform(), &self.deps, self.tenant())
            .await
            .unwrap()
    }

    async fn try_out(&self, fix: &Repair) -> Result<DryRun, RepairObstacle> {
        let preview = preview(&self.bea, &self.deps, self.tenant(), fix.kind(), Some(fix))
            .await
            .unwrap();
        preview.dry_run.unwrap()
    }

    async fn repair(&self, fix: &Repair, seen: &str) -> crate::Result<Repaired> {
        repair(&self.bea, &self.deps, self.tenant(), fix, &reason(), seen).await
    }

    /// Both steps.
    async fn make(&self, fix: &Repair) -> (DryRun, Repaired) {
        let run = self.try_out(fix).await.unwrap();
        let done = self.repair(fix, &run.seen.token().unwrap()).await.unwrap();
        (run, done)
    }

    /// Everything that a fix could write.
    async fn stored(&self) -> String {
        let mut stored = String::new();
        for table in [
            "billing_customers",
            "billing_tenant_subscriptions",
            "billing_invoices",
            "billing_overrides",
            "billing_drifts",
            "billing_adjustments",
            "billing_seat_changes",
            "billing_notices",
            "tenants",
            "audit_log",
            "audit_chains",
            "graphile_worker._private_jobs",
        ] {
            let rows: String = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
                "select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)), '[]')::text from {table} t"
            )))
            .fetch_one(self.database.owner())
            .await
            .unwrap();
            stored.push_str(&rows);
        }
        stored
    }

    async fn state(&self) -> (String, BillingState) {
        let plan = OrgActor::enter(self.acme.user(), &self.deps, "acme")
            .await
            .unwrap()
            .tenant()
            .plan
            .clone();
        (plan.key, plan.effective.state)
    }
}

fn reason() -> RepairReason {
    RepairReason::parse("They were promised it on the phone").unwrap()
}

fn gift(kind: OverrideKind, expires_at: Option<chrono::DateTime<chrono::Utc>>) -> Repair {
    Repair::Give(Gift {
        kind,
        plan: "business".to_owned(),
        expires_at,
    })
}

fn changed(run: &DryRun) -> Vec<RepairFact> {
    let pairs = run.seen.before.facts().into_iter().zip(run.seen.after.facts());
    pairs
        .filter(|((_, was), (_, is))| was != is)
        .map(|((fact, _), _)| fact)
        .collect()
}

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

#[tokio::test]
async fn the_list_has_the_oldest_first_by_kind_and_page_by_page() {
    let room = Room::new().await;
    let tenant = room.tenant();
    room.run(&format!(
        "insert into billing_drifts (tenant_id, kind, expected, actual, found_at, seen_at) \
             values ('{tenant}', 'seat_drift', '5', '6', '2026-03-01', now()), ('{tenant}', 'price_mismatch', 'a', 'b', '2026-02-01', now()); \
         insert into billing_drifts (tenant_id, kind, expected, actual, found_at, seen_at, resolved_at) \
             values ('{tenant}', 'shared_customer', 'a', 'b', '2026-01-01', now(), now()); \
         insert into tenants (id, slug, name, plan_key, billing_state, created_by, created_at, updated_at) \
             select md5(n::text)::uuid, 'many-' || n, 'Many', 'team', 'none', '{}', now(), now() from generate_series(1, 51) n; \
         insert into billing_drifts (tenant_id, kind, expected, actual, found_at, seen_at) \
             select md5(n::text)::uuid, 'provider_outage', 'an answer', 'none', '2026-03-02', now() from generate_series(1, 51) n",
        room.acme.user().id()
    ))
    .await;
    let of = async |query: Query| list(&room.bea, &room.deps, &query).await.unwrap();
    let first = of(Query::default()).await;
    let kinds: Vec<DriftKind> = first.drifts.iter().take(3).map(|drift| drift.kind).collect();
    assert_eq!(
        kinds,
        [
            DriftKind::PriceMismatch,
            DriftKind::SeatDrift,
            DriftKind::ProviderOutage
        ]
    );
    let second = of(Query {
        after: first.next,
        ..Query::default()
    })
    .await;
    let mut seen: Vec<(TenantId, DriftKind)> = first
        .drifts
        .iter()
        .chain(&second.drifts)
        .map(|drift| (drift.tenant, drift.kind))
        .collect();
    let all = seen.len();
    seen.sort_unstable_by_key(|(tenant, kind)| (*tenant, kind.key()));
    seen.dedup();
    assert_eq!((all, seen.len(), second.next), (53, 53, None));
    let one = of(Query {
        kind: Some(DriftKind::SeatDrift),
        after: None,
    })
    .await;
    assert_eq!(one.drifts.len(), 1);
}
