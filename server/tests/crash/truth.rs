//! What must be at the end: ours follows from what was kept, the provider's from asking it, and both are the same.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use contract::{billing::BillingState, ids::TenantId};
use domain::{
    billing::{
        Effective, Facts,
        effective::{Subscribed, SubscriptionStatus, effective},
        provider::Subscription,
    },
    clock::{Clock, SystemClock},
};
use sqlx::{FromRow, PgPool};

use crate::provider::Provider;

/// As long as the program is set up for by default.
const GRACE: TimeDelta = TimeDelta::days(7);

/// Returns when nothing that was told waits any more.
pub async fn settled(owner: &PgPool) {
    while count(owner, "billing_payment_events where status = 'received'").await > 0 {}
}

/// None is lost, none has failed, none was acted on a second time.
pub async fn each_message_once(owner: &PgPool, told: usize) {
    let told = i64::try_from(told).unwrap();
    assert_eq!(count(owner, "billing_payment_events").await, told, "kept");
    assert_eq!(
        count(
            owner,
            "billing_payment_events where status = 'processed' and attempts = 1"
        )
        .await,
        told,
        "acted on once: {:?}",
        failures(owner).await
    );
    assert_eq!(
        count(owner, "billing_payment_events where diverged_at is not null").await,
        0
    );
    // What is written at the first and only at the first telling of a change.
    let twice = "(select tenant_id, after->>'state' from audit_log where action like 'billing.%' and before is not null \
        and after->>'state' is not null and before->>'state' = after->>'state') as same";
    assert_eq!(count(owner, twice).await, 0, "a change that is none");
    let notices = "(select 1 from billing_notices group by tenant_id, kind, occasion having count(*) > 1) as again";
    assert_eq!(count(owner, notices).await, 0);
}

async fn failures(owner: &PgPool) -> Vec<(String, i32, Option<String>)> {
    sqlx::query_as(
        "select status, attempts, last_error from billing_payment_events where status <> 'processed' or attempts <> 1 limit 5",
    )
    .fetch_all(owner)
    .await
    .unwrap()
}

#[derive(Debug, FromRow)]
struct Ours {
    billing_state: String,
    provider_subscription_id: String,
    provider_product_id: String,
    plan_key: Option<String>,
    status: String,
    seats: i32,
    amount: i64,
    current_period_end: Option<DateTime<Utc>>,
    trial_ends_at: Option<DateTime<Utc>>,
    cancel_at_period_end: bool,
    ends_at: Option<DateTime<Utc>>,
    past_due_at: Option<DateTime<Utc>>,
    resumes_at: Option<DateTime<Utc>>,
    modified_at: DateTime<Utc>,
}

impl Ours {
    fn effective(&self, now: DateTime<Utc>) -> Effective {
        standing(
            Subscribed {
                status: SubscriptionStatus::from_key(&self.status).unwrap(),
                current_period_end: self.current_period_end,
                trial_ends_at: self.trial_ends_at,
                cancel_at_period_end: self.cancel_at_period_end,
                ends_at: self.ends_at,
                past_due_at: self.past_due_at,
                resumes_at: self.resumes_at,
            },
            now,
        )
    }
}

fn theirs(told: &Subscription, now: DateTime<Utc>) -> Effective {
    standing(
        Subscribed {
            status: told.status,
            current_period_end: told.current_period_end,
            trial_ends_at: told.trial_end,
            cancel_at_period_end: told.cancel_at_period_end,
            ends_at: told.ends_at,
            past_due_at: told.past_due_at,
            resumes_at: told.resumes_at,
        },
        now,
    )
}

fn standing(subscribed: Subscribed, now: DateTime<Utc>) -> Effective {
    let facts = Facts {
        subscription: Some(subscribed),
        ..Facts::default()
    };
    effective(&facts, now, GRACE)
}

/// What the provider has of an organization.
#[derive(Debug, Default)]
struct Theirs {
    subscriptions: Vec<Subscription>,
    /// Whether they are paid, and how much they were, by id.
    orders: Vec<(String, bool, i64)>,
}

pub async fn everybody_stands_as_the_provider_has_it(owner: &PgPool, provider: &Provider, tenants: &[TenantId]) {
    let mut truth: HashMap<TenantId, Theirs> = HashMap::new();
    let (subscriptions, orders) = provider.truth();
    for told in subscriptions {
        let tenant = told.customer_tenant.unwrap();
        truth.entry(tenant).or_default().subscriptions.push(told);
    }
    for told in orders {
        let order = (told.id.into_string(), told.paid, told.total_amount);
        truth
            .entry(told.customer_tenant.unwrap())
            .or_default()
            .orders
            .push(order);
    }
    for tenant in tenants {
        stands(owner, *tenant, truth.remove(tenant).unwrap()).await;
    }
    assert!(truth.is_empty(), "{truth:?}");
}

async fn stands(owner: &PgPool, tenant: TenantId, mut truth: Theirs) {
    // Nobody here has two that live, and who has bought again has done so after the end.
    let counts = truth
        .subscriptions
        .iter()
        .max_by_key(|one| (one.status.is_live(), one.started_at))
        .unwrap();
    let ours: Ours = sqlx::query_as(
        "select t.billing_state, s.provider_subscription_id, s.provider_product_id, s.plan_key, s.status, s.seats, s.amount, \
            s.current_period_end, s.trial_ends_at, s.cancel_at_period_end, s.ends_at, s.past_due_at, s.resumes_at, s.modified_at \
         from tenants t join billing_tenant_subscriptions s on s.tenant_id = t.id and s.is_current where t.id = $1",
    )
    .bind(tenant.0)
    .fetch_one(owner)
    .await
    .unwrap();
    let now = SystemClock.now();
    let expected = theirs(counts, now);
    assert_eq!(ours.effective(now), expected, "{ours:?} {counts:?}");
    assert_eq!(ours.billing_state, expected.state.key(), "{ours:?} {counts:?}");
    assert_eq!(ours.provider_subscription_id, counts.id.as_str());
    assert_eq!(ours.provider_product_id, counts.product.as_str());
    assert!(ours.plan_key.is_some(), "{ours:?}");
    assert_eq!(
        (u32::try_from(ours.seats).ok(), ours.amount, ours.modified_at),
        (counts.seats, counts.amount, counts.modified_at)
    );
    let kept: Vec<(String, bool, i64)> = sqlx::query_as(
        "select provider_order_id, paid, total_amount from billing_invoices where tenant_id = $1 order by provider_order_id",
    )
    .bind(tenant.0)
    .fetch_all(owner)
    .await
    .unwrap();
    truth.orders.sort();
    assert_eq!(kept, truth.orders);
}

/// The histories lead everywhere, so that what is compared is not the same five hundred times.
pub async fn some_of_every_kind(owner: &PgPool) {
    for state in [
        BillingState::Active,
        BillingState::Canceling,
        BillingState::PastDue,
        BillingState::Restricted,
        BillingState::Canceled,
    ] {
        let found: i64 = sqlx::query_scalar("select count(*) from tenants where billing_state = $1")
            .bind(state.key())
            .fetch_one(owner)
            .await
            .unwrap();
        assert!(found >= 40, "{found} are {}", state.key());
    }
}

async fn count(owner: &PgPool, what: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {what}")))
        .fetch_one(owner)
        .await
        .unwrap()
}
