//! What a plan is sold for.

use contract::{FieldCode, billing::PlanSettings};
use uuid::Uuid;

use super::{PlanEdit, PriceEdit, price_field, product_field, settings::is_of};
use crate::{Deps, OnConstraint, Result, billing::provider::ProductId, database::Transaction};

/// What becomes of a price that is on sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Stays,
    /// The provider does not sell it yet: nobody can pay it.
    Altered,
    /// It stays with those who pay it; another one is sold in its place.
    Replaced,
}

/// By what it is sold as and for, and what it is to be.
pub(super) fn fate(product: Option<&str>, amount: i64, wanted: &PriceEdit) -> Fate {
    let same_product = product == wanted.product.as_ref().map(ProductId::as_str);
    match (same_product && amount == wanted.amount, product) {
        (true, _) => Fate::Stays,
        (false, None) => Fate::Altered,
        (false, Some(_)) => Fate::Replaced,
    }
}

pub(super) async fn write(
    transaction: &mut Transaction,
    deps: &Deps,
    now: &PlanSettings,
    edit: &PlanEdit,
) -> Result<()> {
    for gone in &now.prices {
        if !edit.prices.iter().any(|price| is_of(gone, price)) {
            archive(transaction, deps, &edit.key, gone.interval.key(), &gone.currency).await?;
        }
    }
    for price in &edit.prices {
        let before = now.prices.iter().find(|before| is_of(before, price));
        let fate = before.map(|before| fate(before.product.as_deref(), before.amount, price));
        match fate {
            Some(Fate::Stays) => {}
            Some(Fate::Altered) => {
                forget(transaction, &edit.key, price).await?;
                sell(transaction, deps, &edit.key, price).await?;
            }
            Some(Fate::Replaced) => {
                archive(transaction, deps, &edit.key, price.interval.key(), &price.currency).await?;
                // At another amount, what the provider sells is another product.
                let same = before
                    .is_some_and(|before| before.product.as_deref() == price.product.as_ref().map(ProductId::as_str));
                let product = price.product.clone().filter(|_| !same);
                sell(
                    transaction,
                    deps,
                    &edit.key,
                    &PriceEdit {
                        product,
                        ..price.clone()
                    },
                )
                .await?;
            }
            None => sell(transaction, deps, &edit.key, price).await?,
        }
    }
    Ok(())
}

async fn archive(transaction: &mut Transaction, deps: &Deps, plan: &str, interval: &str, currency: &str) -> Result<()> {
    sqlx::query!(
        "update plan_prices set archived_at = $4 \
         where plan_key = $1 and billing_interval = $2 and currency = $3 and archived_at is null",
        plan,
        interval,
        currency,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What the provider does not sell, nobody can have paid.
async fn forget(transaction: &mut Transaction, plan: &str, price: &PriceEdit) -> Result<()> {
    sqlx::query!(
        "delete from plan_prices where plan_key = $1 and billing_interval = $2 and currency = $3 \
         and archived_at is null and provider_product_id is null",
        plan,
        price.interval.key(),
        price.currency,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// One that was sold before for the same is sold again: the provider has its product.
async fn sell(transaction: &mut Transaction, deps: &Deps, plan: &str, price: &PriceEdit) -> Result<()> {
    let product = price.product.as_ref().map(ProductId::as_str);
    let again = sqlx::query_scalar!(
        "update plan_prices set archived_at = null where id = ( \
            select id from plan_prices where plan_key = $1 and billing_interval = $2 and currency = $3 and seat_amount = $4 \
                and archived_at is not null and ($5::text is null or provider_product_id = $5) \
            order by archived_at desc limit 1) returning id",
        plan,
        price.interval.key(),
        price.currency,
        price.amount,
        product,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    if again.is_some() {
        return Ok(());
    }
    sqlx::query!(
        "insert into plan_prices (id, plan_key, billing_interval, currency, seat_amount, provider_product_id) \
         values ($1, $2, $3, $4, $5, $6)",
        deps.id::<Uuid>(),
        plan,
        price.interval.key(),
        price.currency,
        price.amount,
        product,
    )
    .execute(&mut **transaction)
    .await
    .on_constraint("plan_prices_product_key", || taken(price))?;
    Ok(())
}

/// The product is that of another price, today's or a former one.
fn taken(price: &PriceEdit) -> contract::Error {
    let field = product_field(&price_field(price.interval, &price.currency));
    contract::Error::field(&field, FieldCode::Taken)
}
