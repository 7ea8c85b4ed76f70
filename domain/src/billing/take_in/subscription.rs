//! A subscription as the provider tells it.

use chrono::{DateTime, Utc};
use contract::{billing::BillingInterval, ids::TenantId};
use serde::Serialize;

use super::{
    Counting, Pending, Taken,
    current::{Candidate, choose},
    hash,
};
use crate::{
    Deps, Error, Result,
    billing::{effective::SubscriptionStatus, provider},
    database::Transaction,
};

/// What is kept of it. The order of the fields is part of the hash.
#[derive(Debug, Serialize)]
struct Facts<'a> {
    id: &'a str,
    customer: &'a str,
    product: &'a str,
    status: &'static str,
    seats: i32,
    amount: i64,
    currency: &'a str,
    started_at: Option<DateTime<Utc>>,
    current_period_start: DateTime<Utc>,
    current_period_end: Option<DateTime<Utc>>,
    trial_ends_at: Option<DateTime<Utc>>,
    cancel_at_period_end: bool,
    canceled_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    past_due_at: Option<DateTime<Utc>>,
    resumes_at: Option<DateTime<Utc>>,
    pending_product: Option<&'a str>,
    pending_seats: Option<i32>,
    pending_applies_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

/// Keeps it unless something newer is known, and chooses anew which one counts. The caller holds the organization's row.
pub(crate) async fn subscription(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    told: &provider::Subscription,
) -> Result<Taken> {
    let known = known(transaction, tenant).await?;
    let before = known.iter().find(|one| one.is_current).map(|one| one.counting.clone());
    let (after, changed) = match keep(transaction, deps, tenant, told).await? {
        Some(kept) => (choose_current(transaction, tenant, known, kept).await?, true),
        None => (before.clone(), false),
    };
    Ok(Taken { before, after, changed })
}

