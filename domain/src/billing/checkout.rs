//! Going to the provider's pay page. An organization has one open checkout: two clicks, two tabs and two people come to the
//! same page.
//!
//! The place is taken in our table first, by a unique index, and the page made afterwards, outside of the transaction. Who
//! comes meanwhile waits for the address of that page.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contract::{billing::BillingInterval, iam::Permission, ids::TenantId};
use serde_json::json;
use uuid::Uuid;

use super::{
    catalogue::plans::plans,
    customer,
    held::held,
    provider::{Checkout, CheckoutId, CheckoutStatus, CustomerId, NewCheckout, ProductId, ProviderError},
    quote,
    refusal::{refusal, require_provider},
    usage::usage,
    wanted::Wanted,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    database::{Transaction, end_of_reading},
    standing,
    throttle::{self, Policy},
};

/// Where the pay page leads. Absolute addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// Once it is paid; contains [`super::provider::CHECKOUT_ID`].
    pub success: String,
    /// For who has changed their mind.
    pub back: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The page to pay on.
    Pay(String),
    /// Another purchase is being paid at this moment.
    Paying(CheckoutId),
    /// There is a subscription already: it is changed instead.
    Subscribed,
}

/// So long the making of a page may take. After that its place is free again.
const OPENING: TimeDelta = TimeDelta::seconds(30);
/// How often, and how many times, the address of a page is asked for that another request is making.
const ASK_EVERY: Duration = Duration::from_millis(100);
const ASK_TIMES: u32 = 120;

pub async fn checkout(org: &OrgActor, deps: &Deps, wanted: &Wanted, ways: &Ways) -> Result<Outcome> {
    org.require(Permission::BillingManage)?;
    org.require_own_hands()?;
    require_provider(org, deps)?;
    throttle::attempt(deps, Policy::BillingByOrganization, &org.tenant().id.to_string()).await?;
    if let Some(paying) = paying(org, deps, wanted).await? {
        return Ok(Outcome::Paying(paying));
    }
    match take_place(org, deps, wanted).await? {
        Place::Subscribed => Ok(Outcome::Subscribed),
        Place::Open(url) => Ok(Outcome::Pay(url)),
        Place::Taken(id) => wait(org, deps, id).await,
        Place::Mine(order) => open(org, deps, wanted, ways, order).await,
    }
}

/// Whether the page for another purchase, which would be left for this one, is being paid on. Of two pages both could be.
async fn paying(org: &OrgActor, deps: &Deps, wanted: &Wanted) -> Result<Option<CheckoutId>> {
    let mut transaction = org.begin(deps).await?;
    let open = open_row(&mut transaction, org.tenant().id).await?;
    end_of_reading(transaction);
    let Some(other) = open.filter(|open| !open.is_for(wanted)).and_then(|open| open.checkout) else {
        return Ok(None);
    };
    let told = deps.payments.checkout(other.clone()).await.map_err(refusal)?;
    let paid = matches!(told.status, CheckoutStatus::Confirmed | CheckoutStatus::Succeeded);
    Ok(paid.then_some(other))
}

enum Place {
    Subscribed,
    Open(String),
    /// Somebody is making the page.
    Taken(Uuid),
    Mine(NewOrder),
}

/// A place that was taken, and what is needed to make the page.
struct NewOrder {
    id: Uuid,
    customer: CustomerId,
    product: ProductId,
    max_seats: u32,
    min_seats: u32,
}

async fn take_place(org: &OrgActor, deps: &Deps, wanted: &Wanted) -> Result<Place> {
    let (tenant, now) = (org.tenant().id, deps.now());
    let mut transaction = org.begin(deps).await?;
    standing::hold_present(&mut transaction, org)
        .await?
        .require(Permission::BillingManage)?;
    let held = held(&mut transaction, tenant).await?;
    if held.as_ref().is_some_and(|held| held.is_live(now)) {
        transaction.rollback().await?;
        return Ok(Place::Subscribed);
    }
    let open = open_row(&mut transaction, tenant).await?;
    if let Some(open) = open.filter(|open| open.is_for(wanted) && open.expires_at > now) {
        transaction.rollback().await?;
        return Ok(match open.url {
            Some(url) => Place::Open(url),
            None => Place::Taken(open.id),
        });
    }
    let plans = plans(&mut transaction).await?;
    let usage = usage(&mut transaction, org, deps).await?;
    let found = wanted.find(&plans, quote::currency(held.as_ref()))?;
    let bounds = found.seats(usage);
    bounds.check(wanted.seats, usage.members)?;
    let customer = customer::ensured(&mut transaction, org, deps).await?;
    let id = deps.id();
    leave(&mut transaction, tenant, now).await?;
    insert(&mut transaction, org, deps, wanted, id).await?;
    let order = NewOrder {
        id,
        customer,
        product: found.product.clone(),
        max_seats: bounds.max,
        min_seats: bounds.min,
    };
    transaction.commit().await?;
    Ok(Place::Mine(order))
}

/// The row that is open, whatever has become of its page.
struct OpenRow {
    id: Uuid,
    checkout: Option<CheckoutId>,
    plan_key: String,
    interval: Option<BillingInterval>,
    seats: i32,
    url: Option<String>,
    expires_at: DateTime<Utc>,
}

