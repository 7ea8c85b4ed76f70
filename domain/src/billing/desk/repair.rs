//! Making a fix, as it was shown.

use contract::{billing::RepairObstacle, ids::TenantId, staff::StaffRight, text::RepairReason};
use serde_json::{Value, json};

use super::{
    Repair,
    ask::ask,
    attempt::{Tried, attempt},
    seats,
    situation::{Seen, Situation},
};
use crate::{
    Deps, Result,
    actor::StaffActor,
    billing::{
        adjustments,
        drifts::{DriftKind, note},
    },
    database::Transaction,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repaired {
    /// These differences are left.
    Done(Vec<DriftKind>),
    /// It is not any more what was shown: this would come of it now. Nothing was done.
    Stale(Box<Seen>),
    Refused(RepairObstacle),
}

/// By somebody whose second factor was proven a moment ago. `seen` is the token of the dry run that they looked at.
pub async fn repair(
    staff: &StaffActor,
    deps: &Deps,
    tenant: TenantId,
    repair: &Repair,
    reason: &RepairReason,
    seen: &str,
) -> Result<Repaired> {
    staff.require(StaffRight::BillingRepair)?;
    staff.require_fresh_factor(deps)?;
    let asked = match ask(staff, deps, tenant, repair).await? {
        Ok(asked) => asked,
        Err(obstacle) => return Ok(Repaired::Refused(obstacle)),
    };
    if *repair == Repair::ResetSeats {
        return seats::push(staff, deps, tenant, &asked, reason.as_str(), seen).await;
    }
    let mut transaction = staff.begin(deps).await?;
    let tried = match attempt(&mut transaction, deps, tenant, repair, &asked, reason.as_str()).await? {
        Ok(tried) => tried,
        Err(obstacle) => {
            transaction.rollback().await?;
            return Ok(Repaired::Refused(obstacle));
        }
    };
    if let Some(stale) = stale(&tried, seen) {
        transaction.rollback().await?;
        return Ok(stale);
    }
    if let Some(found) = &tried.found {
        note::all(&mut transaction, deps, tenant, found).await?;
    }
    record(&mut transaction, staff, deps, tenant, repair, &tried, reason.as_str()).await?;
    transaction.commit().await?;
    Ok(Repaired::Done(tried.remains()))
}

/// Whether it is something else by now than what was looked at.
pub(super) fn stale(tried: &Tried, seen: &str) -> Option<Repaired> {
    let same = Seen::parse(seen).is_some_and(|seen| seen == tried.seen);
    (!same).then(|| Repaired::Stale(Box::new(tried.seen.clone())))
}

/// The line on the organization's page, and the entries: in its log without the reason, and in that of whoever did it. Comes last.
pub(super) async fn record(
    transaction: &mut Transaction,
    staff: &StaffActor,
    deps: &Deps,
    tenant: TenantId,
    repair: &Repair,
    tried: &Tried,
    reason: &str,
) -> Result<()> {
    let (before, after) = (&tried.seen.before, &tried.seen.after);
    let gift = match repair {
        Repair::Give(gift) => Some(gift),
        _ => None,
    };
    let line = adjustments::New {
        kind: repair.adjustment(),
        plan: gift.map(|gift| gift.plan.as_str()),
        seats: tried.seats.as_ref().map(|seats| seats.to),
        expires_at: gift.and_then(|gift| gift.expires_at),
        reason,
        by: Some(staff.id()),
    };
    adjustments::note(transaction, deps, tenant, &line).await?;
    staff
        .audit_in(tenant, repair.action())
        .subject(tenant.0)
        .before(words(before))
        .after(words(after))
        .write(transaction, deps)
        .await?;
    let mut told = words(after);
    told["organization_id"] = json!(tenant);
    told["reason"] = json!(reason);
    told["customer"] = json!(after.customer);
    staff
        .audit(repair.action())
        .subject(tenant.0)
        .before(words(before))
        .after(told)
        .write(transaction, deps)
        .await
}

fn words(situation: &Situation) -> Value {
    let bought = situation.bought.as_ref();
    let pending = bought.and_then(|bought| bought.pending.as_ref());
    let given = situation.given.as_ref();
    json!({
        "plan": situation.plan.key,
        "state": situation.state,
        "seats": bought.map(|bought| bought.seats),
        "seats_planned": pending.and_then(|pending| pending.seats),
        "expires_at": given.and_then(|given| given.until),
    })
}
