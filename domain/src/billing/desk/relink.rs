//! Another customer at the provider.

use contract::{billing::RepairObstacle, ids::TenantId};

use super::{ask::Everything, sync};
use crate::{
    Deps, Result,
    billing::{
        customer,
        drifts::{DriftKind, note},
        provider::CustomerId,
    },
    database::Transaction,
};

/// With what was bought with it. Whoever shared the one that is let go and shares it no more differs in this no more. The caller
/// holds the organization's row.
pub(super) async fn attempt(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    wanted: Option<&CustomerId>,
    everything: &Everything,
) -> Result<Result<(), RepairObstacle>> {
    let known = customer::known(transaction, tenant).await?;
    if known.as_ref() == wanted {
        return Ok(Err(RepairObstacle::SameCustomer));
    }
    let obstacle = match wanted {
        Some(wanted) => shared(transaction, deps, tenant, wanted).await?,
        None => pays(transaction, tenant, known.as_ref()).await?,
    };
    if let Some(obstacle) = obstacle {
        return Ok(Err(obstacle));
    }
    link(transaction, deps, tenant, wanted).await?;
    if let Some(known) = &known {
        settle_sharing(transaction, deps, known).await?;
    }
    sync::attempt(transaction, deps, tenant, everything).await?;
    Ok(Ok(()))
}

/// Another organization has it, of whatever age: that one is linked to its own first.
async fn shared(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    wanted: &CustomerId,
) -> Result<Option<RepairObstacle>> {
    let other = sqlx::query_scalar!(
        "select t.name from billing_customers c join tenants t on t.id = c.tenant_id \
         where c.provider = $1 and c.provider_customer_id = $2 and c.tenant_id <> $3 order by t.id limit 1",
        deps.payments.name(),
        wanted.as_str(),
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(other.map(RepairObstacle::CustomerShared))
}

/// Who is charged goes on being charged: the customer stays known for as long as it is.
async fn pays(
    transaction: &mut Transaction,
    tenant: TenantId,
    known: Option<&CustomerId>,
) -> Result<Option<RepairObstacle>> {
    let Some(known) = known else { return Ok(None) };
    let pays = sqlx::query_scalar!(
        r#"select exists (
            select from billing_tenant_subscriptions where tenant_id = $1 and provider_customer_id = $2
                and status in ('trialing', 'active', 'past_due', 'paused')
        ) as "pays!""#,
        tenant.0,
        known.as_str(),
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(pays.then_some(RepairObstacle::StillPays))
}

async fn link(transaction: &mut Transaction, deps: &Deps, tenant: TenantId, wanted: Option<&CustomerId>) -> Result<()> {
    let Some(wanted) = wanted else {
        sqlx::query!("delete from billing_customers where tenant_id = $1", tenant.0)
            .execute(&mut **transaction)
            .await?;
        return Ok(());
    };
    sqlx::query!(
        "insert into billing_customers (tenant_id, provider, provider_customer_id, created_at, updated_at) \
         values ($1, $2, $3, $4, $4) \
         on conflict (tenant_id) do update set provider = excluded.provider, \
            provider_customer_id = excluded.provider_customer_id, created_at = excluded.created_at, \
            updated_at = excluded.updated_at",
        tenant.0,
        deps.payments.name(),
        wanted.as_str(),
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// One that has the customer for itself by now.
async fn settle_sharing(transaction: &mut Transaction, deps: &Deps, customer: &CustomerId) -> Result<()> {
    let having = sqlx::query_scalar!(
        "select tenant_id from billing_customers where provider = $1 and provider_customer_id = $2 limit 2",
        deps.payments.name(),
        customer.as_str(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    if let [alone] = having.as_slice() {
        note::resolve(transaction, deps, TenantId(*alone), &[DriftKind::SharedCustomer]).await?;
    }
    Ok(())
}
