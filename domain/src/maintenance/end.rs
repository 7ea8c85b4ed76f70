//! Ending a window before its time, or calling it off.

use contract::{
    ids::{MaintenanceWindowId, TenantId},
    staff::StaffRight,
};

use crate::{Deps, Result, actor::StaffActor, audit::Action};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Done,
    /// It was over already.
    Over,
}

/// Opening up again takes no fresh factor: whoever is locked out waits for it.
pub async fn end(staff: &StaffActor, deps: &Deps, window: MaintenanceWindowId) -> Result<Ended> {
    staff.require(StaffRight::MaintenanceManage)?;
    let mut transaction = staff.begin(deps).await?;
    let ended = sqlx::query!(
        "update maintenance_windows set ended_at = $2, ended_by = $3 \
         where id = $1 and ended_at is null and (ends_at is null or ends_at > $2) returning only_tenant_id",
        window.0,
        deps.now(),
        staff.id().0,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(ended) = ended else {
        let known = sqlx::query_scalar!("select id from maintenance_windows where id = $1", window.0)
            .fetch_optional(&mut *transaction)
            .await?;
        return known
            .map(|_| Ended::Over)
            .ok_or_else(|| contract::Error::NotFound.into());
    };
    let entry = match ended.only_tenant_id {
        Some(tenant) => staff.audit_in(TenantId(tenant), Action::MaintenanceEnded),
        None => staff.audit(Action::MaintenanceEnded),
    };
    entry.subject(window.0).write(&mut transaction, deps).await?;
    transaction.commit().await?;
    deps.board.forget();
    Ok(Ended::Done)
}

#[cfg(test)]
mod tests {
    use contract::{
        Error,
        maintenance::{MaintenanceLevel, Surface},
        staff::StaffRole,
    };

    use super::*;
    use crate::{
        maintenance::{Place, Scope, testing::close},
        testing::{TestDatabase, deps, staff},
    };

    #[tokio::test]
    async fn it_is_over_at_once_and_once() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let window = close(&sue, &deps, Scope::Everything, MaintenanceLevel::Closed).await;
        assert_eq!(end(&sue, &deps, window).await.unwrap(), Ended::Done);
        let posted = deps.board.look(&deps).await;
        assert_eq!(posted.maintenance(Place::on(Surface::Site), deps.now()), None);
        assert_eq!(end(&sue, &deps, window).await.unwrap(), Ended::Over);
        let none = end(&sue, &deps, deps.id()).await.unwrap_err();
        assert_eq!(Error::from(none), Error::NotFound);
        assert_eq!(database.count("audit_log where action = 'maintenance.ended'").await, 1);
    }
}
