//! Taking a cancellation back before its time.

use contract::iam::Permission;

use super::{
    answer, quote,
    refusal::{refusal, require_provider},
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    database::end_of_reading,
    throttle::{self, Policy},
};

/// Of what is not canceled, there is nothing to take back. What has ended is bought anew.
pub async fn undo_cancel(org: &OrgActor, deps: &Deps) -> Result<()> {
    org.require(Permission::BillingManage)?;
    org.require_own_hands()?;
    require_provider(org, deps)?;
    throttle::attempt(deps, Policy::BillingByOrganization, &org.tenant().id.to_string()).await?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let held = quote::live(&mut transaction, tenant, deps).await?;
    end_of_reading(transaction);
    if !held.cancel_at_period_end {
        return Ok(());
    }
    let told = deps.payments.undo_cancel(held.id.clone()).await.map_err(refusal)?;
    let mut transaction = answer::taken_in(org, deps, &told).await?;
    sqlx::query!(
        "update billing_cancellations set undone_at = $3 \
         where tenant_id = $1 and provider_subscription_id = $2 and undone_at is null",
        tenant.0,
        held.id.as_str(),
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    org.audit(Action::BillingCancelUndone)
        .subject(tenant.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
