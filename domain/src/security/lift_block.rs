//! Letting people come in from a blocked address again.

use chrono::{DateTime, Utc};
use contract::staff::StaffRight;
use serde_json::{Value, json};

use crate::{Deps, Result, actor::StaffActor, audit::Action, database::Transaction};

/// A block that there is no more.
#[derive(Debug)]
pub(super) struct Lifted {
    pub address: String,
    blocked_until: DateTime<Utc>,
}

impl Lifted {
    /// For the audit log.
    pub fn recorded(&self) -> Value {
        json!({ "address": self.address, "until": self.blocked_until })
    }
}

/// `address` as the list of them shows it. One whose time is over is not found. Needs a second factor that was proven a moment ago.
pub async fn lift_block(staff: &StaffActor, deps: &Deps, address: &str) -> Result<()> {
    staff.require(StaffRight::SecurityManage)?;
    staff.require_fresh_factor(deps)?;
    let mut transaction = staff.begin(deps).await?;
    let lifted = lift(&mut transaction, deps, address)
        .await?
        .ok_or(contract::Error::NotFound)?;
    staff
        .audit(Action::SecurityAddressUnblocked)
        .before(lifted.recorded())
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// `None` for one that is not blocked, or no longer.
pub(super) async fn lift(transaction: &mut Transaction, deps: &Deps, address: &str) -> Result<Option<Lifted>> {
    let lifted = sqlx::query_as!(
        Lifted,
        "delete from blocked_addresses where address = $1 and blocked_until > $2 returning address, blocked_until",
        address.replace('\0', ""),
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(lifted)
}
