//! A plan as it stands, and how two of its states differ.

use contract::billing::{PlanSettings, PriceSetting};

use super::{PlanEdit, PriceEdit, price_field, product_field};
use crate::{
    Result,
    billing::{
        catalogue::plans::{Plan, plans},
        provider::ProductId,
    },
    database::Transaction,
};

/// All of them, in the order in which they are shown; or those named.
pub(super) async fn read(transaction: &mut Transaction, keys: Option<&[String]>) -> Result<Vec<PlanSettings>> {
    let plans = plans(transaction).await?;
    Ok(plans
        .into_iter()
        .filter(|plan| keys.is_none_or(|keys| keys.contains(&plan.key)))
        .map(settings)
        .collect())
}

/// What can be changed of a plan: of its prices, those that have not been replaced.
fn settings(plan: Plan) -> PlanSettings {
    PlanSettings {
        key: plan.key,
        version: plan.version,
        name: plan.name,
        limits: plan.limits,
        features: plan.features,
        public: plan.public,
        archived: plan.archived,
        prices: plan
            .prices
            .into_iter()
            .filter(|price| price.on_sale)
            .map(|price| PriceSetting {
                interval: price.interval,
                currency: price.currency,
                amount: price.seat_amount,
                product: price.product.map(ProductId::into_string),
            })
            .collect(),
    }
}

/// The names of what an edit changes, as its fields are called.
pub(super) fn changed(now: &PlanSettings, edit: &PlanEdit) -> Vec<String> {
    let mut fields = Vec::new();
    let mut differs = |field: &str, differs: bool| {
        if differs {
            fields.push(field.to_owned());
        }
    };
    differs("name", now.name != edit.name.as_str());
    differs("projects", now.limits.projects != edit.limits.projects);
    differs("members", now.limits.members != edit.limits.members);
    differs("guests", now.limits.guests != edit.limits.guests);
    differs("features", now.features != edit.features);
    differs("public", now.public != edit.public);
    differs("archived", now.archived != edit.archived);
    let kept = |price: &PriceEdit| now.prices.iter().find(|now| is_of(now, price));
    for price in &edit.prices {
        let field = price_field(price.interval, &price.currency);
        let before = kept(price);
        differs(&field, before.is_none_or(|now| now.amount != price.amount));
        let product = before.and_then(|now| now.product.as_deref());
        let moved = product != price.product.as_ref().map(ProductId::as_str);
        differs(
            &product_field(&field),
            moved && (before.is_some() || price.product.is_some()),
        );
    }
    for gone in &now.prices {
        let stays = edit.prices.iter().any(|price| is_of(gone, price));
        differs(&price_field(gone.interval, &gone.currency), !stays);
    }
    fields
}

pub(super) fn is_of(now: &PriceSetting, price: &PriceEdit) -> bool {
    (now.interval, &now.currency) == (price.interval, &price.currency)
}
