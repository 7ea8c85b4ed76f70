//! Both sides of what is compared, read where they are.

use contract::ids::TenantId;

use super::compare::{OurSubscription, Ours, Price, Theirs};
use crate::{
    Deps, Error, Result,
    billing::{
        effective::SubscriptionStatus,
        provider::{CustomerId, ProviderError},
    },
    database::Transaction,
};

/// What we know of an organization.
pub(crate) async fn ours(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Ours> {
    let customer = sqlx::query!(
        r#"select c.provider_customer_id, exists (
            select from billing_customers o
            where o.provider = c.provider and o.provider_customer_id = c.provider_customer_id and o.tenant_id <> c.tenant_id
        ) as "shared!"
        from billing_customers c where c.tenant_id = $1 and c.provider = $2"#,
        tenant.0,
        deps.payments.name(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let subscriptions = sqlx::query!(
        "select provider_subscription_id, status, seats from billing_tenant_subscriptions \
         where tenant_id = $1 and provider = $2",
        tenant.0,
        deps.payments.name(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    let subscriptions = subscriptions
        .into_iter()
        .map(|row| {
            Ok(OurSubscription {
                id: row.provider_subscription_id,
                status: SubscriptionStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
                seats: row.seats,
            })
        })
        .collect::<Result<Vec<OurSubscription>>>()?;
    Ok(Ours {
        customer_is_shared: customer.as_ref().is_some_and(|customer| customer.shared),
        customer: customer.map(|customer| customer.provider_customer_id),
        subscriptions,
        prices: prices(transaction).await?,
    })
}

/// What the provider knows of it: of the customer that is known here, or of the one that carries the organization's id.
pub(crate) async fn theirs(deps: &Deps, tenant: TenantId, known: Option<CustomerId>) -> Result<Theirs, ProviderError> {
    let customer = deps.payments.customer(tenant).await?;
    let id = known.or_else(|| customer.as_ref().map(|customer| customer.id.clone()));
    let (mut subscriptions, mut orders) = (Vec::new(), Vec::new());
    if let Some(id) = id {
        subscriptions = or_none(deps.payments.subscriptions(id.clone()).await)?;
        orders = or_none(deps.payments.orders(id).await)?;
    }
    Ok(Theirs {
        customer,
        subscriptions,
        orders,
    })
}

/// Every price there ever was that the provider knows a product of.
pub(crate) async fn prices(transaction: &mut Transaction) -> Result<Vec<Price>> {
    let rows = sqlx::query!(
        r#"select provider_product_id as "product!", currency, seat_amount from plan_prices
        where provider_product_id is not null"#,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let prices = rows.into_iter().map(|row| Price {
        product: row.product,
        currency: row.currency,
        seat_amount: row.seat_amount,
    });
    Ok(prices.collect())
}

/// Whom the provider does not know has nothing there.
pub(crate) fn or_none<T>(answer: Result<Vec<T>, ProviderError>) -> Result<Vec<T>, ProviderError> {
    match answer {
        Err(ProviderError::NotFound) => Ok(Vec::new()),
        answer => answer,
    }
}
