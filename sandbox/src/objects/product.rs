//! Products and what they cost.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::timestamp::{Interval, Timestamp};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Product {
    pub id: Uuid,
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub trial_interval: Option<Interval>,
    pub trial_interval_count: Option<u32>,
    pub name: String,
    pub description: Option<String>,
    pub visibility: String,
    pub recurring_interval: Option<Interval>,
    pub recurring_interval_count: Option<u32>,
    pub is_recurring: bool,
    pub is_archived: bool,
    pub metadata: Map<String, Value>,
    pub prices: Vec<Price>,
}

impl Product {
    /// The prices in a currency, or in the first price's.
    pub fn prices_in(&self, currency: Option<&str>) -> Vec<Price> {
        let Some(currency) = currency.or_else(|| Some(self.prices.first()?.price_currency.as_str())) else {
            return Vec::new();
        };
        self.prices
            .iter()
            .filter(|price| price.price_currency == currency)
            .cloned()
            .collect()
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names are the provider's")]
pub struct Price {
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub id: Uuid,
    pub source: String,
    pub price_currency: String,
    pub tax_behavior: Option<String>,
    pub is_archived: bool,
    pub product_id: Uuid,
    #[serde(flatten)]
    pub amount: PriceAmount,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "amount_type", rename_all = "snake_case")]
pub enum PriceAmount {
    /// In minor units. 0 is free.
    Fixed {
        price_amount: i64,
    },
    SeatBased {
        seat_tiers: SeatTiers,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeatTiers {
    pub seat_tier_type: Option<TierType>,
    pub tiers: Vec<SeatTier>,
    pub minimum_seats: i64,
    pub maximum_seats: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TierType {
    /// Every seat costs what the tier of the whole number says.
    Volume,
    /// Every seat costs what its own tier says.
    Graduated,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeatTier {
    pub min_seats: i64,
    pub max_seats: Option<i64>,
    pub price_per_seat: i64,
}

impl SeatTiers {
    fn amount(&self, seats: i64) -> i64 {
        let last = |tier: &SeatTier| tier.max_seats.unwrap_or(i64::MAX);
        match self.seat_tier_type {
            Some(TierType::Graduated) => self
                .tiers
                .iter()
                .map(|tier| (seats.min(last(tier)) - tier.min_seats + 1).max(0) * tier.price_per_seat)
                .sum(),
            Some(TierType::Volume) | None => self
                .tiers
                .iter()
                .find(|tier| seats <= last(tier))
                .or(self.tiers.last())
                .map_or(0, |tier| seats * tier.price_per_seat),
        }
    }
}

/// The tiers of the seats, where seats are priced.
pub fn seat_tiers(prices: &[Price]) -> Option<&SeatTiers> {
    prices.iter().find_map(|price| match &price.amount {
        PriceAmount::SeatBased { seat_tiers } => Some(seat_tiers),
        PriceAmount::Fixed { .. } => None,
    })
}

/// What one period costs, in minor units.
pub fn amount(prices: &[Price], seats: Option<i64>) -> i64 {
    prices
        .iter()
        .map(|price| match &price.amount {
            PriceAmount::Fixed { price_amount } => *price_amount,
            PriceAmount::SeatBased { seat_tiers } => seat_tiers.amount(seats.unwrap_or(seat_tiers.minimum_seats)),
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiers(seat_tier_type: TierType) -> SeatTiers {
        SeatTiers {
            seat_tier_type: Some(seat_tier_type),
            tiers: vec![
                SeatTier {
                    min_seats: 1,
                    max_seats: Some(10),
                    price_per_seat: 1000,
                },
                SeatTier {
                    min_seats: 11,
                    max_seats: None,
                    price_per_seat: 800,
                },
            ],
            minimum_seats: 1,
            maximum_seats: None,
        }
    }

    #[test]
    fn volume_prices_all_seats_by_their_number() {
        assert_eq!(tiers(TierType::Volume).amount(10), 10_000);
        assert_eq!(tiers(TierType::Volume).amount(11), 8_800);
    }

    #[test]
    fn graduated_prices_each_seat_by_its_tier() {
        assert_eq!(tiers(TierType::Graduated).amount(10), 10_000);
        assert_eq!(tiers(TierType::Graduated).amount(12), 11_600);
    }
}
