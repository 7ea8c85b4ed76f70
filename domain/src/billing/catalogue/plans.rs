//! The plans as they are bought: with the product at the provider behind each price.

use contract::billing::{BillingInterval, Feature, PlanLimits, PlanName};

use crate::{
    Error, Result,
    billing::{limits, provider::ProductId},
    database::Transaction,
};

/// A plan with every price it ever had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub key: String,
    /// One more with every change.
    pub version: i64,
    pub name: String,
    /// Plans are ordered by what they offer: one of a higher position has more.
    pub position: i32,
    pub limits: PlanLimits,
    pub features: Vec<Feature>,
    /// Whether it is offered to everybody.
    pub public: bool,
    /// Whether it is not sold any more.
    pub archived: bool,
    pub prices: Vec<Price>,
}

/// Of one seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    pub interval: BillingInterval,
    /// ISO 4217, lower case.
    pub currency: String,
    /// For one interval, in minor units.
    pub seat_amount: i64,
    /// `None` until the catalogue is published at the provider.
    pub product: Option<ProductId>,
    /// Whether no other has taken its place: with its plan, it is sold.
    pub on_sale: bool,
}

/// What is sold wherever somebody has not paid in another currency before.
pub const CURRENCY: &str = "usd";

impl Plan {
    /// What it is sold for in this currency, monthly before yearly.
    pub fn on_sale(&self, currency: &str) -> impl Iterator<Item = &Price> {
        self.prices
            .iter()
            .filter(move |price| self.public && !self.archived && price.on_sale && price.currency == currency)
    }

    pub fn name(&self) -> PlanName {
        PlanName {
            key: self.key.clone(),
            name: self.name.clone(),
        }
    }

    pub fn price(&self, interval: BillingInterval, currency: &str) -> Option<&Price> {
        self.on_sale(currency).find(|price| price.interval == interval)
    }
}

/// All that was ever sold, in the order in which plans are shown.
///
/// Plans are read before their prices: a version is never newer than the prices beside it, so that what was read while
/// somebody saved is not saved over it.
pub(crate) async fn plans(transaction: &mut Transaction) -> Result<Vec<Plan>> {
    let plans = sqlx::query!(
        r#"select p.key, p.version, p.name, p.position, p.is_public, p.archived_at is not null as "archived!",
            (select allowed from plan_limits where plan_key = p.key and limit_key = 'projects') as project_limit,
            (select allowed from plan_limits where plan_key = p.key and limit_key = 'members') as member_limit,
            (select allowed from plan_limits where plan_key = p.key and limit_key = 'guests') as guest_limit,
            array(select feature from plan_features where plan_key = p.key order by feature) as "features!"
        from plans p order by p.position, p.key"#,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let prices = sqlx::query!(
        r#"select plan_key, billing_interval, currency, seat_amount, provider_product_id, archived_at is null as "on_sale!"
        from plan_prices order by billing_interval, currency, archived_at desc nulls first, id"#,
    )
    .fetch_all(&mut **transaction)
    .await?;
    plans
        .into_iter()
        .map(|plan| {
            let prices = prices.iter().filter(|price| price.plan_key == plan.key).map(|price| {
                Ok(Price {
                    interval: interval(&price.billing_interval)?,
                    currency: price.currency.clone(),
                    seat_amount: price.seat_amount,
                    product: price.provider_product_id.clone().map(ProductId::from),
                    on_sale: price.on_sale,
                })
            });
            Ok(Plan {
                prices: prices.collect::<Result<_>>()?,
                key: plan.key,
                version: plan.version,
                name: plan.name,
                position: plan.position,
                limits: limits::of_row(plan.project_limit, plan.member_limit, plan.guest_limit),
                features: features(&plan.features),
                public: plan.is_public,
                archived: plan.archived,
            })
        })
        .collect()
}

/// What the database calls an interval.
pub(super) fn interval(key: &str) -> Result<BillingInterval> {
    BillingInterval::from_key(key).ok_or_else(|| Error::fault("unknown interval"))
}

/// Those that this release knows.
pub(crate) fn features(keys: &[String]) -> Vec<Feature> {
    keys.iter().filter_map(|key| Feature::from_key(key)).collect()
}
