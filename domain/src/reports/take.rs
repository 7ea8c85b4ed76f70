//! Taking a report on: from nobody, or from somebody else of the staff.

use contract::{ids::ReportId, reports::ReportState, staff::StaffRight};
use serde_json::json;

use super::hold;
use crate::{Deps, Result, actor::StaffActor, audit::Action};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    Done,
    /// They are on it already.
    Already,
    /// It is closed: it is opened again first.
    Closed,
}

pub async fn take(staff: &StaffActor, deps: &Deps, report: ReportId) -> Result<Taken> {
    staff.require(StaffRight::ReportsManage)?;
    let mut transaction = staff.begin(deps).await?;
    let (state, assignee) = hold(&mut transaction, report).await?;
    if state.is_closed() {
        transaction.rollback().await?;
        return Ok(Taken::Closed);
    }
    if assignee == Some(staff.id().0) {
        transaction.rollback().await?;
        return Ok(Taken::Already);
    }
    let next = ReportState::InProgress;
    sqlx::query!(
        "update problem_reports set state = $2, assigned_to = $3 where id = $1",
        report.0,
        next.key(),
        staff.id().0,
    )
    .execute(&mut *transaction)
    .await?;
    staff
        .audit(Action::ReportTaken)
        .subject(report.0)
        .before(json!({ "state": state.key(), "assignee_id": assignee }))
        .after(json!({ "state": next.key(), "assignee_id": staff.id() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Taken::Done)
}

#[cfg(test)]
mod tests {
    use contract::{Error, staff::StaffRole};

    use super::*;
    use crate::{
        reports::{
            get::get,
            move_to::move_to,
            send::{Reporter, send},
            testing::saying,
        },
        testing::{TestDatabase, deps, staff, visitor},
    };

    #[tokio::test]
    async fn one_is_on_it_at_a_time_and_nobody_on_what_is_closed() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let guest = visitor();
        let id = send(Reporter::Visitor(&guest), &deps, saying("Slow")).await.unwrap();
        let (sue, sam) = (
            staff(&database, &deps, "sue", StaffRole::Superadmin).await,
            staff(&database, &deps, "sam", StaffRole::Support).await,
        );
        assert_eq!(take(&sue, &deps, id).await.unwrap(), Taken::Done);
        assert_eq!(take(&sue, &deps, id).await.unwrap(), Taken::Already);
        assert_eq!(take(&sam, &deps, id).await.unwrap(), Taken::Done);
        let kept = get(&sue, &deps, id).await.unwrap();
        assert_eq!(kept.assignee, Some((sam.id(), "sam".to_owned())));
        assert_eq!(kept.state, ReportState::InProgress);
        move_to(&sam, &deps, id, ReportState::Resolved).await.unwrap();
        assert_eq!(take(&sue, &deps, id).await.unwrap(), Taken::Closed);
        assert_eq!(database.count("audit_log where action = 'report.taken'").await, 2);
    }

    #[tokio::test]
    async fn who_only_reads_takes_none() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
        let refused = take(&bea, &deps, deps.id()).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
        let sam = staff(&database, &deps, "sam", StaffRole::Support).await;
        let nothing = take(&sam, &deps, deps.id()).await.unwrap_err();
        assert_eq!(Error::from(nothing), Error::NotFound);
    }
}
