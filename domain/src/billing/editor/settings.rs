//! A plan as it stands, and how two of its states differ.

use contract::billing::{BillingInterval, Feature, PlanLimits, PlanSettings, PriceSetting};

use super::{PlanEdit, PriceEdit, price_field, product_field};
use crate::{Error, Result, billing::provider::ProductId, database::Transaction};

/// All of them, in the order in which they are shown; or those named.
pub(super) async fn read(transaction: &mut Transaction, keys: Option<&[String]>) -> Result<Vec<PlanSettings>> {
    let plans = sqlx::query!(
        r#"select p.key, p.version, p.name, p.is_public, p.archived_at is not null as "archived!",
            (select allowed from plan_limits where plan_key = p.key and limit_key = 'projects') as project_limit,
            (select allowed from plan_limits where plan_key = p.key and limit_key = 'members') as member_limit,
            (select allowed from plan_limits where plan_key = p.key and limit_key = 'guests') as guest_limit,
            array(select feature from plan_features where plan_key = p.key order by feature) as "features!"
        from plans p where $1::text[] is null or p.key = any($1) order by p.position, p.key"#,
        keys,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let prices = sqlx::query!(
        "select plan_key, billing_interval, currency, seat_amount, provider_product_id from plan_prices \
         where archived_at is null order by billing_interval, currency",
    )
    .fetch_all(&mut **transaction)
    .await?;
    let limit = |allowed: Option<i32>| allowed.and_then(|allowed| u32::try_from(allowed).ok());
    plans
        .into_iter()
        .map(|plan| {
            let prices = prices.iter().filter(|price| price.plan_key == plan.key).map(|price| {
                Ok(PriceSetting {
                    interval: BillingInterval::from_key(&price.billing_interval)
                        .ok_or_else(|| Error::fault("unknown interval"))?,
                    currency: price.currency.clone(),
                    amount: price.seat_amount,
                    product: price.provider_product_id.clone(),
                })
            });
            Ok(PlanSettings {
                prices: prices.collect::<Result<_>>()?,
                key: plan.key,
                version: plan.version,
                name: plan.name,
                limits: PlanLimits {
                    projects: limit(plan.project_limit),
                    members: limit(plan.member_limit),
                    guests: limit(plan.guest_limit),
                },
                features: plan.features.iter().filter_map(|key| Feature::from_key(key)).collect(),
                public: plan.is_public,
                archived: plan.archived,
            })
        })
        .collect()
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
