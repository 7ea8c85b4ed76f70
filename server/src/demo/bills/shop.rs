//! The sandbox as the demo shops in it.

use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use contract::{billing::BillingInterval, ids::TenantId};
use domain::{
    Deps,
    billing::provider::{CustomerId, NewCustomer, Person, Product},
    clock::Clock,
    database::PlatformDatabase,
    demo::bills::{Owned, take_in_all},
};
use sandbox::{Control, Refusal};
use serde_json::{Map, json};
use uuid::Uuid;

pub struct Shop<'a> {
    pub deps: &'a Deps,
    pub platform: &'a PlatformDatabase,
    pub control: &'a Control,
    products: Vec<Product>,
}

/// An instant that stands still: something is done as if it were done then.
#[derive(Debug)]
struct Then(DateTime<Utc>);

impl Clock for Then {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

impl<'a> Shop<'a> {
    pub async fn open(deps: &'a Deps, platform: &'a PlatformDatabase, control: &'a Control) -> Result<Self> {
        Ok(Self {
            deps,
            platform,
            control,
            products: deps.payments.products().await?,
        })
    }

    pub fn is_empty(&self) -> bool {
        self.products.is_empty()
    }

    pub fn days_ago(&self, days: i64) -> DateTime<Utc> {
        self.deps.now() - TimeDelta::days(days)
    }

    pub fn ago(&self, days: i64) -> Deps {
        Deps {
            clock: Arc::new(Then(self.days_ago(days))),
            ..self.deps.clone()
        }
    }

    /// What a plan is sold as.
    pub fn product(&self, plan: &str, interval: BillingInterval) -> Result<&Product> {
        let sold = |product: &&Product| {
            product.plan.as_deref() == Some(plan) && product.interval == Some(interval) && !product.archived
        };
        let found = self.products.iter().find(sold);
        found.with_context(|| format!("{plan} is not for sale by the {}", interval.key()))
    }

    pub async fn customer(&self, owned: &Owned) -> Result<CustomerId> {
        let new = NewCustomer {
            tenant: owned.tenant,
            name: owned.name.clone(),
            owner: Person {
                user: owned.owner,
                email: owned.owner_email.clone(),
                name: owned.owner_name.clone(),
            },
        };
        Ok(self.deps.payments.ensure_customer(new).await?)
    }

    /// A subscription that was bought so many days ago and paid ever since. `None` when something was bought before: a
    /// history that was begun is not told twice.
    pub async fn buy(
        &self,
        owned: &Owned,
        plan: &str,
        interval: BillingInterval,
        seats: i64,
        days: i64,
    ) -> Result<Option<Uuid>> {
        self.subscribe(owned, self.product(plan, interval)?, seats, days).await
    }

    pub async fn subscribe(&self, owned: &Owned, product: &Product, seats: i64, days: i64) -> Result<Option<Uuid>> {
        let customer = self.customer(owned).await?;
        if !self.deps.payments.subscriptions(customer.clone()).await?.is_empty() {
            return Ok(None);
        }
        let metadata = Map::from_iter([("tenant_id".to_owned(), json!(owned.tenant))]);
        let bought = self.control.subscribe(
            customer.as_str().parse()?,
            product.id.as_str().parse()?,
            Some(seats),
            &metadata,
            self.days_ago(days),
        );
        bought.map(Some).map_err(|refusal| refused(&refusal))
    }

    /// Everything that happened there becomes known here.
    pub async fn take_in(&self, tenant: TenantId) -> Result<()> {
        Ok(take_in_all(self.platform, self.deps, tenant).await?)
    }
}

pub fn refused(refusal: &Refusal) -> anyhow::Error {
    anyhow!("the payment sandbox refuses: {refusal:?}")
}
