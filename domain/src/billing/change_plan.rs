//! Another plan, interval or number of seats of the subscription that lives.

use chrono::{DateTime, Utc};
use contract::{billing::ChangeTiming, iam::Permission};
use serde_json::{Value, json};

use super::{
    answer,
    change::Terms,
    drop_change,
    held::Held,
    one_at_a_time::{self, Turn},
    provider::{Subscription, Timing},
    quote::{self, Change},
    refusal::{refusal, require_provider},
    waiting::Waiting,
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
    /// It is what is paid for, or what waits, already: only the choice of what stays in use is another.
    Kept,
    /// It is what is paid for, or what waits, already.
    Already,
}

/// As it was previewed: `version` is that of the subscription that was looked at, and what has become another since is refused.
/// What waited for the renewal and is not wanted any more is taken back. Of several steps, which are several questions to the
/// provider, the first ones hold also when the next is declined.
pub async fn change_plan(org: &OrgActor, deps: &Deps, wanted: &Wanted, version: i64) -> Result<Changed> {
    org.require(Permission::BillingManage)?;
    org.require_own_hands()?;
    require_provider(org, deps)?;
    throttle::attempt(deps, Policy::BillingByOrganization, &org.tenant().id.to_string()).await?;
    let change = match one_at_a_time::turn(org, deps, wanted, version).await? {
        Turn::Mine(change) => change,
        Turn::Already => return Ok(Changed::Already),
    };
    let changed = steps(org, deps, &change).await;
    one_at_a_time::done(org, deps, &change.held).await?;
    changed?;
    Ok(match change.quote.timing {
        ChangeTiming::Now => Changed::Now,
        ChangeTiming::AtRenewal => Changed::AtRenewal(change.quote.effective),
    })
}

async fn steps(org: &OrgActor, deps: &Deps, change: &Change) -> Result<()> {
    let waiting = at_once(org, deps, change).await?;
    wait(org, deps, change, waiting).await
}

/// More or fewer seats of the plan that is paid for.
pub async fn change_seats(org: &OrgActor, deps: &Deps, seats: u32, version: i64) -> Result<Changed> {
    org.require(Permission::BillingManage)?;
    org.require_own_hands()?;
    require_provider(org, deps)?;
    let mut transaction = org.begin(deps).await?;
    let held = quote::live(&mut transaction, org.tenant().id, deps).await?;
    end_of_reading(transaction);
    change_plan(org, deps, &quote::with_seats(&held, seats)?, version).await
}

/// Whether nothing is to be done. What waits for the renewal is dropped by [`super::drop_change`], not by wanting what is paid
/// for.
pub(super) fn waits_already(change: &Change) -> bool {
    let at_once = [change.steps.plan, change.steps.seats].contains(&Some(ChangeTiming::Now));
    change.steps.is_nothing() || (!at_once && Waiting::held(&change.held) == Waiting::wanted(change))
}

/// The steps that do not wait, and what waits after them.
async fn at_once(org: &OrgActor, deps: &Deps, change: &Change) -> Result<Waiting> {
    let mut waiting = Waiting::held(&change.held);
    if change.steps.plan == Some(ChangeTiming::Now) {
        waiting = plan(org, deps, change, ChangeTiming::Now).await?;
    }
    if change.steps.seats == Some(ChangeTiming::Now) {
        waiting = seats(org, deps, change, ChangeTiming::Now).await?;
    }
    Ok(waiting)
}

/// The steps that wait, in place of what waits by now.
async fn wait(org: &OrgActor, deps: &Deps, change: &Change, mut waiting: Waiting) -> Result<()> {
    let wanted = Waiting::wanted(change);
    if waiting.exceeds(&wanted) {
        drop_change::take_back(org, deps, &change.held).await?;
        waiting = Waiting::default();
    }
    if wanted.product.is_some() && waiting.product != wanted.product {
        waiting = plan(org, deps, change, ChangeTiming::AtRenewal).await?;
    }
    if wanted.seats.is_some() && waiting.seats != wanted.seats {
        waiting = seats(org, deps, change, ChangeTiming::AtRenewal).await?;
    }
    if waiting == wanted {
        return Ok(());
    }
    // Somebody has changed it in the provider's own pages at the same time: what waits now is on ours.
    tracing::warn!(
        ?waiting,
        ?wanted,
        "what waits for the renewal is not what was asked for"
    );
    Err(contract::Error::Conflict.into())
}

async fn plan(org: &OrgActor, deps: &Deps, change: &Change, timing: ChangeTiming) -> Result<Waiting> {
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
    Ok(Waiting::told(&told))
}

async fn seats(org: &OrgActor, deps: &Deps, change: &Change, timing: ChangeTiming) -> Result<Waiting> {
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
    Ok(Waiting::told(&told))
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
