use std::collections::BTreeSet;

use chrono::TimeDelta;
use contract::{
    billing::BillingState,
    ids::{PaymentEventId, TenantId},
};
use proptest::{prelude::*, sample::subsequence, strategy::ValueTree, test_runner::TestRunner};

use super::{
    due::due,
    list::{EventStatus, list},
    receive::{Received, receive},
    retry::{Retried, retry},
    settle::{Settled, settle},
};
use crate::{
    Deps,
    audit::verify::{Verdict, verify},
    billing::{
        provider::{Customer, Order, OrderStatus, PendingChange, Subscription, SubscriptionStatus, WebhookKind},
        standing,
        testing::{Script, at, headers, subscription, told},
    },
    testing::{TestDatabase, clock_and_deps, organization, person},
};

struct Room {
    database: TestDatabase,
    clock: std::sync::Arc<crate::testing::TestClock>,
    deps: Deps,
    script: std::sync::Arc<Script>,
    tenant: TenantId,
}

impl Room {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (script, deps) = Script::begin(&database, deps).await;
        Self {
            tenant: acme.tenant().id,
            database,
            clock,
            deps,
            script,
        }
    }

    async fn send(&self, message: &str, kind: WebhookKind) -> PaymentEventId {
        self.script
            .send(&self.database.platform(), &self.deps, message, kind)
            .await
    }

    async fn settle(&self, event: PaymentEventId) -> Settled {
        settle(&self.database.platform(), &self.deps, event).await.unwrap()
    }

    async fn tell(&self, message: &str, kind: WebhookKind) -> Settled {
        let event = self.send(message, kind).await;
        self.settle(event).await
    }

    async fn run(&self, statement: &'static str) {
        sqlx::raw_sql(statement).execute(self.database.owner()).await.unwrap();
    }

    /// Every row that is kept of what was told, and the state that follows.
    async fn rows(&self) -> (String, BillingState) {
        let rows: String = sqlx::query_scalar(
            "select coalesce((select jsonb_agg(to_jsonb(s) order by s.provider_subscription_id) \
                from billing_tenant_subscriptions s), '[]')::text \
             || coalesce((select jsonb_agg(to_jsonb(i) order by i.provider_order_id) from billing_invoices i), '[]')::text \
             || coalesce((select jsonb_agg(to_jsonb(c)) from billing_customers c), '[]')::text \
             || (select billing_state from tenants)",
        )
        .fetch_one(self.database.owner())
        .await
        .unwrap();
        let mut transaction = self.database.platform().begin().await.unwrap();
        let plan = standing::of(&mut transaction, self.tenant, self.deps.billing, self.deps.now())
            .await
            .unwrap();
        (rows, plan.effective.state)
    }

    /// As if nothing had ever been told.
    async fn forget(&self) {
        self.run(
            "delete from billing_tenant_subscriptions; delete from billing_invoices; delete from billing_customers; \
             delete from billing_payment_events; delete from billing_drifts; delete from billing_notices; \
             delete from graphile_worker._private_jobs; update tenants set billing_state = 'trialing'",
        )
        .await;
    }

    async fn history(&self, order: &[usize], history: &[WebhookKind]) -> (String, BillingState) {
        self.forget().await;
        for (place, message) in order.iter().enumerate() {
            let settled = self.tell(&format!("{place}"), history[*message].clone()).await;
            assert_eq!(settled, Settled::Processed);
        }
        self.rows().await
    }
}

fn order(tenant: TenantId, id: &str, status: OrderStatus, hour: u32) -> WebhookKind {
    WebhookKind::Order(Box::new(Order {
        paid: status == OrderStatus::Paid,
        status,
        modified_at: at(2, hour),
        ..crate::billing::testing::order(tenant, id)
    }))
}

fn customer(tenant: TenantId) -> Customer {
    Customer {
        id: "customer".into(),
        tenant: Some(tenant),
        name: None,
        email: None,
        deleted: false,
        created_at: at(2, 8),
        modified_at: at(2, 8),
    }
}

fn later(mut subscription: Subscription, hour: u32, change: impl FnOnce(&mut Subscription)) -> WebhookKind {
    change(&mut subscription);
    subscription.modified_at = at(2, hour);
    told(subscription)
}

