//! Letting somebody try again before their wait is over.

use contract::staff::StaffRight;
use serde_json::json;

use crate::{Deps, Result, actor::StaffActor, audit::Action};

/// Forgets what was tried. One that is over already is not found.
pub async fn lift_lockout(staff: &StaffActor, deps: &Deps, policy: &str, key: &[u8]) -> Result<()> {
    staff.require(StaffRight::SecurityManage)?;
    let mut transaction = staff.begin(deps).await?;
    let attempts = sqlx::query_scalar!(
        "delete from rate_limits where policy = $1 and key = $2 and blocked_until > $3 returning attempts",
        policy.replace('\0', ""),
        key,
        deps.now(),
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    staff
        .audit(Action::SecurityLockoutLifted)
        .before(json!({ "policy": policy, "attempts": attempts }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
