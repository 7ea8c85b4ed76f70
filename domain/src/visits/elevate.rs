//! Some minutes in which a visit may change something.

use chrono::{DateTime, Utc};
use contract::{staff::StaffRight, visits::VisitMode};
use serde_json::json;

use crate::{
    Deps, Result,
    actor::{StaffActor, VISIT_ELEVATED},
    audit::{Action, Entry, Origin},
};

/// Until when the operator's open visit is elevated: ten minutes, and no longer than it lasts. With a second factor that was
/// proven a moment ago, in the session of the visit.
pub async fn elevate(staff: &StaffActor, deps: &Deps) -> Result<DateTime<Utc>> {
    staff.require(StaffRight::ImpersonateElevated)?;
    staff.require_fresh_factor(deps)?;
    let now = deps.now();
    let mut transaction = staff.begin(deps).await?;
    let visit = sqlx::query!(
        r#"update platform_impersonation_sessions
        set mode = 'elevated', elevated_until = least($3::timestamptz, expires_at)
        where operator_id = $1 and operator_session_id = $2 and ended_at is null and expires_at > $4
        returning id, tenant_id, subject_id, organization, elevated_until as "until!""#,
        staff.id().0,
        staff.user().session().0,
        now + VISIT_ELEVATED,
        now,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let entry = || {
        Entry::new(Action::VisitElevated, Origin::Impersonation, staff.user().request())
            .actor(staff.id())
            .on_behalf_of(visit.subject_id.into())
            .subject(visit.id)
            .after(json!({
                "organization": visit.organization, "mode": VisitMode::Elevated.key(), "expires_at": visit.until,
            }))
    };
    entry()
        .inside(visit.tenant_id.into())
        .write(&mut transaction, deps)
        .await?;
    entry().write(&mut transaction, deps).await?;
    transaction.commit().await?;
    Ok(visit.until)
}
