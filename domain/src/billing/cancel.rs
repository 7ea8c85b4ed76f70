//! Ending the subscription with its period, and saying why. One that is paused ends at once: it has no period that is paid for.

use chrono::{DateTime, Utc};
use contract::{billing::CancelReason, iam::Permission, text::CancelComment};
use serde_json::json;

use super::{
    answer,
    effective::SubscriptionStatus,
    held::Held,
    provider::{Cancellation, Subscription},
    quote,
    refusal::{refusal, require_provider},
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    database::{Transaction, end_of_reading},
    throttle::{self, Policy},
};

/// Everything that is paid for goes on until then. Canceled already is no error, and its reason stays the first one.
pub async fn cancel(
    org: &OrgActor,
    deps: &Deps,
    reason: CancelReason,
    comment: &CancelComment,
) -> Result<Option<DateTime<Utc>>> {
    org.require(Permission::BillingManage)?;
    org.require_own_hands()?;
    require_provider(org, deps)?;
    throttle::attempt(deps, Policy::BillingByOrganization, &org.tenant().id.to_string()).await?;
    let mut transaction = org.begin(deps).await?;
    let held = quote::live(&mut transaction, org.tenant().id, deps).await?;
    end_of_reading(transaction);
    if held.cancel_at_period_end {
        return Ok(held.ends());
    }
    let comment = comment.as_str();
    let told = if held.status == SubscriptionStatus::Paused {
        deps.payments.revoke(held.id.clone()).await
    } else {
        let cancellation = Cancellation {
            reason,
            comment: (!comment.is_empty()).then(|| comment.to_owned()),
        };
        deps.payments.cancel(held.id.clone(), cancellation).await
    };
    let told = told.map_err(refusal)?;
    let mut transaction = answer::taken_in(org, deps, &told).await?;
    record(&mut transaction, org, deps, &held, &told, (reason, comment)).await?;
    org.audit(Action::BillingCanceled)
        .subject(org.tenant().id.0)
        .after(json!({ "reason": reason.key(), "ends": told.ends_at }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(told.ends_at.or(told.current_period_end))
}

async fn record(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    held: &Held,
    told: &Subscription,
    (reason, comment): (CancelReason, &str),
) -> Result<()> {
    sqlx::query!(
        "insert into billing_cancellations (tenant_id, id, provider_subscription_id, reason, comment, canceled_by, canceled_at, ends_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        org.tenant().id.0,
        deps.id::<uuid::Uuid>(),
        held.id.as_str(),
        reason.key(),
        comment,
        org.user().id().0,
        deps.now(),
        told.ends_at.or(told.current_period_end),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
