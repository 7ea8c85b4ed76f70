//! The desk at which staff repair bills: ours beside the provider's, and safe fixes of what differs.
//!
//! A fix is made in two steps. The dry run is the fix itself, taken back at its end, so that what it shows is what would happen.
//! Whoever confirms sends along what they saw; when either end of it has become something else meanwhile, nothing is done and they
//! are told what. What is made is recorded on both sides, in the organization's log and in that of whoever made it, and stands on
//! the organization's billing page as one line. The provider is never asked while a row is held.

mod ask;
mod attempt;
pub mod differences;
pub mod list;
pub mod look;
pub mod preview;
mod relink;
pub mod repair;
pub mod seats;
pub mod situation;
mod sync;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use contract::{
    billing::{AdjustmentKind, BillingInterval, BillingState, RepairKind},
    ids::TenantId,
};

use super::{drifts::DriftKind, effective::SubscriptionStatus, overrides::OverrideKind, provider::CustomerId};
use crate::{Result, audit::Action, database::Transaction};

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    Give(Gift),
    TakeBack,
    /// The seats that are paid for become those that are taken.
    ResetSeats,
    /// Another customer at the provider; `None` lets go of the one that is known, so that the next purchase makes a new one.
    Relink(Option<CustomerId>),
    /// The provider's word is taken.
    Sync,
}

/// What is given, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    pub kind: OverrideKind,
    /// The key of a plan.
    pub plan: String,
    /// Without one it holds until it is taken back. At this instant it is over.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Repair {
    pub const fn kind(&self) -> RepairKind {
        match self {
            Self::Give(Gift {
                kind: OverrideKind::Plan,
                ..
            }) => RepairKind::Plan,
            Self::Give(Gift {
                kind: OverrideKind::Complimentary,
                ..
            }) => RepairKind::Complimentary,
            Self::TakeBack => RepairKind::TakeBack,
            Self::ResetSeats => RepairKind::Seats,
            Self::Relink(_) => RepairKind::Relink,
            Self::Sync => RepairKind::Sync,
        }
    }

    const fn action(&self) -> Action {
        match self {
            Self::Give(_) => Action::BillingOverridden,
            Self::TakeBack => Action::BillingOverrideEnded,
            Self::ResetSeats => Action::BillingSeatsReset,
            Self::Relink(_) => Action::BillingRelinked,
            Self::Sync => Action::BillingSynced,
        }
    }

    const fn adjustment(&self) -> AdjustmentKind {
        match self.kind() {
            RepairKind::Plan => AdjustmentKind::Plan,
            RepairKind::Complimentary => AdjustmentKind::Complimentary,
            RepairKind::TakeBack => AdjustmentKind::TakenBack,
            RepairKind::Seats => AdjustmentKind::Seats,
            RepairKind::Relink => AdjustmentKind::Relinked,
            RepairKind::Sync => AdjustmentKind::Synced,
        }
    }
}

/// Something that is shown, in no language yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Nothing,
    /// An id, or another word of the provider's.
    Word(String),
    /// The key of a plan.
    Plan(String),
    /// An organization's id at the provider.
    Organization(TenantId),
    Count(u32),
    /// `None` is without a limit.
    Limit(Option<u32>),
    /// In minor units, and the currency.
    Money(i64, String),
    At(DateTime<Utc>),
    State(BillingState),
    Status(SubscriptionStatus),
    Interval(BillingInterval),
    Given {
        /// Its name.
        plan: String,
        complimentary: bool,
        until: Option<DateTime<Utc>>,
    },
    /// What is `None` stays as it is.
    Pending {
        plan: Option<String>,
        seats: Option<u32>,
        applies_at: DateTime<Utc>,
    },
}

/// The differences of an organization that are open.
async fn open_drifts(transaction: &mut Transaction, tenant: TenantId) -> Result<Vec<DriftKind>> {
    let kinds = sqlx::query_scalar!(
        "select kind from billing_drifts where tenant_id = $1 and resolved_at is null order by found_at, kind",
        tenant.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(kinds.iter().filter_map(|kind| DriftKind::from_key(kind)).collect())
}
