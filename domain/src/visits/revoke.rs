//! Putting an end to somebody's visit: by staff who watch over the others, and by an owner of the organization. It is out at
//! its next request.

use contract::{iam::Permission, ids::VisitId, staff::StaffRight, visits::VisitEnd};

use super::end::{self, Ending};
use crate::{
    Deps, Result,
    actor::{OrgActor, StaffActor},
    jobs::{self, end_visits::EndVisits},
};

/// One that is over already stays as it is.
pub async fn by_staff(staff: &StaffActor, deps: &Deps, visit: VisitId) -> Result<()> {
    staff.require(StaffRight::SecurityManage)?;
    let mut transaction = staff.begin(deps).await?;
    sqlx::query!("select id from platform_impersonation_sessions where id = $1", visit.0)
        .fetch_optional(&mut *transaction)
        .await?
        .ok_or(contract::Error::NotFound)?;
    let ending = Ending {
        visit,
        end: VisitEnd::RevokedByStaff,
        by: Some(staff.id()),
        recorded: true,
    };
    if let Some(closed) = end::end(&mut transaction, deps, ending).await? {
        closed.record(&mut transaction, deps, staff.user().request()).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// For owners, also where the organization is not paid for. The operator's own chain is written a moment later, since nothing
/// of an organization reaches there.
pub async fn by_tenant(org: &OrgActor, deps: &Deps, visit: VisitId) -> Result<()> {
    org.require(Permission::TenantDelete)?;
    org.require_own_hands()?;
    let mut transaction = org.begin(deps).await?;
    sqlx::query!(
        "select id from platform_impersonation_sessions where id = $1 and tenant_id = $2",
        visit.0,
        org.tenant().id.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let ending = Ending {
        visit,
        end: VisitEnd::RevokedByTenant,
        by: Some(org.user().id()),
        recorded: false,
    };
    if let Some(closed) = end::end(&mut transaction, deps, ending).await? {
        jobs::enqueue(&mut transaction, &EndVisits {}, Some(&format!("visit_ended:{visit}"))).await?;
        closed
            .record_inside(&mut transaction, deps, org.user().request())
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}