/// Before what somebody of the staff has read at the provider is taken in: its word counts also where ours claims to be newer.
/// The caller holds the organization's row.
pub(crate) async fn give_way(
    transaction: &mut Transaction,
    tenant: TenantId,
    told: &provider::Subscription,
) -> Result<()> {
    sqlx::query!(
        "update billing_tenant_subscriptions set modified_at = $3::timestamptz - interval '1 microsecond' \
         where tenant_id = $1 and provider_subscription_id = $2 and modified_at >= $3 and facts_hash <> $4",
        tenant.0,
        told.id.as_str(),
        told.modified_at,
        hash(&facts(told)?)?,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The provider knows nothing of it: it is over, as far as anybody can tell. What it tells of it later, of whatever instant, counts.
/// The caller holds the organization's row.
pub(crate) async fn gone(transaction: &mut Transaction, deps: &Deps, tenant: TenantId, id: &str) -> Result<Taken> {
    let known = known(transaction, tenant).await?;
    let before = known.iter().find(|one| one.is_current).map(|one| one.counting.clone());
    let ended = sqlx::query_as!(
        Row,
        r#"update billing_tenant_subscriptions s set status = 'canceled', ended_at = $3, past_due_at = null, pending_product_id = null,
            pending_seats = null, pending_applies_at = null, facts_hash = ''
        where tenant_id = $1 and provider_subscription_id = $2 and status in ('trialing', 'active', 'past_due', 'paused')
        returning provider_subscription_id, plan_key, billing_interval, status, seats, cancel_at_period_end, started_at,
            created_at, ends_at, is_current, pending_seats, pending_applies_at, null::text as pending_plan_key"#,
        tenant.0,
        id,
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(ended) = ended else {
        return Ok(Taken {
            after: before.clone(),
            before,
            changed: false,
        });
    };
    let after = choose_current(transaction, tenant, known, ended.try_into()?).await?;
    Ok(Taken {
        before,
        after,
        changed: true,
    })
}

fn facts(told: &provider::Subscription) -> Result<Facts<'_>> {
    let seats = |seats: u32| i32::try_from(seats).map_err(Error::fault);
    let pending = told.pending.as_ref();
    Ok(Facts {
        id: told.id.as_str(),
        customer: told.customer.as_str(),
        product: told.product.as_str(),
        status: told.status.key(),
        // What is not sold by the seat is one.
        seats: seats(told.seats.unwrap_or(1).max(1))?,
        amount: told.amount,
        currency: &told.currency,
        started_at: told.started_at,
        current_period_start: told.current_period_start,
        current_period_end: told.current_period_end,
        trial_ends_at: told.trial_end,
        cancel_at_period_end: told.cancel_at_period_end,
        canceled_at: told.canceled_at,
        ends_at: told.ends_at,
        ended_at: told.ended_at,
        past_due_at: past_due_since(told),
        resumes_at: told.resumes_at,
        pending_product: pending.and_then(|pending| pending.product.as_ref().map(provider::ProductId::as_str)),
        pending_seats: pending.and_then(|pending| pending.seats).map(seats).transpose()?,
        pending_applies_at: pending.map(|pending| pending.applies_at),
        created_at: told.created_at,
    })
}

/// The days of grace have to begin somewhere. Where the provider does not say, at the beginning of the period whose payment is
/// missing: it follows from the same telling, in whatever order they come, and another attempt does not move it.
fn past_due_since(told: &provider::Subscription) -> Option<DateTime<Utc>> {
    told.past_due_at
        .or((told.status == SubscriptionStatus::PastDue).then_some(told.current_period_start))
}

/// As it is kept; `None` when it is not, because something newer is, or the same.
async fn keep(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    told: &provider::Subscription,
) -> Result<Option<Known>> {
    let facts = facts(told)?;
    let kept = sqlx::query_as!(
        Row,
        r#"insert into billing_tenant_subscriptions as s (tenant_id, provider_subscription_id, provider, provider_customer_id,
            provider_product_id, plan_key, billing_interval, status, seats, amount, currency, started_at, current_period_start,
            current_period_end, trial_ends_at, cancel_at_period_end, canceled_at, ends_at, ended_at, past_due_at, resumes_at,
            pending_product_id, pending_seats, pending_applies_at, created_at, modified_at, facts_hash)
        select $1, $2, $3, $4, $5, p.plan_key, p.billing_interval, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
            $18, $19, $20, $21, $22, $23, $24, $25
        from (values (1)) once left join plan_prices p on p.provider_product_id = $5
        on conflict (tenant_id, provider_subscription_id) do update set
            provider_customer_id = excluded.provider_customer_id, provider_product_id = excluded.provider_product_id,
            plan_key = excluded.plan_key, billing_interval = excluded.billing_interval, status = excluded.status,
            seats = excluded.seats, amount = excluded.amount, currency = excluded.currency,
            started_at = excluded.started_at, current_period_start = excluded.current_period_start,
            current_period_end = excluded.current_period_end, trial_ends_at = excluded.trial_ends_at,
            cancel_at_period_end = excluded.cancel_at_period_end, canceled_at = excluded.canceled_at,
            ends_at = excluded.ends_at, ended_at = excluded.ended_at, past_due_at = excluded.past_due_at,
            resumes_at = excluded.resumes_at, pending_product_id = excluded.pending_product_id,
            pending_seats = excluded.pending_seats, pending_applies_at = excluded.pending_applies_at,
            created_at = excluded.created_at, modified_at = excluded.modified_at, facts_hash = excluded.facts_hash
        where (excluded.modified_at, excluded.facts_hash) > (s.modified_at, s.facts_hash)
            -- A product that was not known to be ours when it was heard of first.
            or (excluded.facts_hash = s.facts_hash and excluded.plan_key is distinct from s.plan_key)
        returning provider_subscription_id, plan_key, billing_interval, status, seats, cancel_at_period_end, started_at,
            created_at, ends_at, is_current, pending_seats, pending_applies_at,
            (select p.plan_key from plan_prices p where p.provider_product_id = s.pending_product_id) as pending_plan_key"#,
        tenant.0,
        facts.id,
        deps.payments.name(),
        facts.customer,
        facts.product,
        facts.status,
        facts.seats,
        facts.amount,
        facts.currency,
        facts.started_at,
        facts.current_period_start,
        facts.current_period_end,
        facts.trial_ends_at,
        facts.cancel_at_period_end,
        facts.canceled_at,
        facts.ends_at,
        facts.ended_at,
        facts.past_due_at,
        facts.resumes_at,
        facts.pending_product,
        facts.pending_seats,
        facts.pending_applies_at,
        facts.created_at,
        told.modified_at,
        hash(&facts)?,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    kept.map(Known::try_from).transpose()
}

#[derive(Debug)]
struct Row {
    provider_subscription_id: String,
    plan_key: Option<String>,
    billing_interval: Option<String>,
    status: String,
    seats: i32,
    cancel_at_period_end: bool,
    started_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    is_current: bool,
    pending_seats: Option<i32>,
    pending_applies_at: Option<DateTime<Utc>>,
    pending_plan_key: Option<String>,
}

/// One of an organization's subscriptions, as far as it matters which of them counts.
#[derive(Debug)]
struct Known {
    is_current: bool,
    started_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    counting: Counting,
}

impl TryFrom<Row> for Known {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            is_current: row.is_current,
            started_at: row.started_at,
            created_at: row.created_at,
            counting: Counting {
                id: row.provider_subscription_id,
                plan_key: row.plan_key,
                interval: row.billing_interval.as_deref().and_then(BillingInterval::from_key),
                status: SubscriptionStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
                seats: row.seats,
                cancel_at_period_end: row.cancel_at_period_end,
                ends_at: row.ends_at,
                pending: row.pending_applies_at.map(|applies_at| Pending {
                    plan_key: row.pending_plan_key,
                    seats: row.pending_seats,
                    applies_at,
                }),
            },
        })
    }
}

