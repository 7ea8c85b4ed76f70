//! What was charged, as the provider tells it: the list of invoices.

use chrono::{DateTime, Utc};
use contract::ids::TenantId;
use serde::Serialize;

use super::hash;
use crate::{Deps, Result, billing::provider, database::Transaction};

/// What is kept of it. The order of the fields is part of the hash.
#[derive(Debug, Serialize)]
struct Facts<'a> {
    id: &'a str,
    subscription: Option<&'a str>,
    number: Option<&'a str>,
    status: &'a str,
    paid: bool,
    billing_reason: &'a str,
    net_amount: i64,
    tax_amount: i64,
    total_amount: i64,
    currency: &'a str,
    next_attempt_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

/// Keeps it unless something newer is known. The caller holds the organization's row.
pub(crate) async fn order(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    told: &provider::Order,
) -> Result<bool> {
    let facts = Facts {
        id: told.id.as_str(),
        subscription: told.subscription.as_ref().map(provider::SubscriptionId::as_str),
        number: told.number.as_deref(),
        status: told.status.key(),
        paid: told.paid,
        billing_reason: told.billing_reason.key(),
        net_amount: told.net_amount,
        tax_amount: told.tax_amount,
        total_amount: told.total_amount,
        currency: &told.currency,
        next_attempt_at: told.next_payment_attempt_at,
        created_at: told.created_at,
    };
    let kept = sqlx::query!(
        "insert into billing_invoices as i (tenant_id, provider_order_id, provider, provider_subscription_id, number, status, \
            paid, billing_reason, net_amount, tax_amount, total_amount, currency, next_attempt_at, created_at, modified_at, \
            facts_hash) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
        on conflict (tenant_id, provider_order_id) do update set \
            provider_subscription_id = excluded.provider_subscription_id, number = excluded.number, status = excluded.status, \
            paid = excluded.paid, billing_reason = excluded.billing_reason, net_amount = excluded.net_amount, \
            tax_amount = excluded.tax_amount, total_amount = excluded.total_amount, currency = excluded.currency, \
            next_attempt_at = excluded.next_attempt_at, created_at = excluded.created_at, modified_at = excluded.modified_at, \
            facts_hash = excluded.facts_hash \
        where (excluded.modified_at, excluded.facts_hash) > (i.modified_at, i.facts_hash)",
        tenant.0,
        facts.id,
        deps.payments.name(),
        facts.subscription,
        facts.number,
        facts.status,
        facts.paid,
        facts.billing_reason,
        facts.net_amount,
        facts.tax_amount,
        facts.total_amount,
        facts.currency,
        facts.next_attempt_at,
        facts.created_at,
        told.modified_at,
        hash(&facts)?,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(kept.rows_affected() > 0)
}
