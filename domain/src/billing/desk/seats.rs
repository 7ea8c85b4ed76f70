//! The seats that are paid for become those that are taken: by members, and by open invitations of members.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    billing::{ChangeTiming, RepairObstacle},
    ids::TenantId,
};
use uuid::Uuid;

use super::{
    Repair,
    ask::Asked,
    attempt::{Tried, attempt as attempt_repair},
    repair::{Repaired, record, stale},
};
use crate::{
    Deps, Error, Result,
    actor::StaffActor,
    billing::{
        catalogue::plans::plans,
        change::{SeatBounds, Steps, Terms},
        drifts::{DriftKind, note},
        held::{Held, held},
        one_at_a_time,
        provider::{PendingChange, Subscription, Timing},
        quote::terms,
        refresh::refresh,
        refusal::refusal,
        take_in, usage,
    },
    database::Transaction,
};

/// What would be asked of the provider, and what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatPlan {
    pub from: u32,
    pub to: u32,
    pub timing: ChangeTiming,
    /// Charged at once, before tax, in minor units.
    pub today: i64,
    /// Charged for each period from the next renewal on.
    pub renewal: i64,
    pub currency: String,
    pub effective: DateTime<Utc>,
}

/// Takes in what the provider has at this moment, and then what it would answer. More seats are there and charged at once, fewer from
/// the renewal on: nobody loses what is paid for. Nobody is charged for more than the plan has. The caller holds the organization's
/// row, and takes all of it back.
pub(super) async fn attempt(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    told: &Subscription,
) -> Result<Result<SeatPlan, RepairObstacle>> {
    take(transaction, deps, tenant, told).await?;
    let Some(held) = held(transaction, tenant).await?.filter(|held| held.is_live(deps.now())) else {
        return Ok(Err(RepairObstacle::NothingBought));
    };
    if let Some(closed) = held.closed() {
        return Ok(Err(RepairObstacle::Closed(closed)));
    }
    let plan = plan(transaction, deps, tenant, &held).await?;
    let waits = held.pending.as_ref().and_then(|pending| pending.seats);
    match waits {
        Some(waits) if waits == plan.to => return Ok(Err(RepairObstacle::SeatsRight)),
        Some(_) => return Ok(Err(RepairObstacle::ChangeWaits)),
        None if plan.to == held.seats => return Ok(Err(RepairObstacle::SeatsRight)),
        None => {}
    }
    let answer = predicted(told, &held, &plan, deps.now());
    take(transaction, deps, tenant, &answer).await?;
    Ok(Ok(plan))
}

async fn plan(transaction: &mut Transaction, deps: &Deps, tenant: TenantId, held: &Held) -> Result<SeatPlan> {
    let plans = plans(transaction).await?;
    let used = usage::of(transaction, deps, tenant).await?.members;
    let (name, from) = terms(held, &plans)?;
    let of_plan = plans.iter().find(|plan| plan.key == name.key);
    let bounds = SeatBounds::of(used, of_plan.and_then(|plan| plan.limits.members));
    let to = Terms {
        seats: used.clamp(1, bounds.max),
        ..from
    };
    let quote = Steps::between(from, to).quote(from, to, held, deps.now());
    Ok(SeatPlan {
        from: held.seats,
        to: to.seats,
        timing: quote.timing,
        today: quote.today,
        renewal: quote.renewal,
        currency: held.currency.clone(),
        effective: quote.effective,
    })
}

/// What the provider would tell of it.
fn predicted(told: &Subscription, held: &Held, plan: &SeatPlan, now: DateTime<Utc>) -> Subscription {
    let mut answer = told.clone();
    answer.modified_at = now.max(told.modified_at).max(held.modified_at()) + TimeDelta::microseconds(1);
    match plan.timing {
        ChangeTiming::Now => {
            answer.seats = Some(plan.to);
            answer.amount = held.seat_amount() * i64::from(plan.to);
        }
        ChangeTiming::AtRenewal => {
            answer.pending = Some(PendingChange {
                product: told.pending.as_ref().and_then(|pending| pending.product.clone()),
                seats: Some(plan.to),
                applies_at: plan.effective,
            });
        }
    }
    answer
}

