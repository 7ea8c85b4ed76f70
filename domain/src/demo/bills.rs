//! How organizations of a demo stand with their bills. What the provider tells of them is taken in by the code that takes its
//! messages in.

use contract::{
    billing::{BillingInterval, BillingState},
    ids::{TenantId, UserId},
};
use uuid::Uuid;

use crate::{
    Deps, Error, Result,
    billing::{
        apply_limits,
        events::settle::act,
        provider::{CustomerId, ProductId, ProviderError, WebhookKind},
        refresh::refresh,
        take_in,
    },
    database::PlatformDatabase,
};

/// Whom an organization was bought for, as the provider is to know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owned {
    pub tenant: TenantId,
    pub name: String,
    pub owner: UserId,
    pub owner_email: String,
    pub owner_name: String,
}

/// The organization at this address, unless it is a customer already, or not there.
pub async fn not_a_customer(platform: &PlatformDatabase, slug: &str) -> Result<Option<Owned>> {
    let found = sqlx::query!(
        "select t.id, t.name, u.id as owner, u.email::text as \"email!\", u.name as owner_name \
         from tenants t join users u on u.id = t.created_by \
         where t.slug = $1::text::citext and t.deleted_at is null \
            and not exists (select from billing_customers c where c.tenant_id = t.id)",
        slug,
    )
    .fetch_optional(platform.pool())
    .await?;
    Ok(found.map(|row| Owned {
        tenant: TenantId(row.id),
        name: row.name,
        owner: UserId(row.owner),
        owner_email: row.email,
        owner_name: row.owner_name,
    }))
}

/// How the organization at this address stood when it was last looked at; `None` if there is none.
pub async fn state(platform: &PlatformDatabase, slug: &str) -> Result<Option<BillingState>> {
    let state = sqlx::query_scalar!(
        "select billing_state from tenants where slug = $1::text::citext and deleted_at is null",
        slug,
    )
    .fetch_optional(platform.pool())
    .await?;
    Ok(state.as_deref().and_then(BillingState::from_key))
}

/// Everything that the provider knows of an organization.
pub async fn take_in_all(platform: &PlatformDatabase, deps: &Deps, tenant: TenantId) -> Result<()> {
    let fault = |error: ProviderError| Error::fault(error);
    let customer = deps.payments.customer(tenant).await.map_err(fault)?;
    let customer = customer.ok_or(contract::Error::NotFound)?;
    let mut subscriptions = deps.payments.subscriptions(customer.id.clone()).await.map_err(fault)?;
    let mut orders = deps.payments.orders(customer.id.clone()).await.map_err(fault)?;
    // As they happened.
    subscriptions.reverse();
    orders.reverse();
    let mut told = vec![WebhookKind::Customer(Box::new(customer))];
    told.extend(
        subscriptions
            .into_iter()
            .map(|one| WebhookKind::Subscription(Box::new(one))),
    );
    told.extend(orders.into_iter().map(|one| WebhookKind::Order(Box::new(one))));
    for one in &told {
        // Each in a transaction of its own, as messages are.
        let mut transaction = platform.begin().await?;
        if !take_in::hold(&mut transaction, tenant).await? {
            return Err(contract::Error::NotFound.into());
        }
        act(&mut transaction, deps, tenant, one).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Works out how it stands at the instant of `deps`, as a job does, and holds what is there against its plan.
pub async fn refresh_at(platform: &PlatformDatabase, deps: &Deps, tenant: TenantId) -> Result<()> {
    let mut transaction = platform.begin().await?;
    apply_limits::apply(&mut transaction, deps, tenant).await?;
    transaction.commit().await?;
    let mut transaction = platform.begin().await?;
    refresh(&mut transaction, deps, tenant).await?;
    transaction.commit().await?;
    Ok(())
}

/// A defect of older data: another organization's customer is taken for this one's as well.
pub async fn share_customer(
    platform: &PlatformDatabase,
    deps: &Deps,
    tenant: TenantId,
    customer: &CustomerId,
) -> Result<()> {
    sqlx::query!(
        "insert into billing_customers (tenant_id, provider, provider_customer_id, created_at, updated_at) \
         values ($1, $2, $3, $4, $4) on conflict (tenant_id) do nothing",
        tenant.0,
        deps.payments.name(),
        customer.as_str(),
        deps.now(),
    )
    .execute(platform.pool())
    .await?;
    Ok(())
}

/// A price that is not on sale any more, of a product of the provider's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldPrice {
    pub plan: &'static str,
    pub interval: BillingInterval,
    /// In US cents.
    pub seat_amount: i64,
    pub product: ProductId,
}

/// Keeps it, as if it had been sold until the instant of `deps`.
pub async fn keep_old_price(platform: &PlatformDatabase, deps: &Deps, price: &OldPrice) -> Result<()> {
    sqlx::query!(
        "insert into plan_prices (id, plan_key, billing_interval, currency, seat_amount, provider_product_id, archived_at) \
         values ($1, $2, $3, 'usd', $4, $5, $6) \
         on conflict (provider_product_id) where provider_product_id is not null do nothing",
        deps.id::<Uuid>(),
        price.plan,
        price.interval.key(),
        price.seat_amount,
        price.product.as_str(),
        deps.now(),
    )
    .execute(platform.pool())
    .await?;
    Ok(())
}
