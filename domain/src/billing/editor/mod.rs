//! The catalogue as staff change it: names, limits, features, what is sold and for how much.
//!
//! A price that the provider sells is never altered: who pays it goes on paying it. It is archived, and another takes its place.

pub mod list;
mod prices;
pub mod review;
pub mod save;
mod settings;

use contract::{
    FieldCode,
    billing::{BillingInterval, Feature, PlanLimits, PlanSettings, PriceSetting},
    error::Check,
    text::PlanTitle,
};

use super::provider::ProductId;

/// What a plan is to be, looked at field by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanEdit {
    pub key: String,
    pub version: i64,
    pub name: PlanTitle,
    pub limits: PlanLimits,
    pub features: Vec<Feature>,
    pub public: bool,
    pub archived: bool,
    pub prices: Vec<PriceEdit>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceEdit {
    pub interval: BillingInterval,
    pub currency: String,
    pub amount: i64,
    pub product: Option<ProductId>,
}

/// More than anybody has of anything, and still far from what overflows.
const MOST: u32 = 1_000_000;
/// In minor units, for a seat.
const DEAREST: i64 = 100_000_000;
const LONGEST_PRODUCT: u32 = 100;

impl PlanEdit {
    /// What is wrong is noted by field, behind `prefix`: all plans of one request stand in one list.
    pub fn read(check: &mut Check, prefix: &str, settings: PlanSettings) -> Option<Self> {
        let at = |field: &str| format!("{prefix}{field}");
        let name = check.field(&at("name"), PlanTitle::parse(&settings.name));
        let PlanLimits {
            projects,
            members,
            guests,
        } = settings.limits;
        let limits = [
            check.field(&at("projects"), limit(projects, 1)),
            check.field(&at("members"), limit(members, 1)),
            check.field(&at("guests"), limit(guests, 0)),
        ];
        let mut features = settings.features;
        features.sort_by_key(|feature| feature.key());
        features.dedup();
        let mut prices: Vec<PriceEdit> = Vec::new();
        let mut whole = true;
        for price in settings.prices {
            let field = at(&price_field(price.interval, &price.currency));
            match PriceEdit::read(check, &field, price) {
                Some(price) if prices.iter().any(|other| other.is_in_place_of(&price)) => {
                    whole = check.field::<()>(&field, Err(FieldCode::Taken)).is_some();
                }
                Some(price) => prices.push(price),
                None => whole = false,
            }
        }
        let [Some(projects), Some(members), Some(guests)] = limits else {
            return None;
        };
        let name = name.filter(|_| whole)?;
        Some(Self {
            key: settings.key,
            version: settings.version,
            name,
            limits: PlanLimits {
                projects,
                members,
                guests,
            },
            features,
            public: settings.public,
            archived: settings.archived,
            prices,
        })
    }
}

impl PriceEdit {
    fn read(check: &mut Check, field: &str, price: PriceSetting) -> Option<Self> {
        let is_currency = price.currency.len() == 3 && price.currency.bytes().all(|byte| byte.is_ascii_lowercase());
        let amount = match price.amount {
            amount if is_currency && (1..=DEAREST).contains(&amount) => Ok(amount),
            _ => Err(FieldCode::Malformed),
        };
        let product = match price.product.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
            None => Ok(None),
            Some(id) if id.len() > LONGEST_PRODUCT as usize => Err(FieldCode::TooLong { max: LONGEST_PRODUCT }),
            Some(id) if id.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(Some(ProductId::from(id.to_owned()))),
            Some(_) => Err(FieldCode::Malformed),
        };
        let amount = check.field(field, amount);
        let product = check.field(&product_field(field), product);
        Some(Self {
            interval: price.interval,
            currency: price.currency,
            amount: amount?,
            product: product?,
        })
    }

    fn is_in_place_of(&self, other: &Self) -> bool {
        (self.interval, &self.currency) == (other.interval, &other.currency)
    }
}

/// `None` is without a limit.
fn limit(allowed: Option<u32>, least: u32) -> Result<Option<u32>, FieldCode> {
    match allowed {
        Some(allowed) if allowed < least || allowed > MOST => Err(FieldCode::Malformed),
        other => Ok(other),
    }
}

/// How a price is called in forms and errors.
pub fn price_field(interval: BillingInterval, currency: &str) -> String {
    format!("{}_{currency}", interval.key())
}

/// How its product is.
pub fn product_field(price: &str) -> String {
    format!("{price}_product")
}

#[cfg(test)]
mod tests;
