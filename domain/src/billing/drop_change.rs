//! Taking back what waits for the renewal.

use contract::iam::Permission;
use serde_json::json;

use super::{
    answer,
    held::Held,
    keep_ahead,
    provider::ProductId,
    quote,
    refusal::{refusal, require_provider},
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    database::end_of_reading,
    throttle::{self, Policy},
};

/// Where nothing waits, there is nothing to do.
pub async fn drop_change(org: &OrgActor, deps: &Deps) -> Result<()> {
    org.require(Permission::BillingManage)?;
    org.require_own_hands()?;
    require_provider(org, deps)?;
    throttle::attempt(deps, Policy::BillingByOrganization, &org.tenant().id.to_string()).await?;
    let mut transaction = org.begin(deps).await?;
    let held = quote::live(&mut transaction, org.tenant().id, deps).await?;
    end_of_reading(transaction);
    take_back(org, deps, &held).await
}

/// Everything that waits, seats and plan, and what was to stay in use with that plan.
pub(super) async fn take_back(org: &OrgActor, deps: &Deps, held: &Held) -> Result<()> {
    let Some(pending) = &held.pending else { return Ok(()) };
    let told = deps
        .payments
        .drop_scheduled_change(held.id.clone())
        .await
        .map_err(refusal)?;
    let mut transaction = answer::taken_in(org, deps, &told).await?;
    if pending.product.is_some() {
        keep_ahead::forget(&mut transaction, org.tenant().id).await?;
    }
    org.audit(Action::BillingChangeDropped)
        .subject(org.tenant().id.0)
        .before(json!({
            "product": pending.product.as_ref().map(ProductId::as_str),
            "seats": pending.seats,
            "from": pending.applies_at,
        }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
