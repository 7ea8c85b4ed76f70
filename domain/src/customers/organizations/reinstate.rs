//! Opening an organization again that staff have closed.

use contract::{ids::TenantId, staff::StaffRight};

use super::suspension;
use crate::{
    Deps, Result,
    actor::StaffActor,
    audit::Action,
    mail::{self, Ending, Mail},
    tenants::status::{self, Step},
};

/// It is what it was before, also when that was paused. Needs a second factor that was proven a moment ago. Not closed is no error.
pub async fn reinstate(staff: &StaffActor, deps: &Deps, tenant: TenantId) -> Result<()> {
    staff.require(StaffRight::TenantsManage)?;
    staff.require_fresh_factor(deps)?;
    let mut transaction = staff.begin(deps).await?;
    let held = status::lock(&mut transaction, tenant).await?;
    let was_paused = suspension::open(&mut transaction, tenant)
        .await?
        .is_some_and(|open| open.was_paused);
    let Some(becomes) = held.take(Step::Reinstate { was_paused })? else {
        transaction.rollback().await?;
        return Ok(());
    };
    status::set(&mut transaction, tenant, becomes, None, deps.now()).await?;
    sqlx::query!(
        "update platform_tenant_suspensions set ended_by = $2, ended_at = $3 where tenant_id = $1 and ended_at is null",
        tenant.0,
        staff.id().0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    for user in status::owners(&mut transaction, tenant).await? {
        let mail = Mail::Ending(Ending::TenantReinstated { user, tenant });
        mail::enqueue(&mut transaction, &mail).await?;
    }
    staff
        .audit_in(tenant, Action::TenantReinstated)
        .subject(tenant.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
