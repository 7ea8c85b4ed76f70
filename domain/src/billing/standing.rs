//! The plan an organization has and how it stands with its bills, as it is known to who works in it.

use chrono::{DateTime, Utc};
use contract::{
    billing::{Access, Feature, PlanLimits},
    error::Limit,
    ids::TenantId,
};

use super::{
    BillingPolicy,
    catalogue::plans::features,
    effective::{Complimentary, Effective, Facts, Subscribed, SubscriptionStatus, effective},
    limits,
};
use crate::{Error, Result, database::Transaction};

/// The plan that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantPlan {
    pub key: String,
    pub name: String,
    pub limits: PlanLimits,
    pub features: Vec<Feature>,
    pub effective: Effective,
}

impl TenantPlan {
    /// Refuses what is not paid for.
    pub fn require_paid(&self) -> Result<()> {
        match self.effective.access() {
            Access::Full => Ok(()),
            Access::ReadOnly => Err(contract::Error::PaymentRequired {
                state: self.effective.state,
            }
            .into()),
        }
    }

    pub fn has(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }

    pub fn require_feature(&self, feature: Feature) -> Result<()> {
        if self.has(feature) {
            Ok(())
        } else {
            Err(contract::Error::PlanFeature { feature }.into())
        }
    }

    pub const fn allowed(&self, limit: Limit) -> Option<u32> {
        self.limits.of(limit)
    }
}

/// The plan of an organization in a transaction that is in it, or that is the platform's.
pub(crate) async fn of(
    transaction: &mut Transaction,
    tenant: TenantId,
    policy: BillingPolicy,
    now: DateTime<Utc>,
) -> Result<TenantPlan> {
    row(transaction, tenant, now).await?.plan(now, policy)
}

pub(crate) async fn row(transaction: &mut Transaction, tenant: TenantId, now: DateTime<Utc>) -> Result<PlanRow> {
    let row = sqlx::query_as!(
        PlanRow,
        r#"select p.plan_key as "plan_key!", p.plan_name as "plan_name!", p.project_limit, p.member_limit, p.guest_limit,
            p.features as "features!", t.trial_ends_at, p.override_kind, p.override_expires_at, p.subscription_status,
            p.current_period_end, p.subscription_trial_ends_at, p.cancel_at_period_end, p.ends_at, p.past_due_at, p.resumes_at
        from tenants t cross join lateral plan_at(t.id, t.plan_key, $2) p where t.id = $1"#,
        tenant.0,
        now,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    row.ok_or_else(|| contract::Error::NotFound.into())
}

/// A row of `plan_at`, the function of the database that finds an organization's plan.
#[derive(Debug)]
pub(crate) struct PlanRow {
    pub plan_key: String,
    pub plan_name: String,
    pub project_limit: Option<i32>,
    pub member_limit: Option<i32>,
    pub guest_limit: Option<i32>,
    pub features: Vec<String>,
    pub trial_ends_at: Option<DateTime<Utc>>,
    pub override_kind: Option<String>,
    pub override_expires_at: Option<DateTime<Utc>>,
    pub subscription_status: Option<String>,
    pub current_period_end: Option<DateTime<Utc>>,
    pub subscription_trial_ends_at: Option<DateTime<Utc>>,
    pub cancel_at_period_end: Option<bool>,
    pub ends_at: Option<DateTime<Utc>>,
    pub past_due_at: Option<DateTime<Utc>>,
    pub resumes_at: Option<DateTime<Utc>>,
}

impl PlanRow {
    pub(crate) fn facts(&self) -> Result<Facts> {
        let subscription = match &self.subscription_status {
            None => None,
            Some(key) => Some(Subscribed {
                status: SubscriptionStatus::from_key(key).ok_or_else(|| Error::fault("unknown status"))?,
                current_period_end: self.current_period_end,
                trial_ends_at: self.subscription_trial_ends_at,
                cancel_at_period_end: self.cancel_at_period_end.unwrap_or_default(),
                ends_at: self.ends_at,
                past_due_at: self.past_due_at,
                resumes_at: self.resumes_at,
            }),
        };
        let complimentary = (self.override_kind.as_deref() == Some("complimentary")).then_some(Complimentary {
            expires_at: self.override_expires_at,
        });
        Ok(Facts {
            trial_ends_at: self.trial_ends_at,
            subscription,
            complimentary,
        })
    }

    pub(crate) fn plan(self, now: DateTime<Utc>, policy: BillingPolicy) -> Result<TenantPlan> {
        let effective = effective(&self.facts()?, now, policy.grace);
        Ok(TenantPlan {
            key: self.plan_key,
            name: self.plan_name,
            limits: limits::of_row(self.project_limit, self.member_limit, self.guest_limit),
            features: features(&self.features),
            effective,
        })
    }
}
