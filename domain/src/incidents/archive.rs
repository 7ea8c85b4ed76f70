//! Taking an incident off the status page. It is kept, with every word.

use contract::{ids::IncidentId, staff::StaffRight};

use super::locked;
use crate::{Deps, Result, actor::StaffActor, audit::Action};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Archived {
    Done,
    /// It was archived before.
    Already,
    /// It is not over: it is resolved first.
    StillOpen,
}

/// What is resolved, or whose window has closed.
pub async fn archive(staff: &StaffActor, deps: &Deps, incident: IncidentId) -> Result<Archived> {
    staff.require(StaffRight::IncidentsManage)?;
    let mut transaction = staff.begin(deps).await?;
    let kept = locked(&mut transaction, incident).await?;
    if kept.archived_at.is_some() {
        transaction.rollback().await?;
        return Ok(Archived::Already);
    }
    if !kept.is_over(deps.now()) {
        transaction.rollback().await?;
        return Ok(Archived::StillOpen);
    }
    sqlx::query!(
        "update incidents set archived_at = $2, archived_by = $3 where id = $1",
        incident.0,
        deps.now(),
        staff.id().0,
    )
    .execute(&mut *transaction)
    .await?;
    staff
        .audit(Action::IncidentArchived)
        .subject(incident.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    deps.board.forget();
    Ok(Archived::Done)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{incident::IncidentKind, staff::StaffRole};

    use super::*;
    use crate::{
        incidents::create::{NewIncident, create},
        testing::{TestDatabase, clock_and_deps, staff},
    };

    #[tokio::test]
    async fn only_what_is_over_and_once() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let mut new = NewIncident::of(IncidentKind::Information, "New");
        new.ends_at = Some(deps.now() + TimeDelta::minutes(1));
        let id = create(&ben, &deps, new).await.unwrap();
        assert_eq!(archive(&ben, &deps, id).await.unwrap(), Archived::StillOpen);
        clock.advance(TimeDelta::minutes(1));
        assert_eq!(archive(&ben, &deps, id).await.unwrap(), Archived::Done);
        assert_eq!(archive(&ben, &deps, id).await.unwrap(), Archived::Already);
        assert_eq!(database.count("incident_updates").await, 1);
    }
}
