//! What the provider told, into rows of ours.
//!
//! Everything that is heard of it comes through here: its messages, its answers to what we asked it to do, and what
//! reconciliation reads. Facts have the instant at which the provider changed them last. Newer facts win, and of two with the
//! same instant the one with the greater hash, so that any order of tellings, and any repetition, ends in the same rows.
//!
//! Whoever takes something in holds the organization's row, see [`hold`]. What follows from it for the organization is done
//! by [`super::refresh`] afterwards.

mod checkout;
mod current;
mod customer;
mod order;
mod subscription;

use chrono::{DateTime, Utc};
use contract::{billing::BillingInterval, ids::TenantId};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub(crate) use checkout::checkout;
pub(crate) use customer::customer;
pub(crate) use order::order;
pub(crate) use subscription::{give_way, gone, subscription};

use super::effective::SubscriptionStatus;
use crate::{Error, Result, database::Transaction};

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    /// The subscription that counted before.
    pub before: Option<Counting>,
    /// The one that counts now.
    pub after: Option<Counting>,
    /// Whether a row of ours is not as it was. What is older than what we have, or the same, changes nothing.
    pub changed: bool,
}

/// The subscription that counts, as far as a change of it is told to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counting {
    pub id: String,
    /// `None` when its product is none of ours.
    pub plan_key: Option<String>,
    pub interval: Option<BillingInterval>,
    pub status: SubscriptionStatus,
    pub seats: i32,
    pub cancel_at_period_end: bool,
    pub ends_at: Option<DateTime<Utc>>,
    /// What waits for the next period: the plan's key if its product is ours, the seats, and when.
    pub pending: Option<Pending>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pending {
    pub plan_key: Option<String>,
    pub seats: Option<i32>,
    pub applies_at: DateTime<Utc>,
}

/// Locks the organization's row, which is what everything about its bills waits for. False when it is gone, or going.
pub(crate) async fn hold(transaction: &mut Transaction, tenant: TenantId) -> Result<bool> {
    let held = sqlx::query_scalar!(
        "select id from tenants where id = $1 and deleted_at is null for update",
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(held.is_some())
}

/// Of two tellings of one instant the greater is kept. Over names and values: the same facts have the same hash in every
/// release that keeps the same columns.
fn hash(facts: &impl Serialize) -> Result<Vec<u8>> {
    let told = serde_json::to_vec(facts).map_err(Error::fault)?;
    Ok(Sha256::digest(told).to_vec())
}