/// Bought, and two of them at one instant that differ; then a renewal that fails.
fn bought_and_failed(tenant: TenantId) -> Vec<WebhookKind> {
    let one = subscription(tenant, "one");
    vec![
        WebhookKind::Customer(Box::new(customer(tenant))),
        later(one.clone(), 9, |one| one.status = SubscriptionStatus::Incomplete),
        told(one.clone()),
        later(one, 10, |one| {
            one.status = SubscriptionStatus::PastDue;
            one.past_due_at = Some(at(2, 10));
        }),
        order(tenant, "a", OrderStatus::Pending, 9),
    ]
}

/// One that ends while another is bought.
fn replaced(tenant: TenantId) -> Vec<WebhookKind> {
    let (one, two) = (subscription(tenant, "one"), subscription(tenant, "two"));
    vec![
        told(one.clone()),
        later(one, 11, |one| {
            one.status = SubscriptionStatus::Canceled;
            one.ended_at = Some(at(2, 11));
        }),
        later(two.clone(), 12, |two| two.started_at = Some(at(2, 12))),
        later(two, 13, |two| {
            two.started_at = Some(at(2, 12));
            two.seats = Some(8);
            two.pending = Some(PendingChange {
                product: Some("starter-month".into()),
                seats: None,
                applies_at: at(30, 9),
            });
        }),
        order(tenant, "a", OrderStatus::Paid, 12),
    ]
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for shorter in permutations(count - 1) {
        for place in 0..count {
            let mut longer = shorter.clone();
            longer.insert(place, count - 1);
            all.push(longer);
        }
    }
    all
}

/// Every order of five messages, each with one of them told twice at the end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_order_with_repetitions_ends_in_the_same_rows_and_the_same_state() {
    let rooms = [
        (
            bought_and_failed as fn(TenantId) -> Vec<WebhookKind>,
            BillingState::PastDue,
        ),
        (replaced, BillingState::Active),
    ];
    let tasks = rooms.map(|(history, state)| {
        tokio::spawn(async move {
            let room = Room::new().await;
            let history = history(room.tenant);
            let expected = room.history(&[0, 1, 2, 3, 4], &history).await;
            assert_eq!(expected.1, state);
            assert!(expected.0.ends_with(state.key()), "{}", expected.0);
            for (number, mut order) in permutations(history.len()).into_iter().enumerate() {
                order.push(number % history.len());
                assert_eq!(room.history(&order, &history).await, expected, "{order:?}");
            }
        })
    });
    for task in tasks {
        task.await.unwrap();
    }
}

/// A message of a long history: a subscription of three, in any status, at any of a few instants.
fn message(tenant: TenantId) -> impl Strategy<Value = WebhookKind> {
    let status = prop::sample::select(SubscriptionStatus::ALL);
    (0..3_u32, status, 1..9_u32, 0..4_u32, any::<bool>()).prop_map(move |(id, status, seats, hour, canceled)| {
        later(subscription(tenant, &format!("s{id}")), 10 + hour, |one| {
            one.status = status;
            one.seats = Some(seats);
            one.started_at = Some(at(2, 9 + id));
            one.cancel_at_period_end = canceled;
            one.ends_at = canceled.then(|| at(20, 9));
            one.past_due_at = (status == SubscriptionStatus::PastDue).then(|| at(2, 10));
        })
    })
}

#[tokio::test]
async fn long_histories_end_the_same_in_whatever_order_and_however_often_they_are_told() {
    let room = Room::new().await;
    let mut runner = TestRunner::deterministic();
    for _ in 0..6 {
        let history = prop::collection::vec(message(room.tenant), 20..30)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let straight: Vec<usize> = (0..history.len()).collect();
        let expected = room.history(&straight, &history).await;
        for _ in 0..3 {
            let again = subsequence(straight.clone(), 0..history.len())
                .new_tree(&mut runner)
                .unwrap()
                .current();
            let all = [straight.clone(), again].concat();
            let shuffled = Just(all).prop_shuffle().new_tree(&mut runner).unwrap().current();
            assert_eq!(
                room.history(&shuffled, &history).await,
                expected,
                "{shuffled:?} of {history:#?}"
            );
        }
    }
}

