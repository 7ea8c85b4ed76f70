//! Taking the provider's word for everything of an organization.

use contract::ids::TenantId;

use super::ask::Everything;
use crate::{
    Deps, Result,
    billing::{provider::Subscription, take_in, told},
    database::Transaction,
};

/// Whether anything of ours became another. What belongs to another organization is left alone. The caller holds the organization's
/// row.
pub(super) async fn attempt(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    everything: &Everything,
) -> Result<bool> {
    let theirs = &everything.theirs;
    let mut changed = false;
    if let Some(customer) = &theirs.customer {
        let known = crate::billing::customer::known(transaction, tenant).await?;
        // Another one than that which is known is linked by somebody, and not by the way.
        if known.is_none() {
            changed |= take_in::customer(transaction, deps, tenant, customer).await?;
        }
    }
    let own = |one: &&Subscription| one.customer_tenant.or(one.tenant).is_none_or(|owner| owner == tenant);
    let subscriptions = theirs.subscriptions.iter().chain(&everything.elsewhere);
    for one in subscriptions.filter(own) {
        take_in::give_way(transaction, tenant, one).await?;
        changed |= told::subscription(transaction, deps, tenant, one).await?.changed;
    }
    for id in &everything.gone {
        changed |= told::gone(transaction, deps, tenant, id).await?.changed;
    }
    for one in &theirs.orders {
        if one.customer_tenant.or(one.tenant).is_none_or(|owner| owner == tenant) {
            changed |= take_in::order(transaction, deps, tenant, one).await?;
        }
    }
    Ok(changed)
}
