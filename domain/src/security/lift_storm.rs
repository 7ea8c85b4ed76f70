//! Letting everybody try something again who has to wait for it.

use contract::staff::StaffRight;
use serde_json::json;

use crate::{Deps, Result, actor::StaffActor, audit::Action};

/// Those who wait are let in; who is still counted stays counted. Says how many it were; none is not found. Needs a second factor
/// that was proven a moment ago: whoever is guessing is let in with the others.
pub async fn lift_storm(staff: &StaffActor, deps: &Deps, policy: &str) -> Result<u32> {
    staff.require(StaffRight::SecurityManage)?;
    staff.require_fresh_factor(deps)?;
    let policy = policy.replace('\0', "");
    let mut transaction = staff.begin(deps).await?;
    let lifted = sqlx::query!(
        "delete from rate_limits where policy = $1 and blocked_until > $2",
        policy,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    if lifted == 0 {
        return Err(contract::Error::NotFound.into());
    }
    staff
        .audit(Action::SecurityStormLifted)
        .before(json!({ "policy": policy, "lockouts": lifted }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(u32::try_from(lifted).unwrap_or(u32::MAX))
}
