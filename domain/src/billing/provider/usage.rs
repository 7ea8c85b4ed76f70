//! What was used, for prices by use.

use chrono::{DateTime, Utc};
use contract::ids::TenantId;

/// One use. Told twice under one id, it counts once, and the first telling stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageEvent {
    /// Ours, and the same however often it is told.
    pub id: String,
    pub tenant: TenantId,
    /// What is counted: a meter's name, at most 128 characters.
    pub name: String,
    pub quantity: i64,
    /// In the past.
    pub occurred_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageReceipt {
    pub counted: u64,
    /// Told before.
    pub duplicates: u64,
}
