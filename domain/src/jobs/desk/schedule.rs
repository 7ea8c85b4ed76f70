//! What is done by the clock, and doing it now.

use chrono::{DateTime, Utc};
use contract::staff::StaffRight;
use serde_json::json;

use crate::{Deps, Result, actor::StaffActor, audit::Action, jobs::worker::SCHEDULE};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub task: &'static str,
    /// Minute, hour, day, month, day of the week, in UTC.
    pub cron: &'static str,
    /// When the schedule last queued it.
    pub last: Option<DateTime<Utc>>,
}

/// The lines of the schedule: five fields of time, the task, its payload.
fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    SCHEDULE.lines().filter_map(|line| {
        let (line, _) = line.rsplit_once(' ')?;
        let (cron, task) = line.rsplit_once(' ')?;
        Some((task, cron))
    })
}

pub async fn schedule(staff: &StaffActor, deps: &Deps) -> Result<Vec<Entry>> {
    staff.require(StaffRight::JobsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let known: Vec<(String, Option<DateTime<Utc>>)> =
        sqlx::query_as("select identifier, last_execution from graphile_worker._private_known_crontabs")
            .fetch_all(&mut *transaction)
            .await?;
    let last = |task: &str| {
        known
            .iter()
            .find(|(known, _)| known == task)
            .and_then(|(_, last)| *last)
    };
    Ok(entries()
        .map(|(task, cron)| Entry {
            task,
            cron,
            last: last(task),
        })
        .collect())
}

/// Puts it into the queue once, beside what the clock does. Pressed twice, it is still there once.
pub async fn start(staff: &StaffActor, deps: &Deps, task: &str) -> Result<()> {
    staff.require(StaffRight::JobsManage)?;
    let (task, _) = entries()
        .find(|(known, _)| *known == task)
        .ok_or(contract::Error::NotFound)?;
    let mut transaction = staff.begin(deps).await?;
    sqlx::query("select enqueue_job($1, '{}'::json, null, $1)")
        .bind(task)
        .execute(&mut *transaction)
        .await?;
    staff
        .audit(Action::JobStarted)
        .after(json!({ "task": task }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::{Error, staff::StaffRole};

    use super::*;
    use crate::testing::{TestDatabase, deps, staff};

    #[tokio::test]
    async fn what_the_clock_does_can_be_done_now_and_nothing_else() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let entries = schedule(&sue, &deps).await.unwrap();
        assert_eq!(entries.len(), SCHEDULE.lines().count());
        for entry in &entries {
            assert_eq!(entry.cron.split(' ').count(), 5, "{entry:?}");
            start(&sue, &deps, entry.task).await.unwrap();
            start(&sue, &deps, entry.task).await.unwrap();
            let queued = format!("graphile_worker._private_jobs where key = '{}'", entry.task);
            assert_eq!(database.count(&queued).await, 1, "{entry:?}");
        }
        let refused = start(&sue, &deps, "send_mail").await.unwrap_err();
        assert_eq!(Error::from(refused), Error::NotFound);
    }
}
