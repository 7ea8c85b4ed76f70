//! Correcting what an incident says of itself: its title, and when it begins and ends. The words that were said stay as they are.

use chrono::{DateTime, Utc};
use contract::{FieldCode, error::Check, ids::IncidentId, staff::StaffRight, text::IncidentTitle};
use serde_json::{Value, json};

use super::{Incident, locked};
use crate::{Deps, Result, actor::StaffActor, audit::Action};

/// How it should read.
#[derive(Debug, Clone)]
pub struct Correction {
    /// When something was last said about it, as far as whoever corrects it has seen.
    pub seen: DateTime<Utc>,
    pub title: IncidentTitle,
    /// As it stands without one.
    pub starts_at: Option<DateTime<Utc>>,
    /// Until it is resolved without one.
    pub ends_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrected {
    Done,
    /// It reads like that already.
    Unchanged,
    /// Nothing is corrected about what is resolved or archived.
    Over,
    /// Something was said or corrected that whoever corrects it has not seen.
    Meanwhile,
}

/// Everybody reads it like that at once, and who has put the notice away sees it again. A window that has closed can be opened
/// again by an end that lies ahead; what has begun keeps its beginning.
pub async fn correct(
    staff: &StaffActor,
    deps: &Deps,
    incident: IncidentId,
    correction: &Correction,
) -> Result<Corrected> {
    staff.require(StaffRight::IncidentsManage)?;
    let now = deps.now();
    let mut transaction = staff.begin(deps).await?;
    let before = locked(&mut transaction, incident).await?;
    if !before.is_open() {
        transaction.rollback().await?;
        return Ok(Corrected::Over);
    }
    if before.updated_at != correction.seen {
        transaction.rollback().await?;
        return Ok(Corrected::Meanwhile);
    }
    let after = match corrected(&before, correction, now) {
        Ok(after) => after,
        Err(refused) => {
            transaction.rollback().await?;
            return Err(refused.into());
        }
    };
    if after == before {
        transaction.rollback().await?;
        return Ok(Corrected::Unchanged);
    }
    sqlx::query!(
        "update incidents set title = $2, starts_at = $3, ends_at = $4, updated_at = $5 where id = $1",
        incident.0,
        after.title.as_str(),
        after.starts_at,
        after.ends_at,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    staff
        .audit(Action::IncidentCorrected)
        .subject(incident.0)
        .before(told(&before))
        .after(told(&after))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    deps.board.forget();
    Ok(Corrected::Done)
}

/// As it would be. Everything that is wrong with it is told at once.
fn corrected(before: &Incident, correction: &Correction, now: DateTime<Utc>) -> contract::error::Result<Incident> {
    let starts_at = correction
        .starts_at
        .filter(|start| !is_same_minute(*start, before.starts_at))
        .unwrap_or(before.starts_at);
    let ends_at = correction.ends_at.map(|end| {
        let stays = before.ends_at.filter(|was| is_same_minute(*was, end));
        stays.unwrap_or(end)
    });
    let has_begun = before.starts_at <= now;
    let is_moved = ends_at != before.ends_at;
    let is_wrong = ends_at.is_some_and(|end| end <= starts_at || (is_moved && end <= now));
    let mut check = Check::default();
    let starts_at = check.field(
        "starts",
        if has_begun && starts_at != before.starts_at {
            Err(FieldCode::Begun)
        } else {
            Ok(starts_at)
        },
    );
    let ends_at = check.field(
        "ends",
        if is_wrong {
            Err(FieldCode::Malformed)
        } else {
            Ok(ends_at)
        },
    );
    let (starts_at, ends_at) = check.done(starts_at.zip(ends_at))?;
    Ok(Incident {
        title: correction.title.as_str().to_owned(),
        starts_at,
        ends_at,
        ..before.clone()
    })
}

/// Forms know minutes: what comes back as it was shown is as it was.
fn is_same_minute(one: DateTime<Utc>, other: DateTime<Utc>) -> bool {
    one.timestamp().div_euclid(60) == other.timestamp().div_euclid(60)
}

fn told(incident: &Incident) -> Value {
    json!({ "title": incident.title, "starts_at": incident.starts_at, "ends_at": incident.ends_at })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{
        Error,
        incident::{IncidentKind, IncidentState},
        staff::StaffRole,
        text::IncidentText,
    };

    use super::*;
    use crate::{
        incidents::{
            create::{NewIncident, create},
            dismiss::dismiss,
            get::get,
            post_update::post_update,
            shown::shown,
        },
        testing::{TestDatabase, clock_and_deps, person, refused, staff},
    };

    /// A form as it is shown, sent back with nothing changed.
    async fn as_it_stands(staff: &StaffActor, deps: &Deps, id: IncidentId) -> Correction {
        let (incident, _) = get(staff, deps, id).await.unwrap();
        Correction {
            seen: incident.updated_at,
            title: IncidentTitle::parse(&incident.title).unwrap(),
            starts_at: Some(incident.starts_at),
            ends_at: incident.ends_at,
        }
    }

    #[tokio::test]
    async fn a_window_that_slips_is_moved_and_both_are_in_the_log() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let hours = |hours| deps.now() + TimeDelta::hours(hours);
        let (starts_at, ends_at) = (hours(2), hours(3));
        let mut new = NewIncident::of(IncidentKind::Maintenance, "A larger disk");
        (new.starts_at, new.ends_at) = (Some(hours(1)), Some(hours(2)));
        let id = create(&ben, &deps, new).await.unwrap();
        let same = as_it_stands(&ben, &deps, id).await;
        assert_eq!(correct(&ben, &deps, id, &same).await.unwrap(), Corrected::Unchanged);
        let better = Correction {
            title: IncidentTitle::parse("A larger house").unwrap(),
            starts_at: Some(starts_at),
            ends_at: Some(ends_at),
            ..same
        };
        clock.advance(TimeDelta::minutes(1));
        assert_eq!(correct(&ben, &deps, id, &better).await.unwrap(), Corrected::Done);
        let (incident, updates) = get(&ben, &deps, id).await.unwrap();
        assert_eq!(incident.title, "A larger house");
        assert_eq!((incident.starts_at, incident.ends_at), (starts_at, Some(ends_at)));
        assert_eq!(updates.len(), 1, "the words that were said stay");
        let logged = "audit_log where action = 'incident.corrected' \
             and before ->> 'title' = 'A larger disk' and after ->> 'title' = 'A larger house' \
             and (before ->> 'ends_at')::timestamptz = (after ->> 'starts_at')::timestamptz";
        assert_eq!(database.count(logged).await, 1);
        assert_eq!(database.count("audit_log where action = 'incident.corrected'").await, 1);
        clock.set(starts_at - TimeDelta::microseconds(1));
        assert_eq!(deps.board.look(&deps).await.notices(deps.now()).count(), 0);
        clock.set(starts_at);
        assert_eq!(deps.board.look(&deps).await.notices(deps.now()).count(), 1);
    }

    #[tokio::test]
    async fn who_has_put_it_away_reads_the_new_title() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let id = create(&ben, &deps, NewIncident::of(IncidentKind::Degraded, "Slow"))
            .await
            .unwrap();
        dismiss(&ann, &deps, id).await.unwrap();
        assert_eq!(shown(Some(&ann), &deps).await.unwrap(), []);
        clock.advance(TimeDelta::microseconds(1));
        let better = Correction {
            title: IncidentTitle::parse("Reports are slow").unwrap(),
            ..as_it_stands(&ben, &deps, id).await
        };
        correct(&ben, &deps, id, &better).await.unwrap();
        let notices = shown(Some(&ann), &deps).await.unwrap();
        assert_eq!(notices.first().unwrap().title, "Reports are slow");
    }

