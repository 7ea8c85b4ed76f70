//! Bringing a report to an end, putting it back into the inbox, and opening it again.

use contract::{ids::ReportId, reports::ReportState, staff::StaffRight};
use serde_json::json;

use super::hold;
use crate::{Deps, Result, actor::StaffActor, audit::Action};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    Done,
    /// From the state it is in, it does not go there.
    NotFrom(ReportState),
}

/// Who was on it stays known when it is closed. What is open is nobody's. Work on it begins by taking it.
pub async fn move_to(staff: &StaffActor, deps: &Deps, report: ReportId, next: ReportState) -> Result<Moved> {
    staff.require(StaffRight::ReportsManage)?;
    let mut transaction = staff.begin(deps).await?;
    let (state, assignee) = hold(&mut transaction, report).await?;
    if next == ReportState::InProgress || !state.may_become(next) {
        transaction.rollback().await?;
        return Ok(Moved::NotFrom(state));
    }
    let stays = assignee.filter(|_| next != ReportState::Open);
    sqlx::query!(
        "update problem_reports set state = $2, assigned_to = $3, closed_at = $4 where id = $1",
        report.0,
        next.key(),
        stays,
        next.is_closed().then(|| deps.now()),
    )
    .execute(&mut *transaction)
    .await?;
    staff
        .audit(Action::ReportMoved)
        .subject(report.0)
        .before(json!({ "state": state.key(), "assignee_id": assignee }))
        .after(json!({ "state": next.key(), "assignee_id": stays }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Moved::Done)
}

#[cfg(test)]
mod tests {
    use contract::{Error, staff::StaffRole};

    use super::*;
    use crate::{
        reports::{
            get::get,
            send::{Reporter, send},
            take::take,
            testing::saying,
        },
        testing::{TestDatabase, deps, staff, visitor},
    };

    #[tokio::test]
    async fn it_goes_where_the_rules_let_it_and_each_step_is_recorded() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let guest = visitor();
        let id = send(Reporter::Visitor(&guest), &deps, saying("Slow")).await.unwrap();
        let sam = staff(&database, &deps, "sam", StaffRole::Support).await;
        let go = async |next| move_to(&sam, &deps, id, next).await.unwrap();
        assert_eq!(go(ReportState::Open).await, Moved::NotFrom(ReportState::Open));
        assert_eq!(go(ReportState::InProgress).await, Moved::NotFrom(ReportState::Open));
        take(&sam, &deps, id).await.unwrap();
        assert_eq!(go(ReportState::Open).await, Moved::Done);
        assert_eq!(get(&sam, &deps, id).await.unwrap().assignee, None);
        take(&sam, &deps, id).await.unwrap();
        assert_eq!(go(ReportState::Resolved).await, Moved::Done);
        let closed = get(&sam, &deps, id).await.unwrap();
        assert_eq!((closed.closed_at, closed.assignee.is_some()), (Some(deps.now()), true));
        assert_eq!(go(ReportState::Dismissed).await, Moved::NotFrom(ReportState::Resolved));
        assert_eq!(go(ReportState::Open).await, Moved::Done);
        let open = get(&sam, &deps, id).await.unwrap();
        assert_eq!((open.closed_at, open.assignee), (None, None));
        assert_eq!(database.count("audit_log where action = 'report.moved'").await, 3);
        let told: serde_json::Value = sqlx::query_scalar(
            "select after from audit_log where action = 'report.moved' order by position desc limit 1",
        )
        .fetch_one(database.owner())
        .await
        .unwrap();
        assert_eq!(told["state"], "open");
    }

    #[tokio::test]
    async fn who_only_reads_moves_none() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let guest = visitor();
        let id = send(Reporter::Visitor(&guest), &deps, saying("Slow")).await.unwrap();
        let aud = staff(&database, &deps, "aud", StaffRole::Auditor).await;
        let refused = move_to(&aud, &deps, id, ReportState::Resolved).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
        assert_eq!(database.count("problem_reports where state = 'open'").await, 1);
    }
}
