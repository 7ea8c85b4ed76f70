//! One job, with its payload.

use chrono::{DateTime, Utc};
use contract::staff::StaffRight;
use serde_json::Value;

use super::{Queued, QueuedRow, hidden::hide, standing};
use crate::{Deps, Result, actor::StaffActor};

#[derive(Debug, Clone)]
pub struct Looked {
    pub job: Queued,
    pub queued: DateTime<Utc>,
    /// Without what names somebody.
    pub payload: Value,
    pub worker: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    queued: QueuedRow,
    created_at: DateTime<Utc>,
    payload: Value,
    locked_by: Option<String>,
}

/// A job that was done meanwhile is not found: it is in the history.
pub async fn look(staff: &StaffActor, deps: &Deps, job: i64) -> Result<Looked> {
    staff.require(StaffRight::JobsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let row: Option<Row> = sqlx::query_as(concat!(
        "select j.id, t.identifier as task, ",
        standing!(),
        " as standing, j.run_at, j.attempts, j.max_attempts, j.last_error, j.created_at, j.payload, j.locked_by \
         from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where j.id = $1"
    ))
    .bind(job)
    .fetch_optional(&mut *transaction)
    .await?;
    let mut row = row.ok_or(contract::Error::NotFound)?;
    hide(&mut row.payload);
    Ok(Looked {
        job: row.queued.try_into()?,
        queued: row.created_at,
        payload: row.payload,
        worker: row.locked_by,
    })
}

#[cfg(test)]
mod tests {
    use contract::{email::EmailAddress, jobs::JobStanding, staff::StaffRole};

    use super::*;
    use crate::{
        identity::magic_link,
        testing::{TestDatabase, deps, person, staff, visitor},
    };

    #[tokio::test]
    async fn shows_a_payload_and_nobody_s_address() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        person(&deps, "ann").await;
        let email = EmailAddress::parse("ann@example.test").unwrap();
        magic_link::request(&visitor(), &deps, email, None).await.unwrap();
        let job: i64 = sqlx::query_scalar("select max(id) from graphile_worker._private_jobs")
            .fetch_one(database.owner())
            .await
            .unwrap();
        let looked = look(&sue, &deps, job).await.unwrap();
        assert_eq!(
            (looked.job.standing, looked.job.task.as_str()),
            (JobStanding::Ready, "send_mail")
        );
        let payload = looked.payload.to_string();
        assert!(payload.contains("MagicLink") && !payload.contains("ann@"), "{payload}");
        let missing = look(&sue, &deps, job + 1000).await.unwrap_err();
        assert_eq!(contract::Error::from(missing), contract::Error::NotFound);
    }
}