    #[tokio::test]
    async fn what_has_begun_keeps_its_beginning_and_an_end_lies_ahead() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let mut new = NewIncident::of(IncidentKind::Maintenance, "A larger disk");
        (new.starts_at, new.ends_at) = (
            Some(deps.now() + TimeDelta::hours(1)),
            Some(deps.now() + TimeDelta::hours(2)),
        );
        let id = create(&ben, &deps, new).await.unwrap();
        let same = as_it_stands(&ben, &deps, id).await;
        let moved = |starts: TimeDelta, ends: TimeDelta| Correction {
            starts_at: same.starts_at.map(|start| start + starts),
            ends_at: same.ends_at.map(|end| end + ends),
            ..same.clone()
        };
        let (none, hour) = (TimeDelta::zero(), TimeDelta::hours(1));
        let ends = Error::field("ends", FieldCode::Malformed);
        assert_eq!(refused(correct(&ben, &deps, id, &moved(hour, none)).await), ends);
        clock.set(same.starts_at.unwrap());
        let starts = Error::field("starts", FieldCode::Begun);
        assert_eq!(refused(correct(&ben, &deps, id, &moved(hour, hour)).await), starts);
        // Its window has closed, and is opened again.
        clock.set(same.ends_at.unwrap() + TimeDelta::minutes(5));
        let behind = moved(none, TimeDelta::minutes(5));
        assert_eq!(refused(correct(&ben, &deps, id, &behind).await), ends);
        assert_eq!(database.count("audit_log where action = 'incident.corrected'").await, 0);
        let ahead = moved(none, TimeDelta::minutes(6));
        assert_eq!(correct(&ben, &deps, id, &ahead).await.unwrap(), Corrected::Done);
        assert_eq!(deps.board.look(&deps).await.notices(deps.now()).count(), 1);
    }

    #[tokio::test]
    async fn only_with_the_right_before_it_is_over_and_by_who_has_seen_all_of_it() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let aud = staff(&database, &deps, "aud", StaffRole::Auditor).await;
        let id = create(&ben, &deps, NewIncident::of(IncidentKind::Outage, "Down"))
            .await
            .unwrap();
        let better = Correction {
            title: IncidentTitle::parse("Uploads are down").unwrap(),
            ..as_it_stands(&ben, &deps, id).await
        };
        assert_eq!(refused(correct(&aud, &deps, id, &better).await), Error::Forbidden);
        let text = IncidentText::parse("A disk").unwrap();
        for (next, expected) in [
            (IncidentState::Identified, Corrected::Meanwhile),
            (IncidentState::Resolved, Corrected::Over),
        ] {
            clock.advance(TimeDelta::minutes(1));
            post_update(&ben, &deps, id, next, &text).await.unwrap();
            assert_eq!(correct(&ben, &deps, id, &better).await.unwrap(), expected);
        }
        let (incident, _) = get(&ben, &deps, id).await.unwrap();
        assert_eq!(incident.title, "Down");
        let seen = Correction {
            seen: incident.updated_at,
            ..better
        };
        assert_eq!(correct(&ben, &deps, id, &seen).await.unwrap(), Corrected::Over);
    }
}
