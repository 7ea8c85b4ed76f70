//! Ours beside the provider's, of one organization. It only reads, here and there.

use chrono::{DateTime, Utc};
use contract::{ids::TenantId, staff::StaffRight};

use super::{
    differences::{Line, Pending, Side, lines},
    situation::{Bought, Situation},
};
use crate::{
    Deps, Result,
    actor::StaffActor,
    billing::{
        adjustments::{Explained, explained},
        catalogue::plans::{Plan, plans},
        drifts::{DriftKind, sides::or_none},
        held::{Held, held},
        provider::{Customer, CustomerId, ProductId, ProviderError, Subscription},
        refusal::is_set_up,
    },
    database::{Transaction, end_of_reading},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    pub tenant: TenantId,
    pub name: String,
    pub slug: String,
    /// Those that are open, the oldest first.
    pub drifts: Vec<Drift>,
    pub provider: Provider,
    pub lines: Vec<Line>,
    /// Other organizations that have the same customer.
    pub shared_with: Vec<(TenantId, String)>,
    pub given: bool,
    pub adjustments: Vec<Explained>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    pub kind: DriftKind,
    pub ours: String,
    pub theirs: String,
    pub found_at: DateTime<Utc>,
}

/// Whether the provider could be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provider {
    Told,
    /// In these words.
    Away(String),
    NotSetUp,
}

/// What is known here.
struct Ours {
    name: String,
    slug: String,
    drifts: Vec<Drift>,
    situation: Situation,
    held: Option<Held>,
    plans: Vec<Plan>,
    shared_with: Vec<(TenantId, String)>,
    adjustments: Vec<Explained>,
}

