//! Putting an end to somebody's visit: by staff who watch over the others, by an owner of the organization, and by the member
//! with whose eyes it is seen. It is out at its next request.

use contract::{iam::Permission, ids::VisitId, staff::StaffRight, visits::VisitEnd};

use super::end::{self, Ending};
use crate::{
    Deps, Result,
    actor::{OrgActor, RequestInfo, StaffActor, UserActor},
    database::{Mode, Reach, Transaction, end_of_reading},
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

/// For owners, also where the organization is not paid for or was suspended, and while maintenance lets nobody change anything.
pub async fn by_tenant(org: &OrgActor, deps: &Deps, visit: VisitId) -> Result<()> {
    org.require(Permission::TenantDelete)?;
    org.require_own_hands()?;
    let mut transaction = org.begin_ending(deps).await?;
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
    inside(&mut transaction, deps, ending, org.user().request()).await?;
    transaction.commit().await?;
    Ok(())
}

/// For the member with whose eyes it is seen, whatever their rights, and whatever can be changed otherwise. Somebody else's is
/// not found.
pub async fn by_subject(user: &UserActor, deps: &Deps, visit: VisitId) -> Result<()> {
    let mut own = user.begin_reading(deps).await?;
    let tenant = sqlx::query_scalar!(
        "select tenant_id from platform_impersonation_sessions where id = $1 and subject_id = $2",
        visit.0,
        user.id().0,
    )
    .fetch_optional(&mut *own)
    .await?
    .ok_or(contract::Error::NotFound)?;
    end_of_reading(own);
    let mut transaction = deps
        .database
        .begin_for_tenant(user.id(), tenant.into(), Reach::Given, Mode::Writing)
        .await?;
    let ending = Ending {
        visit,
        end: VisitEnd::RevokedBySubject,
        by: Some(user.id()),
        recorded: false,
    };
    inside(&mut transaction, deps, ending, user.request()).await?;
    transaction.commit().await?;
    Ok(())
}

/// From within the organization. The operator's own chain is written a moment later, since nothing of an organization reaches
/// there.
async fn inside(transaction: &mut Transaction, deps: &Deps, ending: Ending, request: &RequestInfo) -> Result<()> {
    let visit = ending.visit;
    if let Some(closed) = end::end(transaction, deps, ending).await? {
        jobs::enqueue(transaction, &EndVisits {}, Some(&format!("visit_ended:{visit}"))).await?;
        closed.record_inside(transaction, deps, request).await?;
    }
    Ok(())
}
