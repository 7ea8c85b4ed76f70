//! The subscription that counts, as it is known here.

use chrono::{DateTime, Utc};
use contract::{
    billing::{BillingInterval, Closed},
    ids::TenantId,
};

use super::{
    effective::SubscriptionStatus,
    provider::{ProductId, SubscriptionId},
};
use crate::{Error, Result, database::Transaction};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub id: SubscriptionId,
    pub product: ProductId,
    /// `None` when the product is none of ours.
    pub plan_key: Option<String>,
    pub interval: Option<BillingInterval>,
    pub status: SubscriptionStatus,
    pub seats: u32,
    /// For one period, in minor units, before tax.
    pub amount: i64,
    pub currency: String,
    pub period_start: DateTime<Utc>,
    pub period_end: Option<DateTime<Utc>>,
    pub trial_ends_at: Option<DateTime<Utc>>,
    pub cancel_at_period_end: bool,
    pub ends_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub past_due_at: Option<DateTime<Utc>>,
    pub pending: Option<Pending>,
    pub created_at: DateTime<Utc>,
    modified_at: DateTime<Utc>,
}

/// What waits for the renewal. What is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    pub product: Option<ProductId>,
    pub seats: Option<u32>,
    pub applies_at: DateTime<Utc>,
}

impl Held {
    /// Whether it is, or will be, charged. What was canceled is over at its time, also when the provider's word of it is late.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.status.is_live() && self.ends().is_none_or(|end| now < end)
    }

    /// When it ends, of one that was canceled.
    pub fn ends(&self) -> Option<DateTime<Utc>> {
        self.cancel_at_period_end
            .then(|| self.ends_at.or(self.period_end))
            .flatten()
    }

    /// What one seat is paid with, for one period.
    pub fn seat_amount(&self) -> i64 {
        self.amount / i64::from(self.seats.max(1))
    }

    /// Which telling of it this is. Another one has another version.
    pub fn version(&self) -> i64 {
        self.modified_at.timestamp_micros()
    }

    pub(super) fn modified_at(&self) -> DateTime<Utc> {
        self.modified_at
    }

    /// For tests of what is reckoned with it: five seats of nothing in particular.
    #[cfg(test)]
    pub(crate) fn sample(status: SubscriptionStatus, start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        Self {
            id: "subscription".into(),
            product: "product".into(),
            plan_key: Some("starter".to_owned()),
            interval: Some(BillingInterval::Month),
            status,
            seats: 5,
            amount: 4_500,
            currency: "usd".to_owned(),
            period_start: start,
            period_end: Some(end),
            trial_ends_at: None,
            cancel_at_period_end: false,
            ends_at: None,
            ended_at: None,
            past_due_at: None,
            pending: None,
            created_at: start,
            modified_at: start,
        }
    }

    /// Why its plan and seats cannot be changed at this moment.
    pub fn closed(&self) -> Option<Closed> {
        match self.status {
            SubscriptionStatus::PastDue => Some(Closed::PastDue),
            SubscriptionStatus::Paused => Some(Closed::Paused),
            _ if self.cancel_at_period_end => Some(Closed::Canceling),
            _ if self.plan_key.is_none() || self.interval.is_none() => Some(Closed::Foreign),
            _ => None,
        }
    }
}

/// The last that was bought, also when it has ended. `None` before anything was.
pub(crate) async fn held(transaction: &mut Transaction, tenant: TenantId) -> Result<Option<Held>> {
    let row = sqlx::query!(
        "select provider_subscription_id, provider_product_id, plan_key, billing_interval, status, seats, amount, currency, \
            current_period_start, current_period_end, trial_ends_at, cancel_at_period_end, ends_at, ended_at, past_due_at, \
            pending_product_id, pending_seats, pending_applies_at, created_at, modified_at \
         from billing_tenant_subscriptions where tenant_id = $1 and is_current",
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let count = |seats: i32| u32::try_from(seats).map_err(Error::fault);
    let pending = match row.pending_applies_at {
        None => None,
        Some(applies_at) => Some(Pending {
            product: row.pending_product_id.map(ProductId::from),
            seats: row.pending_seats.map(count).transpose()?,
            applies_at,
        }),
    };
    Ok(Some(Held {
        id: row.provider_subscription_id.into(),
        product: row.provider_product_id.into(),
        plan_key: row.plan_key,
        interval: row.billing_interval.as_deref().and_then(BillingInterval::from_key),
        status: SubscriptionStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
        seats: count(row.seats)?,
        amount: row.amount,
        currency: row.currency,
        period_start: row.current_period_start,
        period_end: row.current_period_end,
        trial_ends_at: row.trial_ends_at,
        cancel_at_period_end: row.cancel_at_period_end,
        ends_at: row.ends_at,
        ended_at: row.ended_at,
        past_due_at: row.past_due_at,
        pending,
        created_at: row.created_at,
        modified_at: row.modified_at,
    }))
}
