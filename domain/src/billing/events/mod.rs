//! What the provider tells by itself: stored first, settled afterwards.
//!
//! A message is kept as it came, in a transaction of its own, and the provider is answered. What follows from it is settled by
//! a job in one transaction behind the organization's row; a failure rolls all of it back, is noted, and is tried again later.
//! What fails to the last stays to be seen, and can be tried again by the operator.

pub(crate) mod due;
mod hidden;
pub mod inbox;
pub mod list;
pub mod look;
pub mod receive;
pub mod replay;
pub mod replay_failed;
pub mod retry;
pub(crate) mod settle;
#[cfg(test)]
mod tests;

use chrono::TimeDelta;

/// For how long a message is kept, as evidence.
pub const KEPT: TimeDelta = TimeDelta::days(400);
