//! Puts the catalogue up for sale at the provider: a product for every price that is on sale, and none for one that was.
//!
//! Harmless to repeat, and to do from several nodes at once. What is at the provider is found again by plan and interval, so
//! that a database that was set up anew, or a provider that has forgotten everything, is put right by the same operation.

use contract::billing::BillingInterval;

use super::plans::interval;
use crate::{
    Deps, Error, Result,
    billing::provider::{NewProduct, Product, ProductId, ProductUpdate, ProviderError, SeatPrice},
    database::{PlatformDatabase, Transaction},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Publication {
    /// Every price on sale has its product.
    Done(Published),
    /// What was published before this one stays.
    Refused(ProviderError),
    /// The provider has a product for the plan and interval at another price, and would go on selling that.
    PriceDiffers {
        plan: String,
        interval: BillingInterval,
        product: ProductId,
    },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Published {
    /// They were for sale already.
    pub kept: u32,
    /// They were found at the provider, or are new there.
    pub assigned: u32,
}

/// One after the other, so that two who publish at once find each other's products.
pub async fn publish(platform: &PlatformDatabase, deps: &Deps) -> Result<Publication> {
    let mut transaction = platform.begin().await?;
    let prices = lock_prices(&mut transaction).await?;
    let former = former_products(&mut transaction).await?;
    let products = match deps.payments.products().await {
        Ok(products) => keep_up(deps, &prices, &former, products).await,
        Err(error) => Err(error),
    };
    let mut products = match products {
        Ok(products) => products,
        Err(error) => {
            transaction.rollback().await?;
            return Ok(Publication::Refused(error));
        }
    };
    products.retain(|product| !product.archived);
    let mut published = Published::default();
    for price in &prices {
        if products.iter().any(|product| price.is_sold_as(product)) {
            published.kept += 1;
            continue;
        }
        let found = products
            .iter()
            .find(|product| price.fits(product) && !prices.iter().any(|other| other.is_sold_as(product)));
        let product = match found {
            Some(product) => product.clone(),
            None => match deps.payments.create_product(price.product()).await {
                Ok(product) if price.fits(&product) => product,
                Ok(product) => {
                    transaction.commit().await?;
                    return Ok(Publication::PriceDiffers {
                        plan: price.plan_key.clone(),
                        interval: price.interval,
                        product: product.id,
                    });
                }
                Err(error) => {
                    transaction.commit().await?;
                    return Ok(Publication::Refused(error));
                }
            },
        };
        assign(&mut transaction, price, &product.id).await?;
        published.assigned += 1;
    }
    transaction.commit().await?;
    Ok(Publication::Done(published))
}

/// What was sold once is taken off sale, so that another can take its place; what is sold again is put on sale again, unless it
/// costs something else by now. Each has the name that its plan has.
async fn keep_up(
    deps: &Deps,
    prices: &[Price],
    former: &[ProductId],
    products: Vec<Product>,
) -> std::result::Result<Vec<Product>, ProviderError> {
    let mut kept = Vec::with_capacity(products.len());
    for product in products {
        let update = match prices.iter().find(|price| price.is_sold_as(&product)) {
            Some(price) => ProductUpdate {
                name: Some(price.name()).filter(|name| *name != product.name),
                archived: (product.archived && price.costs_as(&product)).then_some(false),
            },
            None => ProductUpdate {
                name: None,
                archived: (!product.archived && former.contains(&product.id)).then_some(true),
            },
        };
        kept.push(if update == ProductUpdate::default() {
            product
        } else {
            deps.payments.update_product(product.id, update).await?
        });
    }
    Ok(kept)
}

/// A price on sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Price {
    pub id: uuid::Uuid,
    pub plan_key: String,
    pub plan_name: String,
    pub interval: BillingInterval,
    pub currency: String,
    pub seat_amount: i64,
    pub product: Option<ProductId>,
}

impl Price {
    pub(super) fn is_sold_as(&self, product: &Product) -> bool {
        self.product.as_ref() == Some(&product.id)
    }

    /// Whether a product would sell this for what it costs.
    pub(super) fn fits(&self, product: &Product) -> bool {
        product.plan.as_ref() == Some(&self.plan_key)
            && product.interval == Some(self.interval)
            && self.costs_as(product)
    }

    pub(super) fn costs_as(&self, product: &Product) -> bool {
        product
            .seat_price
            .as_ref()
            .is_some_and(|price| price.amount == self.seat_amount && price.currency == self.currency)
    }

    /// What it is called on the provider's pages.
    fn name(&self) -> String {
        let often = match self.interval {
            BillingInterval::Month => "monthly",
            BillingInterval::Year => "yearly",
        };
        format!("{}, {often}", self.plan_name)
    }

    fn product(&self) -> NewProduct {
        NewProduct {
            name: self.name(),
            plan: self.plan_key.clone(),
            interval: self.interval,
            seat_price: SeatPrice {
                amount: self.seat_amount,
                currency: self.currency.clone(),
                min_seats: 1,
                // How many a plan allows is said by our own catalogue, where it may change.
                max_seats: None,
            },
        }
    }
}

struct PriceRow {
    id: uuid::Uuid,
    plan_key: String,
    plan_name: String,
    billing_interval: String,
    currency: String,
    seat_amount: i64,
    provider_product_id: Option<String>,
}

impl TryFrom<PriceRow> for Price {
    type Error = Error;

    fn try_from(row: PriceRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            plan_key: row.plan_key,
            plan_name: row.plan_name,
            interval: interval(&row.billing_interval)?,
            currency: row.currency,
            seat_amount: row.seat_amount,
            product: row.provider_product_id.map(ProductId::from),
        })
    }
}

async fn lock_prices(transaction: &mut Transaction) -> Result<Vec<Price>> {
    let rows = sqlx::query_as!(
        PriceRow,
        r#"select r.id, r.plan_key, p.name as plan_name, r.billing_interval, r.currency, r.seat_amount, r.provider_product_id
        from plan_prices r join plans p on p.key = r.plan_key
        where r.archived_at is null order by p.position, r.billing_interval, r.currency
        for update of r"#,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The same without waiting for anybody.
pub(super) async fn prices(transaction: &mut Transaction) -> Result<Vec<Price>> {
    let rows = sqlx::query_as!(
        PriceRow,
        r#"select r.id, r.plan_key, p.name as plan_name, r.billing_interval, r.currency, r.seat_amount, r.provider_product_id
        from plan_prices r join plans p on p.key = r.plan_key
        where r.archived_at is null order by p.position, r.billing_interval, r.currency"#,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// What the prices are sold as that are not on sale any more.
async fn former_products(transaction: &mut Transaction) -> Result<Vec<ProductId>> {
    let products = sqlx::query_scalar!(
        r#"select provider_product_id as "product!" from plan_prices
        where archived_at is not null and provider_product_id is not null"#,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(products.into_iter().map(ProductId::from).collect())
}

async fn assign(transaction: &mut Transaction, price: &Price, product: &ProductId) -> Result<()> {
    sqlx::query!(
        "update plan_prices set provider_product_id = $2 where id = $1",
        price.id,
        product.as_str(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
