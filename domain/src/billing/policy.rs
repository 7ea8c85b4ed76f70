//! What the operator decides about bills.

use chrono::TimeDelta;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BillingPolicy {
    /// How long everything goes on working after a renewal could not be charged, and after a plan became too small.
    pub grace: TimeDelta,
}

impl Default for BillingPolicy {
    fn default() -> Self {
        Self {
            grace: TimeDelta::days(7),
        }
    }
}
