//! Clients whom staff have blocked for a while: they come in by no way, and are told to wait as who has tried too often. How long
//! the block lasts they are not told: no wait of a policy is longer than its window.

use super::{Policy, throttled};
use crate::{Deps, Result, metrics};

/// `client` is an address as [`super::client`] writes it. For who wants to come in, and for nobody who is signed in.
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
            Err(throttled(until.min(now + policy.figures().window), now))
        }
    }
}
