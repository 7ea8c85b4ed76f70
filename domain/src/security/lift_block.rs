//! Letting people come in from a blocked address again.

use contract::staff::StaffRight;
use serde_json::json;

use crate::{Deps, Result, actor::StaffActor, audit::Action};

/// `address` as the list of them shows it. One whose time is over is not found. Needs a second factor that was proven a moment ago.
pub async fn lift_block(staff: &StaffActor, deps: &Deps, address: &str) -> Result<()> {
    staff.require(StaffRight::SecurityManage)?;
    staff.require_fresh_factor(deps)?;
    let mut transaction = staff.begin(deps).await?;
    let lifted = sqlx::query!(
        "delete from blocked_addresses where address = $1 and blocked_until > $2 returning address, blocked_until",
        address.replace('\0', ""),
        deps.now(),
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    staff
        .audit(Action::SecurityAddressUnblocked)
        .before(json!({ "address": lifted.address, "until": lifted.blocked_until }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
