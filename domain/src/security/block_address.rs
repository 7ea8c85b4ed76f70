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

/// Nobody signs in from there, by either half, signs up, or asks for or uses a mailed link that leads in. Who is signed in stays so
/// and proves a second factor as ever: whoever blocks an address shuts out nobody who could lift it. An IPv6 address stands for its
/// /64, as it is counted everywhere. The period runs from now; a block that was there goes, and stands in the record. Needs a second
/// factor that was proven a moment ago; nobody blocks the address that they come from themselves.
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
    // Of two who block it at once, the second waits here and finds what the first has done.
    let held = sqlx::query!(
        r#"insert into blocked_addresses as b (address, reason, blocked_by, blocked_at, blocked_until) values ($1, $2, $3, $4, $5)
        on conflict (address) do update set address = b.address
        returning reason, blocked_by, blocked_until,
            reason = $2 and blocked_by = $3 and blocked_at = $4 and blocked_until = $5 as "is_this!""#,
        client,
        reason.as_str(),
        staff.id().0,
        now,
        until,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let mut entry = staff
        .audit(Action::SecurityAddressBlocked)
        .after(json!({ "address": client, "until": until, "reason": reason.as_str() }));
    if !held.is_this {
        if held.blocked_until > now {
            entry = entry.before(json!({ "until": held.blocked_until, "reason": held.reason, "by": held.blocked_by }));
        }
        sqlx::query!(
            "update blocked_addresses set reason = $2, blocked_by = $3, blocked_at = $4, blocked_until = $5 where address = $1",
            client,
            reason.as_str(),
            staff.id().0,
            now,
            until,
        )
        .execute(&mut *transaction)
        .await?;
    }
    entry.write(&mut transaction, deps).await?;
    transaction.commit().await?;
    Ok(())
}