/// The one that counts among those that were known and the one that has just been kept.
async fn choose_current(
    transaction: &mut Transaction,
    tenant: TenantId,
    mut known: Vec<Known>,
    kept: Known,
) -> Result<Option<Counting>> {
    known.retain(|one| one.counting.id != kept.counting.id);
    known.push(kept);
    let candidates: Vec<Candidate> = known
        .iter()
        .map(|one| Candidate {
            id: one.counting.id.clone(),
            status: one.counting.status,
            started_at: one.started_at,
            created_at: one.created_at,
        })
        .collect();
    let chosen = choose(&candidates).map(|chosen| chosen.id.as_str());
    let Some(chosen) = known.into_iter().find(|one| Some(one.counting.id.as_str()) == chosen) else {
        return Ok(None);
    };
    if !chosen.is_current {
        mark_current(transaction, tenant, &chosen.counting.id).await?;
    }
    Ok(Some(chosen.counting))
}

/// The index allows one that counts at every moment: the other one steps back first.
async fn mark_current(transaction: &mut Transaction, tenant: TenantId, chosen: &str) -> Result<()> {
    sqlx::query!(
        "update billing_tenant_subscriptions set is_current = false where tenant_id = $1 and is_current",
        tenant.0,
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "update billing_tenant_subscriptions set is_current = true \
         where tenant_id = $1 and provider_subscription_id = $2",
        tenant.0,
        chosen,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// All of the organization's.
async fn known(transaction: &mut Transaction, tenant: TenantId) -> Result<Vec<Known>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select s.provider_subscription_id, s.plan_key, s.billing_interval, s.status, s.seats, s.cancel_at_period_end,
            s.started_at, s.created_at, s.ends_at, s.is_current, s.pending_seats, s.pending_applies_at,
            p.plan_key as "pending_plan_key?"
        from billing_tenant_subscriptions s left join plan_prices p on p.provider_product_id = s.pending_product_id
        where s.tenant_id = $1"#,
        tenant.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter().map(Known::try_from).collect()
}
