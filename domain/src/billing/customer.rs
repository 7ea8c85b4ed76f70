//! Who an organization is at the provider.

use contract::ids::TenantId;

use super::{
    answer,
    provider::{CustomerId, NewCustomer, Person},
    refusal::refusal,
};
use crate::{Deps, Result, actor::OrgActor, database::Transaction};

/// The one that is known, if anything was ever about to be bought.
pub(crate) async fn known(transaction: &mut Transaction, tenant: TenantId) -> Result<Option<CustomerId>> {
    let known = sqlx::query_scalar!(
        "select provider_customer_id from billing_customers where tenant_id = $1",
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(known.map(CustomerId::from))
}

/// The one that is known, or the provider's new one. Behind the organization's row, so that there is never a second: this is
/// the one question to the provider that is asked while it is held, once in the life of an organization.
pub(crate) async fn ensured(transaction: &mut Transaction, org: &OrgActor, deps: &Deps) -> Result<CustomerId> {
    let tenant = org.tenant().id;
    if let Some(known) = known(transaction, tenant).await? {
        return Ok(known);
    }
    let customer = made(org, deps).await?;
    sqlx::query!(
        "insert into billing_customers (tenant_id, provider, provider_customer_id, created_at, updated_at) \
         values ($1, $2, $3, $4, $4)",
        tenant.0,
        deps.payments.name(),
        customer.as_str(),
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(customer)
}

/// In place of one that was deleted at the provider, which reconciliation has named meanwhile: nobody is kept from buying by it.
/// What was charged to the old one stays known. Behind the organization's row, like [`ensured`].
pub(crate) async fn replaced(org: &OrgActor, deps: &Deps, gone: &CustomerId) -> Result<CustomerId> {
    let mut transaction = answer::held(org, deps).await?;
    let tenant = org.tenant().id;
    if let Some(known) = known(&mut transaction, tenant).await?.filter(|known| known != gone) {
        transaction.rollback().await?;
        return Ok(known);
    }
    let customer = made(org, deps).await?;
    sqlx::query!(
        "update billing_customers set provider = $2, provider_customer_id = $3, created_at = $4, updated_at = $4 \
         where tenant_id = $1",
        tenant.0,
        deps.payments.name(),
        customer.as_str(),
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(customer)
}

async fn made(org: &OrgActor, deps: &Deps) -> Result<CustomerId> {
    let new = NewCustomer {
        tenant: org.tenant().id,
        name: org.tenant().name.clone(),
        owner: person(org),
    };
    deps.payments.ensure_customer(new).await.map_err(refusal)
}

/// The one who asks, as the provider is to know them.
pub(crate) fn person(org: &OrgActor) -> Person {
    let person = org.user().person();
    Person {
        user: person.id,
        email: person.email.clone(),
        name: person.name.clone(),
    }
}
