//! Whether what is on sale here is for sale at the provider, and for the same money. Nothing is put right.

use contract::billing::BillingInterval;

use super::publish::prices;
use crate::{
    Deps, Result,
    billing::provider::{ProductId, ProviderError},
    database::PlatformDatabase,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// `prices` of them, and all is as it should be.
    Same {
        prices: usize,
    },
    Differs(Vec<Difference>),
    /// The provider was asked and has not told.
    Unknown(ProviderError),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The provider has no product for it, or none that can be bought.
    NotForSale { plan: String, interval: BillingInterval },
    /// Amounts are in minor units, for a seat and interval; the provider's is `None` where it sells by anything but one price
    /// for every seat.
    Price {
        plan: String,
        interval: BillingInterval,
        product: ProductId,
        ours: i64,
        theirs: Option<i64>,
    },
}

pub async fn compare(platform: &PlatformDatabase, deps: &Deps) -> Result<Comparison> {
    let mut transaction = platform.begin().await?;
    let prices = prices(&mut transaction).await?;
    transaction.commit().await?;
    let products = match deps.payments.products().await {
        Ok(products) => products,
        Err(error) => return Ok(Comparison::Unknown(error)),
    };
    let differences: Vec<_> = prices
        .iter()
        .filter_map(|price| {
            let product = products
                .iter()
                .find(|product| price.is_sold_as(product) && !product.archived);
            match product {
                None => Some(Difference::NotForSale {
                    plan: price.plan_key.clone(),
                    interval: price.interval,
                }),
                Some(product) if !price.costs_as(product) => Some(Difference::Price {
                    plan: price.plan_key.clone(),
                    interval: price.interval,
                    product: product.id.clone(),
                    ours: price.seat_amount,
                    theirs: product.seat_price.as_ref().map(|price| price.amount),
                }),
                Some(_) => None,
            }
        })
        .collect();
    Ok(if differences.is_empty() {
        Comparison::Same { prices: prices.len() }
    } else {
        Comparison::Differs(differences)
    })
}
