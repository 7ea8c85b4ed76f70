//! Having a job done now: one that failed, or one whose time has not come.

use contract::staff::StaffRight;
use serde_json::json;

use super::held;
use crate::{Deps, Result, actor::StaffActor, audit::Action};

/// Its tries count from the beginning again, so that it is tried as often as a new one. A job that runs, or will in a moment,
/// is left alone.
pub async fn retry(staff: &StaffActor, deps: &Deps, job: i64) -> Result<()> {
    staff.require(StaffRight::JobsManage)?;
    let mut transaction = staff.begin(deps).await?;
    let (task, standing) = held(&mut transaction, job).await?;
    if !standing.may_be_retried() {
        return Err(contract::Error::Conflict.into());
    }
    sqlx::query("select from graphile_worker.reschedule_jobs(array[$1::bigint], run_at := now(), attempts := 0)")
        .bind(job)
        .execute(&mut *transaction)
        .await?;
    staff
        .audit(Action::JobRetried)
        .after(json!({ "task": task, "job": job, "was": standing.key() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::{Error, staff::StaffRole};

    use super::*;
    use crate::{
        jobs::desk::testing::{FAILED, RETRYING, RUNNING, SCHEDULED, queued},
        testing::{TestDatabase, deps, staff},
    };

    #[tokio::test]
    async fn what_failed_is_as_new() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        for set in [FAILED, RETRYING, SCHEDULED] {
            let job = queued(&database, "clean_up", set).await;
            retry(&sue, &deps, job).await.unwrap();
            let ready = format!(
                "graphile_worker._private_jobs where id = {job} and attempts = 0 and run_at <= now() and is_available"
            );
            assert_eq!(database.count(&ready).await, 1, "{set}");
        }
        let told = "audit_log where action = 'job.retried' and origin = 'staff' and after ->> 'task' = 'clean_up'";
        assert_eq!(database.count(told).await, 3);
    }

    #[tokio::test]
    async fn what_runs_is_left_alone_and_who_only_helps_decides_nothing() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let sam = staff(&database, &deps, "sam", StaffRole::Support).await;
        let running = queued(&database, "clean_up", RUNNING).await;
        let refused = retry(&sue, &deps, running).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Conflict);
        let failed = queued(&database, "clean_up", FAILED).await;
        let refused = retry(&sam, &deps, failed).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
    }
}
