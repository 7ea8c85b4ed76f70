//! A plan, an interval and a number of seats that somebody asks for.

use contract::{billing::BillingInterval, error::FieldCode};

use super::{
    catalogue::plans::{Plan, Price},
    change::SeatBounds,
    provider::ProductId,
    usage::Usage,
};
use crate::Result;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The plan's key.
    pub plan: String,
    pub interval: BillingInterval,
    pub seats: u32,
}

/// The same, found in the catalogue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'a> {
    pub plan: &'a Plan,
    pub price: &'a Price,
    pub product: &'a ProductId,
}

impl Wanted {
    /// Refuses what is not on sale in this currency.
    pub(crate) fn find<'a>(&self, plans: &'a [Plan], currency: &str) -> Result<Found<'a>> {
        let plan = plans
            .iter()
            .find(|plan| plan.key == self.plan)
            .ok_or_else(|| contract::Error::field("plan", FieldCode::Malformed))?;
        let price = plan
            .price(self.interval, currency)
            .ok_or_else(|| contract::Error::field("interval", FieldCode::Malformed))?;
        // Without a product the catalogue has not been published where it would be paid for.
        let product = price
            .product
            .as_ref()
            .ok_or(contract::Error::PaymentProviderUnavailable)?;
        Ok(Found { plan, price, product })
    }
}

impl Found<'_> {
    pub fn seats(&self, usage: Usage) -> SeatBounds {
        SeatBounds::of(usage.members, self.plan.limits.members)
    }
}
