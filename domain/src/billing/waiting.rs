//! What waits for the renewal: another product, another number of seats, or both. The provider keeps one change that waits;
//! what is told of its one half leaves the other as it is.

use super::{
    held::Held,
    provider::{ProductId, Subscription},
    quote::Change,
};
use contract::billing::ChangeTiming;

/// What is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub product: Option<ProductId>,
    pub seats: Option<u32>,
}

impl Waiting {
    pub fn held(held: &Held) -> Self {
        let pending = held.pending.as_ref();
        Self {
            product: pending.and_then(|pending| pending.product.clone()),
            seats: pending.and_then(|pending| pending.seats),
        }
    }

    pub fn told(told: &Subscription) -> Self {
        let pending = told.pending.as_ref();
        Self {
            product: pending.and_then(|pending| pending.product.clone()),
            seats: pending.and_then(|pending| pending.seats),
        }
    }

    /// What is to wait once it is done.
    pub fn wanted(change: &Change) -> Self {
        let waits = |step| step == Some(ChangeTiming::AtRenewal);
        Self {
            product: waits(change.steps.plan).then(|| change.product.clone()),
            seats: waits(change.steps.seats).then_some(change.to.seats),
        }
    }

    /// Whether something of it would not wait any more, or differently, if this were wanted.
    pub fn is_replaced_by(&self, wanted: &Self) -> bool {
        (self.product.is_some() && self.product != wanted.product)
            || (self.seats.is_some() && self.seats != wanted.seats)
    }

    /// Whether something of it would go on waiting beside what is wanted, so that it has to be taken back first.
    pub fn exceeds(&self, wanted: &Self) -> bool {
        (self.product.is_some() && wanted.product.is_none()) || (self.seats.is_some() && wanted.seats.is_none())
    }
}
