//! Letting nobody come in from an address for a while.

use std::net::IpAddr;

use chrono::TimeDelta;
use contract::{FieldCode, security::BlockPeriod, staff::StaffRight, text::BlockReason};
use serde_json::json;

use crate::{Deps, Result, actor::StaffActor, audit::Action, throttle};

const fn lasts(period: BlockPeriod) -> TimeDelta {
    match period {
        BlockPeriod::Hour => TimeDelta::hours(1),
        BlockPeriod::Day => TimeDelta::days(1),
    }
}

/// Nobody there signs in, signs up, asks for or uses a mailed link, or proves a second factor; who is signed in stays so. An IPv6
/// address stands for its /64, as it is counted everywhere. The period runs from now, whatever was left of one before. Needs a
/// second factor that was proven a moment ago; nobody blocks the address that they come from themselves.
pub async fn block_address(
    staff: &StaffActor,
    deps: &Deps,
    address: &str,
    period: BlockPeriod,
    reason: BlockReason,
) -> Result<()> {
    staff.require(StaffRight::SecurityManage)?;
    staff.require_fresh_factor(deps)?;
    let address: IpAddr = address
        .trim()
        .parse()
        .map_err(|_| contract::Error::field("address", FieldCode::Malformed))?;
    let client = throttle::client(&address.to_string());
    if client == throttle::client(&staff.user().request().address) {
        return Err(contract::Error::field("address", FieldCode::OwnAddress).into());
    }
    let now = deps.now();
    let until = now + lasts(period);
    let mut transaction = staff.begin(deps).await?;
    sqlx::query!(
        "insert into blocked_addresses (address, reason, blocked_by, blocked_at, blocked_until) values ($1, $2, $3, $4, $5) \
         on conflict (address) do update set reason = excluded.reason, blocked_by = excluded.blocked_by, \
         blocked_at = excluded.blocked_at, blocked_until = excluded.blocked_until",
        client,
        reason.as_str(),
        staff.id().0,
        now,
        until,
    )
    .execute(&mut *transaction)
    .await?;
    staff
        .audit(Action::SecurityAddressBlocked)
        .after(json!({ "address": client, "until": until, "reason": reason.as_str() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
