//! What follows for an organization when something about its bills has changed, or time has passed.

use contract::{billing::BillingState, ids::TenantId};
use serde_json::json;

use super::{
    effective::{Effective, Facts},
    notice::{self, Notice},
    standing,
    transition::{Transition, transition},
};
use crate::{
    Deps, Error, Result,
    actor::RequestInfo,
    audit::{Entry, Origin},
    database::Transaction,
    jobs::{self, apply_limits::ApplyLimits},
};

/// The state that was told last, and the one of this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refreshed {
    pub from: BillingState,
    pub to: BillingState,
}

/// What there is room for, held against before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// As much of everything, or more.
    Enough,
    /// Perhaps less of something.
    Open,
}

/// Works the state out anew, keeps it beside the organization, and does what belongs to a change of it, once: the entry in the
/// log, the mails, what exceeds the plan. In a transaction that is in the organization, or that is the platform's; the row of
/// the organization is locked from here on. Harmless to repeat. Comes last: it ends with the entry.
pub(crate) async fn refresh(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Refreshed> {
    refresh_with(transaction, deps, tenant, Room::Open).await
}

/// The same for who knows what there is room for: what fits goes on to fit, and need not be looked at.
pub(crate) async fn refresh_with(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    room: Room,
) -> Result<Refreshed> {
    let now = deps.now();
    let told = sqlx::query!(
        r#"select billing_state, over_limit_since is not null as "is_over!" from tenants
        where id = $1 and deleted_at is null for update"#,
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let from = BillingState::from_key(&told.billing_state).ok_or_else(|| Error::fault("unknown billing state"))?;
    let row = standing::row(transaction, tenant, now).await?;
    let facts = row.facts()?;
    let plan = row.plan(now, deps.billing)?;
    let to = plan.effective.state;
    if to != from {
        sqlx::query!(
            "update tenants set billing_state = $2 where id = $1",
            tenant.0,
            to.key()
        )
        .execute(&mut **transaction)
        .await?;
    }
    let happened = transition(from, to);
    let news = match happened.and_then(Transition::notice) {
        Some(notice) => Some((notice, occasion(notice, &facts, &plan.effective, deps))),
        None => notice::reminder(&facts, &plan.effective, now),
    };
    if let Some((notice, occasion)) = news {
        notice::tell(transaction, deps, tenant, notice, &occasion).await?;
    }
    if room == Room::Open || told.is_over || to != from {
        let job = ApplyLimits { tenant };
        jobs::enqueue(transaction, &job, Some(&job.key())).await?;
    }
    if let Some(action) = happened.and_then(Transition::action) {
        let request = RequestInfo::default();
        let mut entry = Entry::new(action, Origin::System, &request).subject(tenant.0);
        entry.tenant = tenant;
        entry
            .before(json!({ "state": from }))
            .after(json!({ "state": to, "plan": plan.key }))
            .write(transaction, deps)
            .await?;
    }
    Ok(Refreshed { from, to })
}

/// What tells this one from the next of its kind.
fn occasion(notice: Notice, facts: &Facts, effective: &Effective, deps: &Deps) -> String {
    let subscription = facts.subscription.as_ref();
    let at = match notice {
        Notice::TrialEnding3 | Notice::TrialEnding1 | Notice::Canceled => effective.until,
        Notice::TrialEnded => facts.trial_ends_at,
        Notice::PaymentFailed | Notice::PaymentFailed2 | Notice::PaymentFailed7 | Notice::Restricted => {
            subscription.and_then(|subscription| subscription.past_due_at)
        }
        Notice::Recovered => None,
        Notice::Ended => subscription.and_then(|subscription| subscription.ends_at),
    };
    notice::occasion(at.unwrap_or_else(|| deps.now()))
}
