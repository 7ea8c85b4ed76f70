//! Coming back from the pay page. What is known here is believed first; what is not is asked of the provider and taken in by
//! the same code as its messages, so that it is right whichever comes first, and when a message never comes.

use contract::{billing::PlanName, iam::Permission};

use super::{
    answer,
    catalogue::plans::{Plan, plans},
    held::held,
    provider::{Checkout, CheckoutId, CheckoutStatus, Subscription},
    refusal::require_provider,
    take_in, told,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    database::end_of_reading,
    throttle::{self, Policy},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is, or may be, paid, and the plan is not here yet. Asked again in a moment, it is known.
    Confirming,
    Active {
        plan: PlanName,
        seats: u32,
    },
    /// Not paid: nobody has tried, or the card was declined.
    Open {
        url: String,
    },
    /// Too late, or another page was opened instead.
    Expired,
}

/// `checkout` is the provider's id, as it stands in the address that its page leads back to. Somebody else's is not there.
pub async fn confirm(org: &OrgActor, deps: &Deps, checkout: &str) -> Result<State> {
    org.require(Permission::BillingManage)?;
    org.require_own_hands()?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let row = sqlx::query!(
        "select provider_checkout_id, status, created_at from billing_checkouts where tenant_id = $1 and provider_checkout_id = $2",
        tenant.0,
        checkout,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    end_of_reading(transaction);
    // What is here of it came after it was opened; a subscription of before has ended, or there would be no checkout.
    if let Some(active) = active(org, deps).await? {
        return Ok(active);
    }
    if row.status == "expired" {
        return Ok(State::Expired);
    }
    require_provider(org, deps)?;
    throttle::attempt(deps, Policy::BillingLookByOrganization, &tenant.to_string()).await?;
    let told = match deps.payments.checkout(CheckoutId::from(checkout)).await {
        Ok(told) => told,
        Err(error) => {
            // It may be paid: nobody is told that it is not.
            tracing::warn!(%error, "a checkout could not be looked up");
            return Ok(State::Confirming);
        }
    };
    match told.status {
        CheckoutStatus::Succeeded => paid(org, deps, &told).await,
        CheckoutStatus::Confirmed => Ok(State::Confirming),
        CheckoutStatus::Open if row.status == "replaced" => Ok(State::Expired),
        CheckoutStatus::Open => Ok(State::Open { url: told.url }),
        CheckoutStatus::Expired | CheckoutStatus::Failed | CheckoutStatus::Other(_) => {
            let mut transaction = answer::held(org, deps).await?;
            take_in::checkout(&mut transaction, tenant, &told).await?;
            transaction.commit().await?;
            Ok(State::Expired)
        }
    }
}

/// The subscription that lives, if one does.
async fn active(org: &OrgActor, deps: &Deps) -> Result<Option<State>> {
    let mut transaction = org.begin(deps).await?;
    let held = held(&mut transaction, org.tenant().id)
        .await?
        .filter(|held| held.is_live(deps.now()));
    let plans = plans(&mut transaction).await?;
    end_of_reading(transaction);
    Ok(held.map(|held| {
        let known = plans.iter().find(|plan| Some(&plan.key) == held.plan_key.as_ref());
        State::Active {
            plan: known.map_or_else(
                || PlanName {
                    key: String::new(),
                    name: org.tenant().plan.name.clone(),
                },
                Plan::name,
            ),
            seats: held.seats,
        }
    }))
}

/// The money has come, the message about it has not.
async fn paid(org: &OrgActor, deps: &Deps, visit: &Checkout) -> Result<State> {
    let bought = match bought(deps, visit).await {
        Ok(Some(bought)) if belongs(org, &bought) => bought,
        Ok(_) => return Ok(State::Confirming),
        Err(error) => {
            tracing::warn!(%error, "a subscription could not be looked up");
            return Ok(State::Confirming);
        }
    };
    let orders = deps
        .payments
        .orders(bought.customer.clone())
        .await
        .unwrap_or_else(|error| {
            tracing::warn!(%error, "invoices could not be looked up");
            Vec::new()
        });
    let tenant = org.tenant().id;
    let mut transaction = answer::held(org, deps).await?;
    take_in::checkout(&mut transaction, tenant, visit).await?;
    for order in orders
        .iter()
        .filter(|order| order.subscription.as_ref() == Some(&bought.id))
    {
        take_in::order(&mut transaction, deps, tenant, order).await?;
    }
    told::subscription(&mut transaction, deps, tenant, &bought).await?;
    transaction.commit().await?;
    Ok(active(org, deps).await?.unwrap_or(State::Confirming))
}

async fn bought(deps: &Deps, told: &Checkout) -> Result<Option<Subscription>, super::provider::ProviderError> {
    if let Some(id) = &told.subscription {
        return deps.payments.subscription(id.clone()).await.map(Some);
    }
    let Some(customer) = &told.customer else {
        return Ok(None);
    };
    let all = deps.payments.subscriptions(customer.clone()).await?;
    Ok(all
        .into_iter()
        .find(|subscription| subscription.checkout.as_ref() == Some(&told.id)))
}

/// Whose it is, is who pays for it; where that is not known, whose it says it is.
fn belongs(org: &OrgActor, bought: &Subscription) -> bool {
    bought.customer_tenant.or(bought.tenant) == Some(org.tenant().id)
}