#[tokio::test]
async fn is_kept_once_and_another_under_the_same_id_is_evidence_alone() {
    let room = Room::new().await;
    let platform = room.database.platform();
    let event = room.send("m", told(subscription(room.tenant, "one"))).await;
    let again = async |body: &[u8]| receive(&platform, &room.deps, headers("m"), body).await.unwrap();
    assert_eq!(again(b"0").await, Received::Again);
    assert_eq!(again(b"other").await, Received::Diverged);
    assert_eq!(again(b"third").await, Received::Diverged);
    assert_eq!(room.database.count("billing_payment_events").await, 1);
    let kept = "billing_payment_events where payload = '0' and divergent_payload = 'other' and diverged_at is not null";
    assert_eq!(room.database.count(kept).await, 1);
    let jobs = "graphile_worker._private_jobs where key like 'settle_payment_event:%'";
    assert_eq!(room.database.count(jobs).await, 1);
    assert_eq!(room.settle(event).await, Settled::Processed);
    assert_eq!(room.settle(event).await, Settled::Nothing, "once");
    let forged = crate::billing::provider::WebhookHeaders {
        signature: "bad",
        ..headers("n")
    };
    let refused = receive(&platform, &room.deps, forged, b"0").await.unwrap();
    assert!(matches!(refused, Received::Refused(_)), "{refused:?}");
    assert_eq!(room.database.count("billing_payment_events").await, 1);
}

#[tokio::test]
async fn what_is_not_acted_on_and_what_is_not_understood_is_kept_with_its_reason() {
    let room = Room::new().await;
    let platform = room.database.platform();
    let other = room.send("other", WebhookKind::Other).await;
    assert_eq!(room.settle(other).await, Settled::Ignored);
    let Received::Stored(odd) = receive(&platform, &room.deps, headers("odd"), b"hibernating")
        .await
        .unwrap()
    else {
        panic!("it is kept")
    };
    let reason = "subscription.updated is not understood: the status hibernating is not known".to_owned();
    assert_eq!(room.settle(odd).await, Settled::Failed(reason.clone()));
    let failed = list(&platform, Some(EventStatus::Failed), 10).await.unwrap();
    assert_eq!(
        (failed.len(), failed[0].id, &failed[0].last_error),
        (1, odd, &Some(reason))
    );
    assert_eq!(list(&platform, None, 1).await.unwrap().len(), 1);
    assert_eq!(retry(&platform, &room.deps, odd).await.unwrap(), Retried::Queued);
    assert_eq!(due(&platform, &room.deps).await.unwrap(), [odd]);
    assert_eq!(
        retry(&platform, &room.deps, room.deps.id()).await.unwrap(),
        Retried::Unknown
    );
}

#[tokio::test]
async fn whose_it_is_not_known_is_sought_a_few_times() {
    let room = Room::new().await;
    let stray = |id: &str| {
        told(Subscription {
            tenant: None,
            customer_tenant: None,
            ..subscription(room.tenant, id)
        })
    };
    let event = room.send("stray", stray("one")).await;
    for _ in 0..2 {
        let settled = room.settle(event).await;
        assert!(matches!(settled, Settled::Waiting(_)), "{settled:?}");
    }
    assert_eq!(room.settle(event).await, Settled::Ignored);
    let why =
        "billing_payment_events where status = 'ignored' and last_error = 'whose it is is not known' and attempts = 3";
    assert_eq!(room.database.count(why).await, 1);
    room.tell("customer", WebhookKind::Customer(Box::new(customer(room.tenant))))
        .await;
    assert_eq!(room.tell("found", stray("two")).await, Settled::Processed);
    let nowhere = told(subscription(room.deps.id(), "three"));
    let settled = room.tell("nowhere", nowhere).await;
    assert_eq!(settled, Settled::Waiting("its organization is not there".to_owned()));
}

