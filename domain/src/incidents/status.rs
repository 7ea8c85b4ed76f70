//! What anybody may read: what is the case, what is announced, and what was in the last 90 days.

use std::collections::HashMap;

use chrono::TimeDelta;
use contract::ids::IncidentId;
use uuid::Uuid;

use super::{Incident, Row, Update, state};
use crate::{Deps, Result};

/// How far back it tells.
pub const PAST: TimeDelta = TimeDelta::days(90);

/// How many it tells of at most.
const MOST: i64 = 100;

/// Incidents with what was said, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    pub current: Vec<(Incident, Vec<Update>)>,
    pub upcoming: Vec<(Incident, Vec<Update>)>,
    pub past: Vec<(Incident, Vec<Update>)>,
}

/// The same for everybody, so that nobody is asked who they are. Who said something is not told.
pub async fn status(deps: &Deps) -> Result<Status> {
    let now = deps.now();
    let rows = sqlx::query_as!(
        Row,
        "select id, kind, state, title, starts_at, ends_at, updated_at, resolved_at, archived_at from incidents \
         where archived_at is null and (resolved_at is null or resolved_at > $1) and (ends_at is null or ends_at > $1) \
         order by starts_at desc, id desc limit $2",
        now - PAST,
        MOST,
    )
    .fetch_all(deps.database.global())
    .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut said: HashMap<IncidentId, Vec<Update>> = HashMap::new();
    for row in sqlx::query!(
        "select incident_id, state, text, written_at from incident_updates where incident_id = any($1) \
         order by written_at desc, id desc",
        &ids,
    )
    .fetch_all(deps.database.global())
    .await?
    {
        said.entry(row.incident_id.into()).or_default().push(Update {
            state: state(&row.state)?,
            text: row.text,
            written_at: row.written_at,
            by: String::new(),
        });
    }
    let mut status = Status::default();
    for row in rows {
        let incident = Incident::try_from(row)?;
        let updates = said.remove(&incident.id).unwrap_or_default();
        let list = if incident.is_shown(now) {
            &mut status.current
        } else if incident.is_over(now) {
            &mut status.past
        } else {
            &mut status.upcoming
        };
        list.push((incident, updates));
    }
    Ok(status)
}

#[cfg(test)]
mod tests {
    use contract::{
        incident::{IncidentKind, IncidentState},
        staff::StaffRole,
        text::IncidentText,
    };

    use super::*;
    use crate::{
        incidents::{
            create::{NewIncident, create},
            post_update::post_update,
        },
        testing::{TestDatabase, clock_and_deps, staff},
    };

    #[tokio::test]
    async fn what_is_resolved_is_told_of_for_ninety_days() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let mut later = NewIncident::of(IncidentKind::Maintenance, "A larger house");
        later.starts_at = Some(deps.now() + TimeDelta::days(80));
        create(&ben, &deps, later).await.unwrap();
        let id = create(&ben, &deps, NewIncident::of(IncidentKind::Outage, "Down"))
            .await
            .unwrap();
        let counts = async || {
            let status = status(&deps).await.unwrap();
            (status.current.len(), status.upcoming.len(), status.past.len())
        };
        assert_eq!(counts().await, (1, 1, 0));
        let over = IncidentText::parse("Over").unwrap();
        post_update(&ben, &deps, id, IncidentState::Resolved, &over)
            .await
            .unwrap();
        assert_eq!(counts().await, (0, 1, 1));
        clock.advance(PAST - TimeDelta::microseconds(1));
        assert_eq!(counts().await, (1, 0, 1));
        clock.advance(TimeDelta::microseconds(1));
        assert_eq!(counts().await, (1, 0, 0));
    }
}