pub async fn look(staff: &StaffActor, deps: &Deps, tenant: TenantId) -> Result<Looked> {
    staff.require(StaffRight::BillingRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let ours = ours(&mut transaction, deps, tenant).await?;
    // Nothing is asked of the provider while a transaction is open.
    end_of_reading(transaction);
    let (provider, theirs) = if is_set_up(deps) {
        match theirs(deps, tenant, &ours).await {
            Ok(theirs) => (Provider::Told, Some(theirs)),
            Err(error) => {
                tracing::warn!(%error, "payment provider");
                (Provider::Away(error.to_string()), None)
            }
        }
    } else {
        (Provider::NotSetUp, None)
    };
    let lines = lines(&ours.side(tenant, theirs.as_ref()), &side(&ours.plans, theirs.as_ref()));
    Ok(Looked {
        tenant,
        given: ours.situation.given.is_some(),
        name: ours.name,
        slug: ours.slug,
        drifts: ours.drifts,
        provider,
        lines,
        shared_with: ours.shared_with,
        adjustments: ours.adjustments,
    })
}

async fn ours(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Ours> {
    let row = sqlx::query!(
        r#"select name, slug::text as "slug!" from tenants where id = $1 and deleted_at is null"#,
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let drifts = sqlx::query!(
        "select kind, expected, actual, found_at from billing_drifts \
         where tenant_id = $1 and resolved_at is null order by found_at, kind",
        tenant.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let drifts = drifts.into_iter().filter_map(|row| {
        Some(Drift {
            kind: DriftKind::from_key(&row.kind)?,
            ours: row.expected,
            theirs: row.actual,
            found_at: row.found_at,
        })
    });
    let shared_with = sqlx::query!(
        "select t.id, t.name from billing_customers o join billing_customers c \
            on c.provider = o.provider and c.provider_customer_id = o.provider_customer_id and c.tenant_id <> o.tenant_id \
         join tenants t on t.id = c.tenant_id where o.tenant_id = $1 order by t.id limit 20",
        tenant.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(Ours {
        name: row.name,
        slug: row.slug,
        drifts: drifts.collect(),
        situation: Situation::of(transaction, deps, tenant).await?,
        held: held(transaction, tenant).await?,
        plans: plans(transaction).await?,
        shared_with: shared_with.into_iter().map(|row| (row.id.into(), row.name)).collect(),
        adjustments: explained(transaction, tenant).await?,
    })
}

/// What the provider knows.
struct Theirs {
    /// The one that carries the organization's id.
    named: Option<Customer>,
    /// The one that is known here.
    known: Option<Customer>,
    /// The one that is held against ours.
    subscription: Option<Subscription>,
}

async fn theirs(deps: &Deps, tenant: TenantId, ours: &Ours) -> Result<Theirs, ProviderError> {
    let named = deps.payments.customer(tenant).await?;
    let id = ours.situation.customer.clone().map(CustomerId::from);
    let known = match &id {
        Some(id) if named.as_ref().is_some_and(|named| named.id == *id) => named.clone(),
        Some(id) => deps.payments.customer_by_id(id.clone()).await?,
        None => None,
    };
    let asked = id.or_else(|| named.as_ref().map(|named| named.id.clone()));
    let subscriptions = match asked {
        Some(id) => or_none(deps.payments.subscriptions(id).await)?,
        None => Vec::new(),
    };
    let own: Vec<Subscription> = subscriptions
        .into_iter()
        .filter(|one| one.customer_tenant.or(one.tenant).is_none_or(|owner| owner == tenant))
        .collect();
    let bought = ours.situation.bought.as_ref();
    let chosen = own
        .iter()
        .find(|one| bought.is_some_and(|bought| bought.id == one.id.as_str()))
        .or_else(|| own.iter().find(|one| one.status.is_live()))
        .or_else(|| own.first());
    Ok(Theirs {
        subscription: chosen.cloned(),
        named,
        known,
    })
}

impl Ours {
    fn side(&self, tenant: TenantId, theirs: Option<&Theirs>) -> Side {
        let held = self.held.as_ref();
        let bought = self.situation.bought.as_ref();
        // What the catalogue asks is asked of what is bought there, where that is known.
        let told = theirs.and_then(|theirs| theirs.subscription.as_ref());
        let price = match (told, held) {
            (Some(told), _) => listed(&self.plans, &told.product, told.seats.unwrap_or(1)),
            (None, Some(held)) => listed(&self.plans, &held.product, held.seats),
            (None, None) => None,
        };
        Side {
            subscription: held.map(|held| held.id.as_str().to_owned()),
            plan: held.map(|held| sold_as(&self.plans, &held.product)),
            price,
            discounted: false,
            interval: held.and_then(|held| held.interval),
            seats: held.map(|held| held.seats),
            status: held.map(|held| held.status),
            period_end: held.and_then(|held| held.period_end),
            cancel: held.and_then(Held::ends),
            pending: bought.and_then(pending),
            customer: self.situation.customer.clone(),
            external: self.situation.customer.as_ref().map(|_| tenant),
        }
    }
}

fn pending(bought: &Bought) -> Option<Pending> {
    bought.pending.as_ref().map(|waits| Pending {
        plan: waits.plan.clone(),
        seats: waits.seats,
        applies_at: waits.applies_at,
    })
}

fn side(plans: &[Plan], theirs: Option<&Theirs>) -> Side {
    let Some(theirs) = theirs else {
        return Side::default();
    };
    let living = |customer: &&Customer| !customer.deleted;
    let customer = theirs.named.as_ref().filter(living);
    let known = theirs.known.as_ref().filter(living).or(customer);
    let base = Side {
        customer: customer.map(|customer| customer.id.as_str().to_owned()),
        external: known.and_then(|known| known.tenant),
        ..Side::default()
    };
    let Some(told) = &theirs.subscription else {
        return base;
    };
    Side {
        subscription: Some(told.id.as_str().to_owned()),
        plan: Some(sold_as(plans, &told.product)),
        price: Some((told.amount, told.currency.clone())),
        discounted: told.discounted,
        interval: interval(plans, &told.product),
        seats: Some(told.seats.unwrap_or(1).max(1)),
        status: Some(told.status),
        period_end: told.current_period_end,
        cancel: told
            .cancel_at_period_end
            .then(|| told.ends_at.or(told.current_period_end))
            .flatten(),
        pending: told.pending.as_ref().map(|waits| Pending {
            plan: waits.product.as_ref().map(|product| sold_as(plans, product)),
            seats: waits.seats,
            applies_at: waits.applies_at,
        }),
        ..base
    }
}

/// The key of the plan, or the product's id when it is none of ours.
fn sold_as(plans: &[Plan], product: &ProductId) -> String {
    let sold = plans
        .iter()
        .find(|plan| plan.prices.iter().any(|price| price.product.as_ref() == Some(product)));
    sold.map_or_else(|| product.as_str().to_owned(), |plan| plan.key.clone())
}

fn interval(plans: &[Plan], product: &ProductId) -> Option<contract::billing::BillingInterval> {
    let prices = plans.iter().flat_map(|plan| &plan.prices);
    let mut sold = prices.filter(|price| price.product.as_ref() == Some(product));
    sold.next().map(|price| price.interval)
}

/// What the catalogue asks for so many seats of it.
fn listed(plans: &[Plan], product: &ProductId, seats: u32) -> Option<(i64, String)> {
    let prices = plans.iter().flat_map(|plan| &plan.prices);
    let mut sold = prices.filter(|price| price.product.as_ref() == Some(product));
    sold.next().map(|price| {
        let amount = crate::billing::price::of_seats(price.seat_amount, seats.max(1));
        (amount, price.currency.clone())
    })
}
