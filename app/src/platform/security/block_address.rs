//! Letting nobody come in from an address for a while.

use contract::error::Result;
use leptos::prelude::server;

/// `period` is `hour` or `day`.
#[server]
pub async fn block_address(address: String, period: String, reason: String) -> Result<()> {
    use contract::{FieldCode, error::Check, security::BlockPeriod, text::BlockReason};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::SecurityManage)?;
    let mut check = Check::default();
    let period = check.field("period", BlockPeriod::from_key(&period).ok_or(FieldCode::Required));
    let reason = check.field("reason", BlockReason::parse(&reason));
    let (period, reason) = check.done(period.zip(reason))?;
    domain::security::block_address::block_address(&actor, &deps, &address, period, reason).await?;
    crate::form::notice("address_blocked");
    crate::response::redirect_to("/platform/security");
    Ok(())
}
