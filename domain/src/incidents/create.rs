//! Telling everybody of something.

use chrono::{DateTime, Utc};
use contract::{
    FieldCode,
    ids::IncidentId,
    incident::{IncidentKind, IncidentState},
    staff::StaffRight,
    text::{IncidentText, IncidentTitle},
};
use serde_json::json;
use uuid::Uuid;

use crate::{Deps, Result, actor::StaffActor, audit::Action, database::Transaction};

/// What is told.
#[derive(Debug, Clone)]
pub struct NewIncident {
    pub kind: IncidentKind,
    pub title: IncidentTitle,
    pub text: IncidentText,
    /// Now without one.
    pub starts_at: Option<DateTime<Utc>>,
    /// Until it is resolved without one.
    pub ends_at: Option<DateTime<Utc>>,
}

/// It stands over the pages as soon as it has begun.
pub async fn create(staff: &StaffActor, deps: &Deps, new: NewIncident) -> Result<IncidentId> {
    staff.require(StaffRight::IncidentsManage)?;
    let now = deps.now();
    let starts_at = new.starts_at.unwrap_or(now);
    if new.ends_at.is_some_and(|end| end <= starts_at || end <= now) {
        return Err(contract::Error::field("ends", FieldCode::Malformed).into());
    }
    let id: IncidentId = deps.id();
    let state = new.kind.begins();
    let mut transaction = staff.begin(deps).await?;
    sqlx::query!(
        "insert into incidents (id, kind, state, title, starts_at, ends_at, created_by, created_at, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
        id.0,
        new.kind.key(),
        state.key(),
        new.title.as_str(),
        starts_at,
        new.ends_at,
        staff.id().0,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    say(&mut transaction, staff, deps, id, state, &new.text).await?;
    staff
        .audit(Action::IncidentOpened)
        .subject(id.0)
        .after(json!({
            "kind": new.kind.key(),
            "title": new.title.as_str(),
            "starts_at": starts_at,
            "ends_at": new.ends_at,
            "text": new.text.as_str(),
        }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    deps.board.forget();
    Ok(id)
}

/// Keeps what is said, word for word.
pub(super) async fn say(
    transaction: &mut Transaction,
    staff: &StaffActor,
    deps: &Deps,
    incident: IncidentId,
    state: IncidentState,
    text: &IncidentText,
) -> Result<()> {
    sqlx::query!(
        "insert into incident_updates (incident_id, id, state, text, written_by, written_at) values ($1, $2, $3, $4, $5, $6)",
        incident.0,
        deps.id::<Uuid>(),
        state.key(),
        text.as_str(),
        staff.id().0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

#[cfg(any(test, feature = "testing"))]
impl NewIncident {
    /// Beginning now, without an end.
    #[expect(
        clippy::unwrap_used,
        clippy::missing_panics_doc,
        reason = "a test that cannot be set up has failed"
    )]
    pub fn of(kind: IncidentKind, title: &str) -> Self {
        Self {
            kind,
            title: IncidentTitle::parse(title).unwrap(),
            text: IncidentText::parse("We are looking into it.").unwrap(),
            starts_at: None,
            ends_at: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{Error, staff::StaffRole};

    use super::*;
    use crate::testing::{TestDatabase, clock_and_deps, staff};

    #[tokio::test]
    async fn it_is_shown_from_its_first_instant_to_its_last() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let mut new = NewIncident::of(IncidentKind::Degraded, "Slow");
        new.starts_at = Some(deps.now() + TimeDelta::minutes(1));
        new.ends_at = Some(deps.now() + TimeDelta::minutes(2));
        create(&ben, &deps, new).await.unwrap();
        let microsecond = TimeDelta::microseconds(1);
        let shown = async || deps.board.look(&deps).await.notices(deps.now()).count();
        clock.advance(TimeDelta::minutes(1) - microsecond);
        assert_eq!(shown().await, 0);
        clock.advance(microsecond);
        assert_eq!(shown().await, 1);
        clock.advance(TimeDelta::minutes(1) - microsecond);
        assert_eq!(shown().await, 1);
        clock.advance(microsecond);
        assert_eq!(shown().await, 0);
    }

    #[tokio::test]
    async fn only_with_the_right_and_with_an_end_after_its_beginning() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let aud = staff(&database, &deps, "aud", StaffRole::Auditor).await;
        let new = NewIncident::of(IncidentKind::Outage, "Down");
        let refused = create(&aud, &deps, new.clone()).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let ended = NewIncident {
            ends_at: Some(deps.now()),
            ..new
        };
        let refused = create(&ben, &deps, ended).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::field("ends", FieldCode::Malformed));
        assert_eq!(database.count("incidents").await, 0);
    }
}
