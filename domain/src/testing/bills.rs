//! How an organization stands with its bills.

use sqlx::AssertSqlSafe;

use super::database::TestDatabase;
use crate::{Deps, actor::OrgActor};

/// Puts an organization on the trial of another plan.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn on_plan(database: &TestDatabase, deps: &Deps, org: &OrgActor, plan: &str) -> OrgActor {
    sqlx::query("update tenants set plan_key = $2 where id = $1")
        .bind(org.tenant().id.0)
        .bind(plan)
        .execute(database.owner())
        .await
        .unwrap();
    OrgActor::enter(org.user(), deps, org.tenant().slug.as_str())
        .await
        .unwrap()
}

/// A row in every table of an organization's bills, as if it had bought a plan a while ago, and canceled it.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn bills(database: &TestDatabase, org: &OrgActor) {
    let (tenant, owner) = (org.tenant().id, org.user().id());
    let rows = format!(
        "insert into billing_customers values ('{tenant}', 'polar', 'customer-{tenant}', now(), now()); \
         insert into billing_tenant_subscriptions (tenant_id, provider_subscription_id, provider, provider_customer_id, \
                 provider_product_id, plan_key, billing_interval, status, seats, amount, currency, current_period_start, \
                 cancel_at_period_end, created_at, modified_at, facts_hash, is_current) \
             values ('{tenant}', 'subscription-{tenant}', 'polar', 'customer-{tenant}', 'product', 'starter', 'month', 'active', \
                 3, 2700, 'usd', now(), false, now(), now(), sha256('facts'), true); \
         insert into billing_invoices (tenant_id, provider_order_id, provider, status, paid, billing_reason, net_amount, \
                 tax_amount, total_amount, currency, created_at, modified_at, facts_hash) \
             values ('{tenant}', 'order-{tenant}', 'polar', 'paid', true, 'purchase', 2700, 0, 2700, 'usd', now(), now(), \
                 sha256('facts')); \
         insert into billing_checkouts (tenant_id, id, plan_key, billing_interval, seats, created_by, created_at, expires_at) \
             values ('{tenant}', gen_random_uuid(), 'starter', 'month', 3, '{owner}', now(), now()); \
         insert into billing_seat_changes (tenant_id, id, seats_before, seats_after, source, changed_at) \
             values ('{tenant}', gen_random_uuid(), 2, 3, 'provider', now()); \
         insert into billing_overrides (tenant_id, id, kind, plan_key, reason, starts_at) \
             values ('{tenant}', gen_random_uuid(), 'plan', 'starter', 'a promise', now()); \
         insert into billing_adjustments (tenant_id, id, kind, plan_key, adjusted_at, reason) \
             values ('{tenant}', gen_random_uuid(), 'plan', 'starter', now(), 'a promise'); \
         insert into billing_cancellations (tenant_id, id, provider_subscription_id, reason, comment, canceled_at) \
             values ('{tenant}', gen_random_uuid(), 'subscription-{tenant}', 'other', '', now()); \
         insert into billing_notices values ('{tenant}', 'trial_ended', 'once', now()); \
         insert into billing_drifts (tenant_id, kind, expected, actual, found_at, seen_at) \
             values ('{tenant}', 'seat_drift', '3', '2', now(), now()); \
         insert into billing_over_limits values ('{tenant}', 'projects', now()); \
         insert into billing_kept values ('{tenant}', 'person', '{owner}', '{owner}', now())"
    );
    sqlx::raw_sql(AssertSqlSafe(rows))
        .execute(database.owner())
        .await
        .unwrap();
}