/// Seats that no column holds stand for any failure: nothing of it is left, and it is tried until it is given up.
#[tokio::test]
async fn a_failure_leaves_nothing_but_its_note_and_is_tried_again() {
    let room = Room::new().await;
    let platform = room.database.platform();
    let mut impossible = subscription(room.tenant, "one");
    impossible.customer_tenant = Some(room.tenant);
    impossible.tenant = Some(room.deps.id());
    impossible.seats = Some(u32::MAX);
    let event = room.send("m", told(impossible)).await;
    for attempt in 1..=8 {
        assert_eq!(due(&platform, &room.deps).await.unwrap(), [event], "attempt {attempt}");
        let settled = room.settle(event).await;
        assert!(matches!(settled, Settled::Waiting(_)), "{settled:?}");
        assert_eq!(due(&platform, &room.deps).await.unwrap(), [], "not at once");
        room.clock.advance(TimeDelta::days(1));
    }
    let settled = room.settle(event).await;
    assert!(matches!(settled, Settled::Failed(_)), "{settled:?}");
    assert_eq!(room.settle(event).await, Settled::Nothing, "given up");
    for table in ["billing_tenant_subscriptions", "billing_drifts", "billing_notices"] {
        assert_eq!(room.database.count(table).await, 0, "{table}");
    }
    let waiting = "graphile_worker._private_jobs where key like 'settle_payment_event:%' and run_at > now()";
    assert_eq!(room.database.count(waiting).await, 1);
    room.script.messages.lock().unwrap()[0] = told(subscription(room.tenant, "one"));
    assert_eq!(retry(&platform, &room.deps, event).await.unwrap(), Retried::Queued);
    assert_eq!(room.settle(event).await, Settled::Processed);
    assert_eq!(retry(&platform, &room.deps, event).await.unwrap(), Retried::Settled);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_at_once_settle_each_event_once_and_in_turn() {
    let room = Room::new().await;
    let mut events = Vec::new();
    for (place, kind) in replaced(room.tenant).into_iter().enumerate() {
        events.push(room.send(&place.to_string(), kind).await);
    }
    let workers = (0..4).map(|worker: usize| {
        let (platform, deps, mut events) = (room.database.platform(), room.deps.clone(), events.clone());
        events.rotate_left(worker);
        tokio::spawn(async move {
            let mut processed = Vec::new();
            for event in events {
                match settle(&platform, &deps, event).await.unwrap() {
                    Settled::Processed => processed.push(event),
                    Settled::Nothing => {}
                    other => panic!("{other:?}"),
                }
            }
            processed
        })
    });
    let mut processed = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        processed.extend(worker.await.unwrap());
    }
    assert_eq!(processed.len(), events.len());
    assert_eq!(
        processed.into_iter().collect::<BTreeSet<_>>(),
        events.into_iter().collect()
    );
    let together = room.rows().await;
    let alone = room.history(&[0, 1, 2, 3, 4], &replaced(room.tenant)).await;
    assert_eq!(together, alone);
}

#[tokio::test]
async fn what_follows_is_recorded_and_mailed_once() {
    let room = Room::new().await;
    let one = subscription(room.tenant, "one");
    let failed = later(one.clone(), 10, |one| {
        one.status = SubscriptionStatus::PastDue;
        one.past_due_at = Some(at(2, 10));
    });
    for (message, kind) in [
        ("1", told(one.clone())),
        ("2", told(one.clone())),
        ("3", failed.clone()),
        ("4", failed),
        ("5", later(one.clone(), 11, |one| one.seats = Some(7))),
        ("6", told(one)),
    ] {
        assert_eq!(room.tell(message, kind).await, Settled::Processed);
    }
    let entries: Vec<String> = sqlx::query_scalar(
        "select action from audit_log where action like 'billing.%' and origin = 'system' order by position",
    )
    .fetch_all(room.database.owner())
    .await
    .unwrap();
    assert_eq!(
        entries,
        [
            "billing.subscribed",
            "billing.payment_failed",
            "billing.recovered",
            "billing.seats_changed"
        ]
    );
    let notices: Vec<String> = sqlx::query_scalar("select kind from billing_notices order by kind")
        .fetch_all(room.database.owner())
        .await
        .unwrap();
    assert_eq!(notices, ["payment_failed", "recovered"]);
    let mails = "graphile_worker._private_jobs where payload::text like '%\"Bill\"%'";
    assert_eq!(room.database.count(mails).await, 2, "to the owner");
    let seats = "billing_seat_changes where seats_before = 5 and seats_after = 7 and source = 'provider'";
    assert_eq!(room.database.count(seats).await, 1);
    let verdict = verify(room.database.owner()).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
}

#[tokio::test]
async fn what_was_bought_for_one_and_is_paid_by_another_counts_for_who_pays_and_is_named() {
    let room = Room::new().await;
    let other = organization(&room.deps, &person(&room.deps, "bob").await, "other").await;
    let moved = Subscription {
        tenant: Some(other.tenant().id),
        ..subscription(room.tenant, "one")
    };
    assert_eq!(room.tell("m", told(moved)).await, Settled::Processed);
    let kept = format!(
        "billing_tenant_subscriptions where tenant_id = '{}' and is_current",
        room.tenant
    );
    assert_eq!(room.database.count(&kept).await, 1);
    let drift = "billing_drifts where kind = 'ownership_mismatch' and resolved_at is null";
    assert_eq!(room.database.count(drift).await, 1);
}
