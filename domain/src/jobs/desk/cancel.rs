//! Taking a job out of the queue.

use contract::staff::StaffRight;
use serde_json::json;

use super::held;
use crate::{Deps, Result, actor::StaffActor, audit::Action};

/// It is not done, now or later. One that runs cannot be stopped.
pub async fn cancel(staff: &StaffActor, deps: &Deps, job: i64) -> Result<()> {
    staff.require(StaffRight::JobsManage)?;
    let mut transaction = staff.begin(deps).await?;
    let (task, standing) = held(&mut transaction, job).await?;
    if !standing.may_be_canceled() {
        return Err(contract::Error::Conflict.into());
    }
    sqlx::query("delete from graphile_worker._private_jobs where id = $1")
        .bind(job)
        .execute(&mut *transaction)
        .await?;
    staff
        .audit(Action::JobCanceled)
        .before(json!({ "task": task, "job": job, "was": standing.key() }))
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
        jobs::desk::testing::{FAILED, RUNNING, SCHEDULED, queued},
        testing::{TestDatabase, deps, staff},
    };

    #[tokio::test]
    async fn what_waits_goes_and_what_runs_stays() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        for set in ["", SCHEDULED, FAILED] {
            let job = queued(&database, "clean_up", set).await;
            cancel(&sue, &deps, job).await.unwrap();
            let again = cancel(&sue, &deps, job).await.unwrap_err();
            assert_eq!(Error::from(again), Error::NotFound, "{set}");
        }
        let running = queued(&database, "clean_up", RUNNING).await;
        let refused = cancel(&sue, &deps, running).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Conflict);
        assert_eq!(database.count("audit_log where action = 'job.canceled'").await, 3);
    }
}
