//! What is for sale: a product for every plan and interval, with one price, per seat.

use std::collections::BTreeMap;

use contract::billing::BillingInterval;
use serde::{Deserialize, Serialize};

use super::{Polar, client::part, metadata::Metadata};
use crate::billing::provider::{NewProduct, Product, ProductId, ProductUpdate, ProviderError, SeatPrice};

const PLAN: &str = "plan";
const INTERVAL: &str = "interval";

/// As Polar tells it.
#[derive(Debug, Deserialize)]
struct ProductObject {
    id: String,
    name: String,
    is_archived: bool,
    recurring_interval: Option<String>,
    recurring_interval_count: Option<u32>,
    #[serde(default)]
    metadata: Metadata,
    #[serde(default)]
    prices: Vec<PriceObject>,
}

/// Of the many kinds of prices only the one that we sell by is read.
#[derive(Debug, Deserialize)]
struct PriceObject {
    amount_type: String,
    #[serde(default)]
    is_archived: bool,
    #[serde(default)]
    price_currency: String,
    seat_tiers: Option<SeatTiers>,
}

#[derive(Debug, Deserialize)]
struct SeatTiers {
    tiers: Vec<SeatTier>,
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
struct SeatTier {
    min_seats: u32,
    max_seats: Option<u32>,
    price_per_seat: i64,
}

impl From<ProductObject> for Product {
    fn from(object: ProductObject) -> Self {
        // Every second month is none of ours.
        let interval = object
            .recurring_interval
            .filter(|_| object.recurring_interval_count.is_none_or(|count| count == 1))
            .and_then(|interval| BillingInterval::from_key(&interval));
        Self {
            id: object.id.into(),
            plan: object.metadata.text(PLAN).map(str::to_owned),
            seat_price: object.prices.iter().find_map(PriceObject::of_every_seat),
            name: object.name,
            interval,
            archived: object.is_archived,
        }
    }
}

impl PriceObject {
    fn of_every_seat(&self) -> Option<SeatPrice> {
        let tiers = self
            .seat_tiers
            .as_ref()
            .filter(|_| self.amount_type == "seat_based" && !self.is_archived)?;
        let [tier] = tiers.tiers.as_slice() else {
            return None;
        };
        Some(SeatPrice {
            amount: tier.price_per_seat,
            currency: self.price_currency.clone(),
            min_seats: tier.min_seats,
            max_seats: tier.max_seats,
        })
    }
}

#[derive(Debug, Serialize)]
struct CreateProduct<'a> {
    name: &'a str,
    recurring_interval: &'static str,
    prices: [CreateSeatPrice<'a>; 1],
    metadata: BTreeMap<&'static str, &'a str>,
}

#[derive(Debug, Serialize)]
struct CreateSeatPrice<'a> {
    amount_type: &'static str,
    price_currency: &'a str,
    seat_tiers: CreateSeatTiers,
}

#[derive(Debug, Serialize)]
struct CreateSeatTiers {
    /// The whole number of seats has the price of its tier.
    seat_tier_type: &'static str,
    tiers: [SeatTier; 1],
}

#[derive(Debug, Serialize)]
struct UpdateProduct<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_archived: Option<bool>,
}

impl Polar {
    pub(super) async fn list_products(&self) -> Result<Vec<Product>, ProviderError> {
        let objects: Vec<ProductObject> = self.client.list(&["products", ""], &[]).await?;
        Ok(objects.into_iter().map(Into::into).collect())
    }

    pub(super) async fn find_or_create_product(&self, new: NewProduct) -> Result<Product, ProviderError> {
        let published = self.list_products().await?.into_iter().find(|product| {
            !product.archived && product.plan.as_ref() == Some(&new.plan) && product.interval == Some(new.interval)
        });
        if let Some(product) = published {
            return Ok(product);
        }
        let body = CreateProduct {
            name: &new.name,
            recurring_interval: new.interval.key(),
            prices: [CreateSeatPrice {
                amount_type: "seat_based",
                price_currency: &new.seat_price.currency,
                seat_tiers: CreateSeatTiers {
                    seat_tier_type: "volume",
                    tiers: [SeatTier {
                        min_seats: new.seat_price.min_seats,
                        max_seats: new.seat_price.max_seats,
                        price_per_seat: new.seat_price.amount,
                    }],
                },
            }],
            metadata: BTreeMap::from([(PLAN, new.plan.as_str()), (INTERVAL, new.interval.key())]),
        };
        let object: ProductObject = self.client.post(&["products", ""], &body).await?;
        Ok(object.into())
    }

    pub(super) async fn change_product(&self, id: ProductId, update: ProductUpdate) -> Result<Product, ProviderError> {
        let body = UpdateProduct {
            name: update.name.as_deref(),
            is_archived: update.archived,
        };
        let object: ProductObject = self.client.patch(&["products", part(id.as_str())?], &body).await?;
        Ok(object.into())
    }
}
