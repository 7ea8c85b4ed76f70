//! The inbox: the newest first, a page at a time. How many there are is not counted.

use chrono::{DateTime, Utc};
use contract::{
    ids::ReportId,
    reports::{ReportFilter, ReportQuery, ReportState},
    staff::StaffRight,
};

use super::state;
use crate::{Deps, Error, Result, actor::StaffActor, customers::search::Needle, database::end_of_reading};

/// Reports on a page.
pub const PAGE_SIZE: usize = 50;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: ReportId,
    pub state: ReportState,
    /// Its beginning.
    pub note: String,
    pub page: String,
    pub failed: bool,
    pub has_screenshot: bool,
    pub reporter: Option<String>,
    pub assignee: Option<String>,
    pub received_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Row>,
    /// Where the next page begins, when there is one.
    pub older: Option<ReportId>,
}

pub async fn list(staff: &StaffActor, deps: &Deps, query: &ReportQuery) -> Result<Page> {
    staff.require(StaffRight::ReportsRead)?;
    let needle = Needle::of(&query.search);
    let state_asked = match query.filter {
        ReportFilter::Waiting | ReportFilter::All => None,
        one => Some(one.key()),
    };
    let mut transaction = staff.begin_reading(deps).await?;
    let found = sqlx::query!(
        r#"select r.id, r.state, left(r.note, 200) as "note!", r.page, r.failed, r.received_at,
            exists (select from problem_report_screenshots s where s.report_id = r.id) as "has_screenshot!",
            u.name as "reporter?", a.name as "assignee?"
        from problem_reports r left join users u on u.id = r.user_id left join users a on a.id = r.assigned_to
        where ($1::uuid is null or r.id < $1)
            and (not $2::bool or r.closed_at is null)
            and ($3::text is null or r.state = $3)
            and ($4::uuid is null or r.assigned_to = $4)
            and ($5::text is null
                or lower(r.page || ' ' || r.request_id || ' ' || r.note || ' ' || r.client_error) like $5
                or r.user_id = (select w.id from users w where w.email = $6::text::citext)
                or r.id = $7)
        order by r.id desc limit $8"#,
        query.before.map(|before| before.0),
        query.filter == ReportFilter::Waiting,
        state_asked,
        query.mine.then(|| staff.id().0),
        needle.as_ref().map(Needle::anywhere),
        needle.as_ref().map(Needle::text),
        needle.as_ref().and_then(Needle::id),
        i64::try_from(PAGE_SIZE + 1).map_err(Error::fault)?,
    )
    .fetch_all(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    let mut rows = found
        .into_iter()
        .map(|row| {
            Ok(Row {
                id: row.id.into(),
                state: state(&row.state)?,
                note: row.note,
                page: row.page,
                failed: row.failed,
                has_screenshot: row.has_screenshot,
                reporter: row.reporter,
                assignee: row.assignee,
                received_at: row.received_at,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let more = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    Ok(Page {
        older: rows.last().filter(|_| more).map(|last| last.id),
        rows,
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{Error, reports::ReportedPage, staff::StaffRole};

    use super::*;
    use crate::{
        reports::{
            move_to::move_to,
            send::{NewReport, Reporter, send},
            take::take,
            testing::{picture, saying},
        },
        testing::{TestDatabase, clock_and_deps, deps, person, staff, visitor},
    };

    #[tokio::test]
    async fn each_filter_and_search_finds_its_own() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let (ann, guest) = (person(&deps, "ann").await, visitor());
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let of_ann = Reporter::Person {
            user: &ann,
            visit: None,
        };
        let broken = NewReport {
            page: ReportedPage::parse("/o/acme/projects").unwrap(),
            request_id: Some("req-7".to_owned()),
            screenshot: Some(picture()),
            ..saying("The 50%_list is empty")
        };
        let first = send(of_ann, &deps, broken).await.unwrap();
        clock.advance(TimeDelta::seconds(1));
        let second = send(Reporter::Visitor(&guest), &deps, saying("Prices are old"))
            .await
            .unwrap();
        clock.advance(TimeDelta::seconds(1));
        let third = send(of_ann, &deps, saying("Slow")).await.unwrap();
        take(&sue, &deps, second).await.unwrap();
        move_to(&sue, &deps, third, ReportState::Dismissed).await.unwrap();
        let found = async |query: ReportQuery| -> Vec<ReportId> {
            let page = list(&sue, &deps, &query).await.unwrap();
            page.rows.into_iter().map(|row| row.id).collect()
        };
        for (filter, expected) in [
            (ReportFilter::Waiting, vec![second, first]),
            (ReportFilter::Open, vec![first]),
            (ReportFilter::InProgress, vec![second]),
            (ReportFilter::Resolved, vec![]),
            (ReportFilter::Dismissed, vec![third]),
            (ReportFilter::All, vec![third, second, first]),
        ] {
            let query = ReportQuery {
                filter,
                ..ReportQuery::default()
            };
            assert_eq!(found(query).await, expected, "{filter:?}");
        }
        let mine = ReportQuery {
            mine: true,
            ..ReportQuery::default()
        };
        assert_eq!(found(mine).await, [second]);
        for (search, expected) in [
            ("50%_LIST", vec![first]),
            ("/o/acme", vec![first]),
            ("req-7", vec![first]),
            ("ANN@example.test", vec![third, first]),
            (&second.to_string(), vec![second]),
            ("%", vec![first]),
            ("nothing like it", vec![]),
        ] {
            let query = ReportQuery {
                search: search.to_owned(),
                filter: ReportFilter::All,
                ..ReportQuery::default()
            };
            assert_eq!(found(query).await, expected, "{search}");
        }
        let rows = list(&sue, &deps, &ReportQuery::default()).await.unwrap().rows;
        assert_eq!(
            (rows[0].reporter.as_deref(), rows[0].assignee.as_deref()),
            (None, Some("sue"))
        );
        assert_eq!(
            (rows[1].reporter.as_deref(), rows[1].has_screenshot),
            (Some("ann"), true)
        );
    }

    #[tokio::test]
    async fn pages_go_on_where_the_one_before_ended() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Auditor).await;
        let guest = visitor();
        for _ in 0..=PAGE_SIZE {
            clock.advance(TimeDelta::hours(1));
            send(Reporter::Visitor(&guest), &deps, saying("Slow")).await.unwrap();
        }
        let first = list(&sue, &deps, &ReportQuery::default()).await.unwrap();
        assert_eq!(
            (first.rows.len(), first.older),
            (PAGE_SIZE, first.rows.last().map(|row| row.id))
        );
        let query = ReportQuery {
            before: first.older,
            ..ReportQuery::default()
        };
        let second = list(&sue, &deps, &query).await.unwrap();
        assert_eq!((second.rows.len(), second.older), (1, None));
        assert!(second.rows[0].id < first.rows[PAGE_SIZE - 1].id);
    }

    #[tokio::test]
    async fn nobody_without_the_right_reads_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        for role in StaffRole::ALL {
            let one = staff(&database, &deps, role.key(), *role).await;
            let read = list(&one, &deps, &ReportQuery::default()).await.map_err(Error::from);
            assert_eq!(read.is_ok(), role.has(StaffRight::ReportsRead), "{role:?}");
        }
    }
}
