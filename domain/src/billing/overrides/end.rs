//! Taking back what was given.

use contract::slug::Slug;
use serde_json::json;

use super::lock;
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    billing::refresh::refresh,
    database::PlatformDatabase,
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
    let now = deps.now();
    let mut transaction = platform.begin().await?;
    let Some(tenant) = lock(&mut transaction, organization).await? else {
        return Ok(Ended::UnknownOrganization);
    };
    let ended = sqlx::query!(
        "update billing_overrides set ended_at = $2 \
         where tenant_id = $1 and ended_at is null and (expires_at is null or expires_at > $2) returning plan_key, kind",
        tenant.0,
        now,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(ended) = ended else {
        return Ok(Ended::NothingGiven);
    };
    refresh(&mut transaction, deps, tenant).await?;
    let request = RequestInfo::default();
    let mut entry = Entry::new(Action::BillingOverrideEnded, Origin::System, &request).subject(tenant.0);
    entry.tenant = tenant;
    entry
        .before(json!({ "plan": ended.plan_key, "kind": ended.kind }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Ended::Done)
}
