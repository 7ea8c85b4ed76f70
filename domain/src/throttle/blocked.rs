//! Clients whom staff have blocked for a while: refused as who has tried too often, so that they learn nothing.

use super::{Policy, throttled};
use crate::{Deps, Result, metrics};

/// `client` is an address as [`super::client`] writes it.
pub(crate) async fn refuse_blocked(deps: &Deps, policy: Policy, client: &str) -> Result<()> {
    let now = deps.now();
    let until = sqlx::query_scalar!(
        "select blocked_until from blocked_addresses where address = $1 and blocked_until > $2",
        client,
        now,
    )
    .fetch_optional(deps.database.global())
    .await?;
    match until {
        None => Ok(()),
        Some(until) => {
            metrics::throttled(policy);
            Err(throttled(until, now))
        }
    }
}