async fn take(transaction: &mut Transaction, deps: &Deps, tenant: TenantId, told: &Subscription) -> Result<()> {
    if take_in::subscription(transaction, deps, tenant, told).await?.changed {
        refresh(transaction, deps, tenant).await?;
    }
    Ok(())
}

/// In three steps, because nothing is held while the provider is asked: the turn is taken, the provider changes it, the answer is
/// taken in. An answer that never comes leaves the seats as they are known; what has become of them is found out by a sync, or by
/// the provider's message.
pub(super) async fn push(
    staff: &StaffActor,
    deps: &Deps,
    tenant: TenantId,
    asked: &Asked,
    reason: &str,
    seen: &str,
) -> Result<Repaired> {
    let Asked::Subscription(told) = asked else {
        return Err(Error::fault("the subscription was not asked for"));
    };
    let mut transaction = staff.begin(deps).await?;
    let tried = match attempt_repair(&mut transaction, deps, tenant, &Repair::ResetSeats, asked, reason).await? {
        Ok(tried) => tried,
        Err(obstacle) => {
            transaction.rollback().await?;
            return Ok(Repaired::Refused(obstacle));
        }
    };
    transaction.rollback().await?;
    if let Some(stale) = stale(&tried, seen) {
        return Ok(stale);
    }
    let Some(plan) = tried.seats.clone() else {
        return Err(Error::fault("seats without a plan"));
    };
    let held = turn(staff, deps, tenant, told).await?;
    let timing = match plan.timing {
        ChangeTiming::Now => Timing::Now,
        ChangeTiming::AtRenewal => Timing::AtRenewal,
    };
    match deps.payments.change_seats(held.id.clone(), plan.to, timing).await {
        Ok(answer) => taken_in(staff, deps, tenant, &tried, &held, &answer, reason).await,
        Err(error) => {
            let mut transaction = staff.begin(deps).await?;
            one_at_a_time::give_back(&mut transaction, tenant, &held).await?;
            transaction.commit().await?;
            Err(refusal(error))
        }
    }
}

/// The subscription as the provider has it, which nobody else changes until the turn is given back.
async fn turn(staff: &StaffActor, deps: &Deps, tenant: TenantId, told: &Subscription) -> Result<Held> {
    let mut transaction = staff.begin(deps).await?;
    if !take_in::hold(&mut transaction, tenant).await? {
        return Err(contract::Error::NotFound.into());
    }
    take(&mut transaction, deps, tenant, told).await?;
    let held = held(&mut transaction, tenant).await?.ok_or(contract::Error::Conflict)?;
    if !one_at_a_time::take(&mut transaction, tenant, deps, &held).await? {
        return Err(contract::Error::Conflict.into());
    }
    transaction.commit().await?;
    Ok(held)
}

async fn taken_in(
    staff: &StaffActor,
    deps: &Deps,
    tenant: TenantId,
    tried: &Tried,
    held: &Held,
    answer: &Subscription,
    reason: &str,
) -> Result<Repaired> {
    let mut transaction = staff.begin(deps).await?;
    if !take_in::hold(&mut transaction, tenant).await? {
        return Err(contract::Error::NotFound.into());
    }
    one_at_a_time::give_back(&mut transaction, tenant, held).await?;
    let told = answer.seats.unwrap_or(1).max(1);
    if told != held.seats {
        let count = |seats: u32| i32::try_from(seats).map_err(Error::fault);
        sqlx::query!(
            "insert into billing_seat_changes (tenant_id, id, seats_before, seats_after, source, changed_at) \
             values ($1, $2, $3, $4, 'staff', $5)",
            tenant.0,
            deps.id::<Uuid>(),
            count(held.seats)?,
            count(told)?,
            deps.now(),
        )
        .execute(&mut *transaction)
        .await?;
    }
    note::resolve(&mut transaction, deps, tenant, &[DriftKind::SeatDrift]).await?;
    take(&mut transaction, deps, tenant, answer).await?;
    record(
        &mut transaction,
        staff,
        deps,
        tenant,
        &Repair::ResetSeats,
        tried,
        reason,
    )
    .await?;
    transaction.commit().await?;
    Ok(Repaired::Done(tried.remains()))
}
