//! Incidents for staff, the last to begin first.

use contract::{ids::IncidentId, incident::IncidentFilter, staff::StaffRight};

use super::{Incident, Row};
use crate::{Deps, Result, actor::StaffActor};

/// How many there are on a page.
pub const PAGE: i64 = 25;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub incidents: Vec<Incident>,
    pub more: bool,
}

/// Those behind the named one, or the first.
pub async fn list(staff: &StaffActor, deps: &Deps, filter: IncidentFilter, behind: Option<IncidentId>) -> Result<Page> {
    staff.require(StaffRight::IncidentsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let mut rows = sqlx::query_as!(
        Row,
        "select i.id, i.kind, i.state, i.title, i.starts_at, i.ends_at, i.updated_at, i.resolved_at, i.archived_at \
         from incidents i \
         where (i.archived_at is not null) = ($1 = 'archived') and ($1 <> 'open' or i.resolved_at is null) \
            and ($2::uuid is null or (i.starts_at, i.id) < (select b.starts_at, b.id from incidents b where b.id = $2)) \
         order by i.starts_at desc, i.id desc limit $3",
        filter.key(),
        behind.map(|id| id.0),
        PAGE + 1,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let page = usize::try_from(PAGE).unwrap_or_default();
    let more = rows.len() > page;
    rows.truncate(page);
    Ok(Page {
        incidents: rows.into_iter().map(Incident::try_from).collect::<Result<_>>()?,
        more,
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{
        incident::{IncidentKind, IncidentState},
        staff::StaffRole,
        text::IncidentText,
    };

    use super::*;
    use crate::{
        incidents::{
            archive::archive,
            create::{NewIncident, create},
            post_update::post_update,
        },
        testing::{TestDatabase, clock_and_deps, staff},
    };

    #[tokio::test]
    async fn pages_go_on_where_the_one_before_ended() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let mut all = Vec::new();
        for number in 0..=PAGE {
            // Two of a kind begin in one instant: the id says which comes first.
            if number % 2 == 0 {
                clock.advance(TimeDelta::seconds(1));
            }
            let new = NewIncident::of(IncidentKind::Information, "News");
            all.push(create(&ben, &deps, new).await.unwrap());
        }
        let first = list(&ben, &deps, IncidentFilter::Open, None).await.unwrap();
        assert!(first.more);
        let last = first.incidents.last().map(|incident| incident.id);
        let second = list(&ben, &deps, IncidentFilter::Open, last).await.unwrap();
        assert!(!second.more);
        let mut found: Vec<_> = first
            .incidents
            .iter()
            .chain(&second.incidents)
            .map(|one| one.id)
            .collect();
        found.sort_unstable();
        all.sort_unstable();
        assert_eq!(found, all);
    }

    #[tokio::test]
    async fn each_filter_shows_its_own() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let over = IncidentText::parse("Over").unwrap();
        for steps in 0..3 {
            let id = create(&ben, &deps, NewIncident::of(IncidentKind::Outage, "Down"))
                .await
                .unwrap();
            if steps > 0 {
                post_update(&ben, &deps, id, IncidentState::Resolved, &over)
                    .await
                    .unwrap();
            }
            if steps > 1 {
                archive(&ben, &deps, id).await.unwrap();
            }
        }
        for (filter, expected) in [
            (IncidentFilter::Open, 1),
            (IncidentFilter::All, 2),
            (IncidentFilter::Archived, 1),
        ] {
            let found = list(&ben, &deps, filter, None).await.unwrap();
            assert_eq!(found.incidents.len(), expected, "{filter:?}");
        }
    }
}
