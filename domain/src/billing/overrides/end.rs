//! Taking back what was given.

use contract::{billing::AdjustmentKind, ids::TenantId, slug::Slug};
use serde_json::json;

use super::lock;
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    billing::{adjustments, refresh::refresh},
    database::{PlatformDatabase, Transaction},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Done,
    UnknownOrganization,
    /// Nothing is given, or it has run out by itself.
    NothingGiven,
}

/// From this moment on what is paid for counts. What exceeds it is paused after the days of grace.
pub async fn end(platform: &PlatformDatabase, deps: &Deps, organization: &Slug) -> Result<Ended> {
    let mut transaction = platform.begin().await?;
    let Some(tenant) = lock(&mut transaction, organization).await? else {
        transaction.rollback().await?;
        return Ok(Ended::UnknownOrganization);
    };
    let Some(taken) = take_back(&mut transaction, deps, tenant).await? else {
        transaction.rollback().await?;
        return Ok(Ended::NothingGiven);
    };
    let line = adjustments::New {
        kind: AdjustmentKind::TakenBack,
        plan: Some(&taken.plan),
        seats: None,
        expires_at: None,
        reason: "",
        by: None,
    };
    adjustments::note(&mut transaction, deps, tenant, &line).await?;
    refresh(&mut transaction, deps, tenant).await?;
    let request = RequestInfo::default();
    let mut entry = Entry::new(Action::BillingOverrideEnded, Origin::System, &request).subject(tenant.0);
    entry.tenant = tenant;
    entry
        .before(json!({ "plan": taken.plan, "kind": taken.kind }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Ended::Done)
}

/// What was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    /// The key of a plan.
    pub plan: String,
    /// The key of an [`super::OverrideKind`].
    pub kind: String,
}

/// The row alone; `None` when nothing is given. The caller holds the organization's, and sees to what follows.
pub(crate) async fn take_back(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Option<Taken>> {
    let taken = sqlx::query_as!(
        Taken,
        "update billing_overrides set ended_at = $2 \
         where tenant_id = $1 and ended_at is null and (expires_at is null or expires_at > $2) returning plan_key as plan, kind",
        tenant.0,
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(taken)
}