impl OpenRow {
    fn is_for(&self, wanted: &Wanted) -> bool {
        self.plan_key == wanted.plan
            && self.interval == Some(wanted.interval)
            && u32::try_from(self.seats).is_ok_and(|seats| seats == wanted.seats)
    }
}

async fn open_row(transaction: &mut Transaction, tenant: TenantId) -> Result<Option<OpenRow>> {
    let row = sqlx::query!(
        "select id, provider_checkout_id, plan_key, billing_interval, seats, url, expires_at from billing_checkouts \
         where tenant_id = $1 and status = 'open'",
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(row.map(|row| OpenRow {
        id: row.id,
        checkout: row.provider_checkout_id.map(CheckoutId::from),
        plan_key: row.plan_key,
        interval: BillingInterval::from_key(&row.billing_interval),
        seats: row.seats,
        url: row.url,
        expires_at: row.expires_at,
    }))
}

/// Whatever is open makes room.
async fn leave(transaction: &mut Transaction, tenant: TenantId, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update billing_checkouts set status = case when expires_at <= $2 then 'expired' else 'replaced' end \
         where tenant_id = $1 and status = 'open'",
        tenant.0,
        now,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn insert(transaction: &mut Transaction, org: &OrgActor, deps: &Deps, wanted: &Wanted, id: Uuid) -> Result<()> {
    let now = deps.now();
    sqlx::query!(
        "insert into billing_checkouts (tenant_id, id, plan_key, billing_interval, seats, created_by, created_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        org.tenant().id.0,
        id,
        wanted.plan,
        wanted.interval.key(),
        i32::try_from(wanted.seats).map_err(crate::Error::fault)?,
        org.user().id().0,
        now,
        now + OPENING,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Makes the page in the place that was taken.
async fn open(org: &OrgActor, deps: &Deps, wanted: &Wanted, ways: &Ways, order: NewOrder) -> Result<Outcome> {
    let id = order.id;
    let made = match deps.payments.create_checkout(new(org, wanted, ways, &order)).await {
        Err(ProviderError::CustomerGone) => {
            let order = NewOrder {
                customer: customer::replaced(org, deps, &order.customer).await?,
                ..order
            };
            deps.payments.create_checkout(new(org, wanted, ways, &order)).await
        }
        made => made,
    };
    let mut transaction = org.begin(deps).await?;
    let made = match made {
        Ok(made) => made,
        Err(error) => {
            give_up(&mut transaction, org.tenant().id, id).await?;
            transaction.commit().await?;
            return Err(refusal(error));
        }
    };
    if !fill(&mut transaction, org.tenant().id, id, &made).await? {
        // Something else was chosen meanwhile.
        return Err(contract::Error::Conflict.into());
    }
    org.audit(Action::BillingCheckoutStarted)
        .subject(org.tenant().id.0)
        .after(json!({ "plan": wanted.plan, "interval": wanted.interval.key(), "seats": wanted.seats }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Outcome::Pay(made.url))
}

fn new(org: &OrgActor, wanted: &Wanted, ways: &Ways, order: &NewOrder) -> NewCheckout {
    NewCheckout {
        customer: order.customer.clone(),
        tenant: org.tenant().id,
        product: order.product.clone(),
        seats: wanted.seats,
        min_seats: Some(order.min_seats),
        max_seats: Some(order.max_seats),
        success_url: ways.success.clone(),
        return_url: Some(ways.back.clone()),
        metadata: [("plan", wanted.plan.as_str()), ("interval", wanted.interval.key())]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        locale: Some(org.user().person().locale.tag().to_owned()),
        client_ip: org.user().request().address.parse().ok(),
    }
}

async fn fill(transaction: &mut Transaction, tenant: TenantId, id: Uuid, made: &Checkout) -> Result<bool> {
    let filled = sqlx::query!(
        "update billing_checkouts set provider_checkout_id = $3, url = $4, expires_at = $5 \
         where tenant_id = $1 and id = $2 and status = 'open'",
        tenant.0,
        id,
        made.id.as_str(),
        made.url,
        made.expires_at,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(filled.rows_affected() > 0)
}

/// It could not be made: whoever waits for it hears so.
async fn give_up(transaction: &mut Transaction, tenant: TenantId, id: Uuid) -> Result<()> {
    sqlx::query!(
        "update billing_checkouts set status = 'expired' where tenant_id = $1 and id = $2 and status = 'open'",
        tenant.0,
        id,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// For the address of a page that another request is making.
async fn wait(org: &OrgActor, deps: &Deps, id: Uuid) -> Result<Outcome> {
    for _ in 0..ASK_TIMES {
        let mut transaction = org.begin(deps).await?;
        let row = sqlx::query!(
            "select url, status from billing_checkouts where tenant_id = $1 and id = $2",
            org.tenant().id.0,
            id,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        end_of_reading(transaction);
        match row {
            Some(row) if row.status == "open" => {
                if let Some(url) = row.url {
                    return Ok(Outcome::Pay(url));
                }
            }
            // Something else was chosen meanwhile.
            Some(row) if row.status == "replaced" => return Err(contract::Error::Conflict.into()),
            _ => break,
        }
        tokio::time::sleep(ASK_EVERY).await;
    }
    Err(contract::Error::PaymentProviderUnavailable.into())
}
