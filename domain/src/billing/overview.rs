//! How an organization stands with its bills.

use chrono::{DateTime, Utc};
use contract::{
    billing::{BillingInterval, BillingRights, InvoiceStatus, LimitUse, Payments, PlanName, Portal},
    iam::Permission,
    ids::TenantId,
};

use super::{
    adjustments::{self, Adjustment},
    catalogue::plans::{Plan, plans},
    customer,
    effective::SubscriptionStatus,
    held::{Held, held},
    over_limits,
    price::of_seats,
    provider::ProductId,
    refusal::is_set_up,
    usage::usage,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    database::{Transaction, end_of_reading},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    pub limits: [LimitUse; 3],
    pub seats_used: u32,
    /// When what exceeds the plan is paused next, while something does; in the past once all of it is.
    pub pauses_at: Option<DateTime<Utc>>,
    pub subscription: Option<Subscribed>,
    pub adjusted: Option<Adjusted>,
    /// What support repaired lately, the newest first.
    pub adjustments: Vec<Adjustment>,
    pub invoices: Vec<Invoice>,
    pub payments: Payments,
    pub may: BillingRights,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscribed {
    pub held: Held,
    /// `None` when its product is none of ours.
    pub plan: Option<PlanName>,
    /// The amount before tax, and when. None while something is owed: that comes first.
    pub next_charge: Option<(i64, DateTime<Utc>)>,
    /// What could not be charged.
    pub owed: Option<Owed>,
    pub pending: Option<Pending>,
    pub ended: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// With tax, as its invoice says; without one that is known, what a period costs.
    pub amount: i64,
    /// When the provider tries again, if it said so.
    pub next_attempt: Option<DateTime<Utc>>,
}

/// What waits for the renewal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    pub plan: Option<PlanName>,
    pub interval: Option<BillingInterval>,
    pub seats: Option<u32>,
    pub applies_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjusted {
    pub plan: PlanName,
    pub complimentary: bool,
    pub until: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub id: String,
    pub number: Option<String>,
    pub at: DateTime<Utc>,
    /// With tax.
    pub total: i64,
    pub currency: String,
    pub status: InvoiceStatus,
}

/// Invoices on the page: two years of months.
const INVOICES: i64 = 24;

pub async fn overview(org: &OrgActor, deps: &Deps) -> Result<Overview> {
    org.require(Permission::BillingRead)?;
    let (tenant, now) = (org.tenant().id, deps.now());
    let mut transaction = org.begin(deps).await?;
    let plans = plans(&mut transaction).await?;
    let subscribed = match held(&mut transaction, tenant).await? {
        Some(held) => {
            let owed = owed(&mut transaction, tenant, &held).await?;
            Some(Subscribed::of(held, owed, &plans, now))
        }
        None => None,
    };
    let over = over_limits::of(&mut transaction, tenant).await?;
    let has_customer = customer::known(&mut transaction, tenant).await?.is_some();
    let adjusted = adjusted(&mut transaction, tenant, now).await?;
    let adjustments = adjustments::lately(&mut transaction, tenant, now).await?;
    let invoices = invoices(&mut transaction, tenant).await?;
    let usage = usage(&mut transaction, org, deps).await?;
    end_of_reading(transaction);
    let payments = payments(deps, has_customer);
    let may = Situation {
        deps,
        held: subscribed.as_ref().map(|subscribed| &subscribed.held),
        payments,
        is_over: over.earliest().is_some(),
        now,
    }
    .rights();
    Ok(Overview {
        limits: usage.within(org.tenant().plan.limits),
        seats_used: usage.members,
        pauses_at: over.pauses_at(deps.billing.grace, now),
        subscription: subscribed,
        adjusted,
        adjustments,
        invoices,
        payments,
        may: if org.permissions().contains(Permission::BillingManage) {
            may
        } else {
            BillingRights::default()
        },
    })
}

fn payments(deps: &Deps, has_customer: bool) -> Payments {
    Payments {
        set_up: is_set_up(deps),
        portal: if !deps.payments.capabilities().portal {
            Portal::NotOffered
        } else if has_customer {
            Portal::Available
        } else {
            Portal::NothingBought
        },
    }
}

/// What decides about who manages the bills.
struct Situation<'a> {
    deps: &'a Deps,
    held: Option<&'a Held>,
    payments: Payments,
    is_over: bool,
    now: DateTime<Utc>,
}

