//! What the provider is asked before anything is held.

use contract::{billing::RepairObstacle, ids::TenantId};

use super::Repair;
use crate::{
    Deps, Result,
    actor::StaffActor,
    billing::{
        drifts::{
            compare::Theirs,
            sides::{or_none, ours, theirs},
        },
        held::held,
        provider::{CustomerId, ProviderError, Subscription, SubscriptionId},
        refusal::is_set_up,
    },
    database::end_of_reading,
};

/// Its answer.
#[derive(Debug)]
pub(super) enum Asked {
    /// It has nothing to do with the fix.
    Nothing,
    /// The subscription that counts, as it is now.
    Subscription(Box<Subscription>),
    Everything(Box<Everything>),
}

#[derive(Debug)]
pub(super) struct Everything {
    pub theirs: Theirs,
    /// Those that live here, and that the provider does not know at all.
    pub gone: Vec<String>,
    /// Those that live here, and that it knows with another customer.
    pub elsewhere: Vec<Subscription>,
}

pub(super) async fn ask(
    staff: &StaffActor,
    deps: &Deps,
    tenant: TenantId,
    repair: &Repair,
) -> Result<Result<Asked, RepairObstacle>> {
    if matches!(repair, Repair::Give(_) | Repair::TakeBack) {
        return Ok(Ok(Asked::Nothing));
    }
    if !is_set_up(deps) {
        return Ok(Err(RepairObstacle::NotSetUp));
    }
    match repair {
        Repair::Give(_) | Repair::TakeBack => Ok(Ok(Asked::Nothing)),
        Repair::ResetSeats => subscription(staff, deps, tenant).await,
        Repair::Relink(customer) => Ok(linked(deps, tenant, customer.as_ref()).await),
        Repair::Sync => everything(staff, deps, tenant).await,
    }
}

/// What an error means at the desk: nothing was changed, and its words are for staff.
#[expect(clippy::needless_pass_by_value, reason = "as it is handed over by map_err")]
pub(super) fn away(error: ProviderError) -> RepairObstacle {
    tracing::warn!(%error, "payment provider");
    RepairObstacle::ProviderAway(error.to_string())
}

async fn subscription(staff: &StaffActor, deps: &Deps, tenant: TenantId) -> Result<Result<Asked, RepairObstacle>> {
    if !deps.payments.capabilities().seat_change {
        return Ok(Err(RepairObstacle::NotSetUp));
    }
    let mut transaction = staff.begin_reading(deps).await?;
    let held = held(&mut transaction, tenant).await?;
    end_of_reading(transaction);
    let Some(held) = held.filter(|held| held.is_live(deps.now())) else {
        return Ok(Err(RepairObstacle::NothingBought));
    };
    Ok(match deps.payments.subscription(held.id).await {
        Ok(told) => Ok(Asked::Subscription(Box::new(told))),
        Err(ProviderError::NotFound) => Err(RepairObstacle::NothingBought),
        Err(error) => Err(away(error)),
    })
}

/// A customer is an organization's when it carries its id: whoever wrote it, the provider lets nobody write another one over it.
async fn linked(deps: &Deps, tenant: TenantId, customer: Option<&CustomerId>) -> Result<Asked, RepairObstacle> {
    let theirs = match customer {
        None => {
            let known = deps.payments.customer(tenant).await.map_err(away)?;
            if let Some(known) = known.filter(|known| !known.deleted) {
                return Err(RepairObstacle::CustomerThere(known.id.into_string()));
            }
            Theirs {
                customer: None,
                subscriptions: Vec::new(),
                orders: Vec::new(),
            }
        }
        Some(id) => {
            let found = deps.payments.customer_by_id(id.clone()).await.map_err(away)?;
            let found = found.ok_or(RepairObstacle::CustomerUnknown)?;
            match found.tenant {
                _ if found.deleted => return Err(RepairObstacle::CustomerDeleted),
                None => return Err(RepairObstacle::CustomerUnclaimed),
                Some(other) if other != tenant => return Err(RepairObstacle::CustomerOfAnother),
                Some(_) => {}
            }
            let payments = &deps.payments;
            Theirs {
                customer: Some(found),
                subscriptions: or_none(payments.subscriptions(id.clone()).await).map_err(away)?,
                orders: or_none(payments.orders(id.clone()).await).map_err(away)?,
            }
        }
    };
    Ok(Asked::Everything(Box::new(Everything {
        theirs,
        gone: Vec::new(),
        elsewhere: Vec::new(),
    })))
}

async fn everything(staff: &StaffActor, deps: &Deps, tenant: TenantId) -> Result<Result<Asked, RepairObstacle>> {
    let mut transaction = staff.begin_reading(deps).await?;
    let ours = ours(&mut transaction, deps, tenant).await?;
    end_of_reading(transaction);
    let known = ours.customer.clone().map(CustomerId::from);
    let theirs = match theirs(deps, tenant, known).await {
        Ok(theirs) => theirs,
        Err(error) => return Ok(Err(away(error))),
    };
    let (mut gone, mut elsewhere) = (Vec::new(), Vec::new());
    for one in ours.subscriptions.iter().filter(|one| one.status.is_live()) {
        if theirs.subscriptions.iter().any(|other| other.id.as_str() == one.id) {
            continue;
        }
        match deps.payments.subscription(SubscriptionId::from(one.id.as_str())).await {
            Ok(told) => elsewhere.push(told),
            Err(ProviderError::NotFound) => gone.push(one.id.clone()),
            Err(error) => return Ok(Err(away(error))),
        }
    }
    Ok(Ok(Asked::Everything(Box::new(Everything {
        theirs,
        gone,
        elsewhere,
    }))))
}
