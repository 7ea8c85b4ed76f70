//! A dry run: the fix, made and taken back. It writes nothing.

use contract::{
    billing::{PlanName, RepairKind, RepairObstacle},
    ids::TenantId,
    staff::StaffRight,
};

use super::{
    Repair,
    ask::{ask, away},
    attempt::attempt,
    seats::SeatPlan,
    situation::Seen,
};
use crate::{
    Deps, Result, actor::StaffActor, billing::drifts::DriftKind, billing::refusal::is_set_up, database::end_of_reading,
};

/// A fix before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The organization's.
    pub name: String,
    /// What can be given.
    pub plans: Vec<PlanName>,
    /// The customer that carries the organization's id at the provider; asked for by who links it anew.
    pub known_customer: Option<String>,
    /// `None` while nothing is chosen.
    pub dry_run: Option<Result<DryRun, RepairObstacle>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DryRun {
    pub seen: Seen,
    pub seats: Option<SeatPlan>,
    pub settles: Vec<DriftKind>,
    pub remains: Vec<DriftKind>,
}

/// In place of the reason, which is not known yet.
const NO_REASON: &str = "a dry run";

/// With nothing but what can be chosen, as long as nothing is.
pub async fn preview(
    staff: &StaffActor,
    deps: &Deps,
    tenant: TenantId,
    kind: RepairKind,
    repair: Option<&Repair>,
) -> Result<Preview> {
    staff.require(StaffRight::BillingRepair)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let name = sqlx::query_scalar!(
        "select name from tenants where id = $1 and deleted_at is null",
        tenant.0
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let plans = sqlx::query_as!(PlanName, "select key, name from plans order by position")
        .fetch_all(&mut *transaction)
        .await?;
    end_of_reading(transaction);
    let mut preview = Preview {
        name,
        plans,
        known_customer: None,
        dry_run: None,
    };
    if kind == RepairKind::Relink {
        if !is_set_up(deps) {
            preview.dry_run = Some(Err(RepairObstacle::NotSetUp));
            return Ok(preview);
        }
        match deps.payments.customer(tenant).await {
            Ok(customer) => {
                let living = customer.filter(|customer| !customer.deleted);
                preview.known_customer = living.map(|customer| customer.id.into_string());
            }
            Err(error) => {
                preview.dry_run = Some(Err(away(error)));
                return Ok(preview);
            }
        }
    }
    if let Some(repair) = repair {
        preview.dry_run = Some(dry_run(staff, deps, tenant, repair).await?);
    }
    Ok(preview)
}

async fn dry_run(
    staff: &StaffActor,
    deps: &Deps,
    tenant: TenantId,
    repair: &Repair,
) -> Result<Result<DryRun, RepairObstacle>> {
    let asked = match ask(staff, deps, tenant, repair).await? {
        Ok(asked) => asked,
        Err(obstacle) => return Ok(Err(obstacle)),
    };
    let mut transaction = staff.begin(deps).await?;
    let tried = attempt(&mut transaction, deps, tenant, repair, &asked, NO_REASON).await?;
    transaction.rollback().await?;
    Ok(tried.map(|tried| DryRun {
        settles: tried.settles(),
        remains: tried.remains(),
        seats: tried.seats,
        seen: tried.seen,
    }))
}