impl Situation<'_> {
    fn rights(&self) -> BillingRights {
        let can = self.deps.payments.capabilities();
        let live = self.held.filter(|held| held.is_live(self.now));
        let open = live.is_some_and(|held| held.closed().is_none());
        let canceling = live.is_some_and(|held| held.cancel_at_period_end);
        BillingRights {
            choose: self.payments.set_up && live.is_none(),
            change: open && can.plan_change,
            seats: open && can.seat_change,
            cancel: self.payments.set_up && live.is_some() && !canceling,
            undo_cancel: canceling && can.undo_cancel,
            drop_change: can.scheduled_change && live.is_some_and(|held| held.pending.is_some()),
            portal: self.payments.portal == Portal::Available,
            keep: self.is_over,
        }
    }
}

impl Subscribed {
    fn of(held: Held, owed: Option<Owed>, plans: &[Plan], now: DateTime<Utc>) -> Self {
        let pending = held.pending.as_ref().map(|pending| {
            let sold = pending.product.as_ref().and_then(|product| sold_as(plans, product));
            Pending {
                plan: sold.map(|(plan, ..)| plan.name()),
                interval: sold.map(|(_, interval, _)| interval),
                seats: pending.seats,
                applies_at: pending.applies_at,
            }
        });
        Self {
            plan: held
                .plan_key
                .as_ref()
                .and_then(|key| plans.iter().find(|plan| plan.key == *key))
                .map(Plan::name),
            next_charge: if owed.is_some() {
                None
            } else {
                next_charge(&held, plans, now)
            },
            owed,
            ended: !held.is_live(now),
            pending,
            held,
        }
    }
}

/// What waits for the renewal is charged with it. Nothing more is charged of what ends or rests.
fn next_charge(held: &Held, plans: &[Plan], now: DateTime<Utc>) -> Option<(i64, DateTime<Utc>)> {
    if !held.is_live(now) || held.cancel_at_period_end || held.status == SubscriptionStatus::Paused {
        return None;
    }
    let at = held.period_end?;
    let Some(pending) = &held.pending else {
        return Some((held.amount, at));
    };
    let seat_amount = pending
        .product
        .as_ref()
        .and_then(|product| sold_as(plans, product))
        .map_or_else(|| held.seat_amount(), |(_, _, seat_amount)| seat_amount);
    Some((of_seats(seat_amount, pending.seats.unwrap_or(held.seats)), at))
}

/// The invoices of it that are open.
async fn owed(transaction: &mut Transaction, tenant: TenantId, held: &Held) -> Result<Option<Owed>> {
    if held.status != SubscriptionStatus::PastDue {
        return Ok(None);
    }
    let open = sqlx::query!(
        r#"select sum(total_amount)::bigint as amount, min(next_attempt_at) as next_attempt from billing_invoices
        where tenant_id = $1 and provider_subscription_id = $2 and status = 'pending' and not paid"#,
        tenant.0,
        held.id.as_str(),
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(Some(Owed {
        amount: open.amount.unwrap_or(held.amount),
        next_attempt: open.next_attempt,
    }))
}

fn sold_as<'a>(plans: &'a [Plan], product: &ProductId) -> Option<(&'a Plan, BillingInterval, i64)> {
    plans.iter().find_map(|plan| {
        let price = plan
            .prices
            .iter()
            .find(|price| price.product.as_ref() == Some(product))?;
        Some((plan, price.interval, price.seat_amount))
    })
}

async fn adjusted(transaction: &mut Transaction, tenant: TenantId, now: DateTime<Utc>) -> Result<Option<Adjusted>> {
    let row = sqlx::query!(
        "select o.kind, o.expires_at, p.key, p.name from billing_overrides o join plans p on p.key = o.plan_key \
         where o.tenant_id = $1 and o.ended_at is null and (o.expires_at is null or o.expires_at > $2)",
        tenant.0,
        now,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(row.map(|row| Adjusted {
        plan: PlanName {
            key: row.key,
            name: row.name,
        },
        complimentary: row.kind == "complimentary",
        until: row.expires_at,
    }))
}

/// Nothing is shown of what was not to be paid, such as the beginning of a trial.
pub(crate) async fn invoices(transaction: &mut Transaction, tenant: TenantId) -> Result<Vec<Invoice>> {
    let rows = sqlx::query!(
        "select provider_order_id, number, status, paid, total_amount, currency, created_at from billing_invoices \
         where tenant_id = $1 and total_amount <> 0 and status <> 'draft' \
         order by created_at desc, provider_order_id desc limit $2",
        tenant.0,
        INVOICES,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Invoice {
            id: row.provider_order_id,
            number: row.number,
            at: row.created_at,
            total: row.total_amount,
            currency: row.currency,
            status: match row.status.as_str() {
                "refunded" => InvoiceStatus::Refunded,
                "partially_refunded" => InvoiceStatus::PartiallyRefunded,
                "void" => InvoiceStatus::Void,
                _ if row.paid => InvoiceStatus::Paid,
                _ => InvoiceStatus::Open,
            },
        })
        .collect())
}
