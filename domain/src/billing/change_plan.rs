//! Another plan, interval or number of seats of the subscription that lives.

use chrono::{DateTime, Utc};
use contract::{billing::ChangeTiming, iam::Permission};
use serde_json::{Value, json};

use super::{
    answer,
    change::Terms,
    held::Held,
    provider::{Subscription, Timing},
    quote::{self, Change},
    refusal::{refusal, require_set_up},
    wanted::Wanted,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    database::{Transaction, end_of_reading},
    throttle::{self, Policy},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    Now,
    /// It waits for the renewal.
    AtRenewal(DateTime<Utc>),
    /// It is what is paid for, or what waits, already.
    Already,
}

/// As it was previewed: `version` is that of the subscription that was looked at, and what has become another since is refused.
/// Of two steps the first one holds also when the second is declined.
pub async fn change_plan(org: &OrgActor, deps: &Deps, wanted: &Wanted, version: i64) -> Result<Changed> {
    org.require(Permission::BillingManage)?;
    require_set_up(deps)?;
    throttle::attempt(deps, Policy::BillingByOrganization, &org.tenant().id.to_string()).await?;
    let mut transaction = org.begin(deps).await?;
    let change = quote::change(&mut transaction, org, deps, wanted).await?;
    end_of_reading(transaction);
    if waits_already(&change) {
        return Ok(Changed::Already);
    }
    if change.held.version() != version {
        return Err(contract::Error::Conflict.into());
    }
    if change.steps.plan_first() {
        plan(org, deps, &change).await?;
        seats(org, deps, &change).await?;
    } else {
        seats(org, deps, &change).await?;
        plan(org, deps, &change).await?;
    }
    Ok(match change.quote.timing {
        ChangeTiming::Now => Changed::Now,
        ChangeTiming::AtRenewal => Changed::AtRenewal(change.quote.effective),
    })
}

/// More or fewer seats of the plan that is paid for.
pub async fn change_seats(org: &OrgActor, deps: &Deps, seats: u32, version: i64) -> Result<Changed> {
    org.require(Permission::BillingManage)?;
    let mut transaction = org.begin(deps).await?;
    let held = quote::live(&mut transaction, org.tenant().id, deps).await?;
    end_of_reading(transaction);
    change_plan(org, deps, &quote::with_seats(&held, seats)?, version).await
}

/// Whether nothing is to be done. What waits for the renewal is dropped by wanting what is paid for, so that this is no case of
/// it: see [`super::drop_change`].
fn waits_already(change: &Change) -> bool {
    let Some(pending) = &change.held.pending else {
        return change.steps.is_nothing();
    };
    let product = change.steps.plan.map(|_| &change.product);
    let seats = change.steps.seats.map(|_| change.to.seats);
    (change.steps.is_nothing())
        || (change.quote.timing == ChangeTiming::AtRenewal
            && change.quote.today == 0
            && pending.product.as_ref() == product
            && pending.seats == seats)
}

async fn plan(org: &OrgActor, deps: &Deps, change: &Change) -> Result<()> {
    let Some(timing) = change.steps.plan else { return Ok(()) };
    let told = deps
        .payments
        .change_plan(change.held.id.clone(), change.product.clone(), of(timing))
        .await
        .map_err(refusal)?;
    let mut transaction = answer::taken_in(org, deps, &told).await?;
    org.audit(Action::BillingPlanChanged)
        .subject(org.tenant().id.0)
        .before(json!({ "plan": change.from_plan.key, "interval": change.from.interval.key() }))
        .after(json!({
            "plan": change.to_plan.key,
            "interval": change.to.interval.key(),
            "from": from(timing, &told, deps),
        }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

async fn seats(org: &OrgActor, deps: &Deps, change: &Change) -> Result<()> {
    let Some(timing) = change.steps.seats else {
        return Ok(());
    };
    let told = deps
        .payments
        .change_seats(change.held.id.clone(), change.to.seats, of(timing))
        .await
        .map_err(refusal)?;
    let mut transaction = answer::taken_in(org, deps, &told).await?;
    record(&mut transaction, org, deps, &change.held, change.to).await?;
    org.audit(Action::BillingSeatsChanged)
        .subject(org.tenant().id.0)
        .before(json!({ "seats": change.from.seats }))
        .after(json!({ "seats": change.to.seats, "from": from(timing, &told, deps) }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

async fn record(transaction: &mut Transaction, org: &OrgActor, deps: &Deps, held: &Held, to: Terms) -> Result<()> {
    let count = |seats: u32| i32::try_from(seats).map_err(crate::Error::fault);
    sqlx::query!(
        "insert into billing_seat_changes (tenant_id, id, seats_before, seats_after, source, changed_by, changed_at) \
         values ($1, $2, $3, $4, 'member', $5, $6)",
        org.tenant().id.0,
        deps.id::<uuid::Uuid>(),
        count(held.seats)?,
        count(to.seats)?,
        org.user().id().0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

const fn of(timing: ChangeTiming) -> Timing {
    match timing {
        ChangeTiming::Now => Timing::Now,
        ChangeTiming::AtRenewal => Timing::AtRenewal,
    }
}

/// From when on it holds.
fn from(timing: ChangeTiming, told: &Subscription, deps: &Deps) -> Value {
    let at = match timing {
        ChangeTiming::Now => Some(deps.now()),
        ChangeTiming::AtRenewal => told.pending.as_ref().map(|pending| pending.applies_at),
    };
    json!(at)
}
