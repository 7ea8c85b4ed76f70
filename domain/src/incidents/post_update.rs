//! Saying more about an incident: that it has come a step further, that it is over, or only what is new.

use contract::{ids::IncidentId, incident::IncidentState, staff::StaffRight, text::IncidentText};
use serde_json::json;

use super::{create::say, locked};
use crate::{Deps, Result, actor::StaffActor, audit::Action};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posted {
    Done,
    /// From where it stands it does not come there.
    NotFrom(IncidentState),
    /// Nothing more is said about what is archived.
    Archived,
}

/// Every update is kept. Who has put the notice away sees it again, unless it is over.
pub async fn post_update(
    staff: &StaffActor,
    deps: &Deps,
    incident: IncidentId,
    next: IncidentState,
    text: &IncidentText,
) -> Result<Posted> {
    staff.require(StaffRight::IncidentsManage)?;
    let mut transaction = staff.begin(deps).await?;
    let before = locked(&mut transaction, incident).await?;
    if before.archived_at.is_some() {
        transaction.rollback().await?;
        return Ok(Posted::Archived);
    }
    if !before.state.may_become(next) {
        transaction.rollback().await?;
        return Ok(Posted::NotFrom(before.state));
    }
    let now = deps.now();
    let over = next == IncidentState::Resolved;
    sqlx::query!(
        "update incidents set state = $2, updated_at = $3, resolved_at = $4 where id = $1",
        incident.0,
        next.key(),
        now,
        over.then_some(now),
    )
    .execute(&mut *transaction)
    .await?;
    say(&mut transaction, staff, deps, incident, next, text).await?;
    let action = if over {
        Action::IncidentResolved
    } else {
        Action::IncidentUpdated
    };
    staff
        .audit(action)
        .subject(incident.0)
        .before(json!({ "state": before.state.key() }))
        .after(json!({ "state": next.key(), "text": text.as_str() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    deps.board.forget();
    Ok(Posted::Done)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{incident::IncidentKind, staff::StaffRole};

    use super::*;
    use crate::{
        incidents::{
            create::{NewIncident, create},
            get::get,
        },
        testing::{TestDatabase, clock_and_deps, staff},
    };

    #[tokio::test]
    async fn each_word_is_kept_and_what_is_over_stays_so() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let id = create(&ben, &deps, NewIncident::of(IncidentKind::Outage, "Down"))
            .await
            .unwrap();
        let text = |words: &str| IncidentText::parse(words).unwrap();
        let post = async |next, words: &str| {
            clock.advance(TimeDelta::minutes(1));
            post_update(&ben, &deps, id, next, &text(words)).await.unwrap()
        };
        assert_eq!(post(IncidentState::Identified, "A disk").await, Posted::Done);
        assert_eq!(
            post(IncidentState::Investigating, "Or not").await,
            Posted::NotFrom(IncidentState::Identified)
        );
        assert_eq!(post(IncidentState::Resolved, "Replaced").await, Posted::Done);
        assert_eq!(
            post(IncidentState::Monitoring, "Again").await,
            Posted::NotFrom(IncidentState::Resolved)
        );
        let resolved_at = deps.now() - TimeDelta::minutes(1);
        let (incident, updates) = get(&ben, &deps, id).await.unwrap();
        assert_eq!(incident.resolved_at, Some(resolved_at));
        let words: Vec<_> = updates.iter().map(|update| update.text.as_str()).collect();
        assert_eq!(words, ["Replaced", "A disk", "We are looking into it."]);
        assert_eq!(deps.board.look(&deps).await.notices(deps.now()).count(), 0);
        let entries = "audit_log where action in ('incident.opened', 'incident.updated', 'incident.resolved')";
        assert_eq!(database.count(entries).await, 3);
    }
}
