//! What is for sale, as the provider keeps it.

use contract::billing::BillingInterval;

use super::ids::ProductId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    pub id: ProductId,
    pub name: String,
    /// The plan's key in our catalogue. `None` for what was not published by us.
    pub plan: Option<String>,
    /// `None` for what is bought once, and for intervals we do not sell.
    pub interval: Option<BillingInterval>,
    /// Cannot be bought any more; who has it keeps it.
    pub archived: bool,
    /// `None` where a seat has no price, or not the same for every seat.
    pub seat_price: Option<SeatPrice>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatPrice {
    /// For a seat and interval, in minor units.
    pub amount: i64,
    /// ISO 4217, small letters.
    pub currency: String,
    pub min_seats: u32,
    pub max_seats: Option<u32>,
}

/// A plan's price that is to be for sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProduct {
    /// 3 to 64 characters.
    pub name: String,
    /// The plan's key in our catalogue. With the interval it tells whether it is for sale already.
    pub plan: String,
    pub interval: BillingInterval,
    pub seat_price: SeatPrice,
}

/// What is to become of a product; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductUpdate {
    /// 3 to 64 characters.
    pub name: Option<String>,
    /// Whether it cannot be bought any more.
    pub archived: Option<bool>,
}
