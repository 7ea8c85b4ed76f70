//! A fix within a transaction: whoever tries it takes it back, whoever makes it commits it.

use contract::{billing::RepairObstacle, ids::TenantId};

use super::{
    Repair,
    ask::Asked,
    open_drifts, relink,
    seats::{self, SeatPlan},
    situation::{Seen, Situation},
    sync,
};
use crate::{
    Deps, Result,
    billing::{
        drifts::{DriftKind, compare::compare, note::Drift, sides::ours},
        overrides::{
            end,
            grant::{self, Granted},
        },
        refresh::refresh,
        take_in,
    },
    database::Transaction,
};

/// What has come of it, so far.
#[derive(Debug)]
pub(super) struct Tried {
    pub seen: Seen,
    /// Where seats are to be changed at the provider.
    pub seats: Option<SeatPlan>,
    /// The differences that were open before.
    pub open: Vec<DriftKind>,
    /// What differs now, where everything was compared.
    pub found: Option<Vec<Drift>>,
}

impl Tried {
    /// The differences that would be gone.
    pub fn settles(&self) -> Vec<DriftKind> {
        let open = self.open.iter().copied();
        match (&self.found, &self.seats) {
            (Some(found), _) => open
                .filter(|kind| !found.iter().any(|drift| drift.kind == *kind))
                .collect(),
            (None, Some(_)) => open.filter(|kind| *kind == DriftKind::SeatDrift).collect(),
            (None, None) => Vec::new(),
        }
    }

    /// Those that would be there, also new ones.
    pub fn remains(&self) -> Vec<DriftKind> {
        if let Some(found) = &self.found {
            return found.iter().map(|drift| drift.kind).collect();
        }
        let settled = self.settles();
        let open = self.open.iter().copied();
        open.filter(|kind| !settled.contains(kind)).collect()
    }
}

/// Holds the organization's row from here on.
pub(super) async fn attempt(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    repair: &Repair,
    asked: &Asked,
    reason: &str,
) -> Result<Result<Tried, RepairObstacle>> {
    if !take_in::hold(transaction, tenant).await? {
        return Err(contract::Error::NotFound.into());
    }
    let before = Situation::of(transaction, deps, tenant).await?;
    let open = open_drifts(transaction, tenant).await?;
    let done = match (repair, asked) {
        (Repair::Give(_) | Repair::TakeBack, _) => {
            given(transaction, deps, tenant, repair, reason).await?.map(|()| None)
        }
        (Repair::ResetSeats, Asked::Subscription(told)) => {
            seats::attempt(transaction, deps, tenant, told).await?.map(Some)
        }
        (Repair::Relink(customer), Asked::Everything(everything)) => {
            let customer = customer.as_ref();
            relink::attempt(transaction, deps, tenant, customer, everything)
                .await?
                .map(|()| None)
        }
        (Repair::Sync, Asked::Everything(everything)) => {
            let changed = sync::attempt(transaction, deps, tenant, everything).await?;
            let mut quiet = !changed;
            if quiet {
                let ours = ours(transaction, deps, tenant).await?;
                let found = compare(&ours, &everything.theirs, deps.now());
                quiet = open.iter().all(|kind| found.iter().any(|drift| drift.kind == *kind));
            }
            if quiet {
                Err(RepairObstacle::NothingDiffers)
            } else {
                Ok(None)
            }
        }
        _ => return Err(crate::Error::fault("another question was asked than the fix needs")),
    };
    let seats = match done {
        Ok(seats) => seats,
        Err(obstacle) => return Ok(Err(obstacle)),
    };
    let found = match asked {
        Asked::Everything(everything) => {
            let ours = ours(transaction, deps, tenant).await?;
            Some(compare(&ours, &everything.theirs, deps.now()))
        }
        Asked::Nothing | Asked::Subscription(_) => None,
    };
    let after = Situation::of(transaction, deps, tenant).await?;
    Ok(Ok(Tried {
        seen: Seen { before, after },
        seats,
        open,
        found,
    }))
}

/// What the operator gives, or takes back.
async fn given(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    repair: &Repair,
    reason: &str,
) -> Result<Result<(), RepairObstacle>> {
    if let Repair::Give(gift) = repair {
        let gift = grant::Gift {
            kind: gift.kind,
            plan: &gift.plan,
            reason,
            expires_at: gift.expires_at,
        };
        match grant::give(transaction, deps, tenant, gift).await? {
            Granted::Done => {}
            Granted::UnknownPlan => return Ok(Err(RepairObstacle::UnknownPlan)),
            Granted::GivenAlready => return Ok(Err(RepairObstacle::GivenAlready)),
            Granted::Over => return Ok(Err(RepairObstacle::Over)),
            Granted::UnknownOrganization => return Err(contract::Error::NotFound.into()),
        }
    } else if end::take_back(transaction, deps, tenant).await?.is_none() {
        return Ok(Err(RepairObstacle::NothingGiven));
    }
    refresh(transaction, deps, tenant).await?;
    Ok(Ok(()))
}
