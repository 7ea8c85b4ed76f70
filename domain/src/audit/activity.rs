//! What one has done oneself: in every organization, and with one's own account.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use contract::slug::Slug;
use uuid::Uuid;

use super::{Filter, Names, Recorded, list::PAGE_SIZE};
use crate::{Deps, Error, Result, actor::UserActor};

#[derive(Debug, Clone)]
pub struct Activity {
    pub entry: Recorded,
    pub place: Place,
}

/// Where something was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In no organization: with one's own account.
    Account,
    Organization {
        slug: Slug,
        name: String,
    },
    /// In an organization one no longer belongs to. What was changed there is its business, and is left out.
    Left,
}

#[derive(Debug, Clone)]
pub struct Page {
    pub rows: Vec<Activity>,
    pub names: Names,
    /// The page of older entries begins after this one.
    pub older: Option<Cursor>,
}

/// An entry's place among all of a person's, whose chains know nothing of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub occurred_at: DateTime<Utc>,
    pub id: Uuid,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.occurred_at.timestamp_micros(), self.id.simple())
    }
}

/// It was made by us; what it lacks does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotACursor;

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (micros, id) = text.split_once('-').ok_or(NotACursor)?;
        let micros = micros.parse().map_err(|_| NotACursor)?;
        Ok(Self {
            occurred_at: DateTime::from_timestamp_micros(micros)
                .filter(|at| (2000..3000).contains(&chrono::Datelike::year(at)))
                .ok_or(NotACursor)?,
            id: id.parse().map_err(|_| NotACursor)?,
        })
    }
}

/// One's own entries after a place, or the newest. The filter's actor is always oneself.
pub async fn activity(user: &UserActor, deps: &Deps, filter: &Filter, after: Option<Cursor>) -> Result<Page> {
    let mut transaction = user.begin(deps).await?;
    let rows = sqlx::query!(
        r#"select a.id, a.position, a.occurred_at, a.action, a.origin, a.actor_user_id, a.on_behalf_of_user_id, a.subject_type, a.subject_id,
            a.before, a.after, a.address, a.user_agent, a.request_id, a.hash, a.redacted_at,
            a.tenant_id = '00000000-0000-0000-0000-000000000000' as "own!", t.slug::text as "slug?", t.name as "name?"
        from audit_log a
        left join tenant_members m on m.tenant_id = a.tenant_id and m.user_id = $1 and m.status = 'active'
        left join tenants t on t.id = m.tenant_id and t.deleted_at is null
        where a.actor_user_id = $1
            and ($2::text is null or a.action = $2 or starts_with(a.action, $2 || '.'))
            and ($3::timestamptz is null or a.occurred_at >= $3)
            and ($4::timestamptz is null or a.occurred_at < $4)
            and ($5::text is null or a.action ilike $5 or a.subject_id::text ilike $5 or (
                (t.id is not null or a.tenant_id = '00000000-0000-0000-0000-000000000000')
                and (a.before::text ilike $5 or a.after::text ilike $5)
            ))
            and ($6::timestamptz is null or (a.occurred_at, a.id) < ($6, $7::uuid))
        order by a.occurred_at desc, a.id desc limit $8"#,
        user.id().0,
        filter.action(),
        filter.from,
        filter.until,
        filter.pattern(),
        after.map(|cursor| cursor.occurred_at),
        after.map(|cursor| cursor.id),
        PAGE_SIZE + 1,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let place = match (row.own, row.slug, row.name) {
            (true, ..) => Place::Account,
            (false, Some(slug), Some(name)) => Place::Organization {
                slug: Slug::try_from(slug).map_err(Error::fault)?,
                name,
            },
            (false, ..) => Place::Left,
        };
        let left = place == Place::Left;
        found.push(Activity {
            entry: Recorded {
                id: row.id,
                position: row.position,
                occurred_at: row.occurred_at,
                action: row.action,
                origin: row.origin,
                actor: row.actor_user_id,
                on_behalf_of: row.on_behalf_of_user_id,
                subject_type: row.subject_type,
                subject_id: row.subject_id,
                before: row.before.filter(|_| !left),
                after: row.after.filter(|_| !left),
                address: row.address,
                user_agent: row.user_agent,
                request_id: row.request_id,
                hash: row.hash,
                redacted_at: row.redacted_at,
            },
            place,
        });
    }
    let more = found.len() > usize::try_from(PAGE_SIZE).unwrap_or_default();
    if more {
        found.pop();
    }
    let entries: Vec<Recorded> = found.iter().map(|activity| activity.entry.clone()).collect();
    let names = Names::of(&mut transaction, None, &entries).await?;
    transaction.commit().await?;
    Ok(Page {
        older: found.last().filter(|_| more).map(|last| Cursor {
            occurred_at: last.entry.occurred_at,
            id: last.entry.id,
        }),
        rows: found,
        names,
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::testing::{TestDatabase, clock_and_deps, join, organization, person, project, task};

    #[tokio::test]
    async fn shows_what_one_did_everywhere_and_nothing_that_others_did() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        clock.advance(TimeDelta::hours(1));
        let member = join(&database, &deps, &acme, &bob, "member").await;
        let work = project(&deps, &member, "Harbour").await;
        project(&deps, &acme, "Of ann").await;
        clock.advance(TimeDelta::hours(1));
        organization(&deps, &bob, "other").await;

        let of_bob = async |filter: Filter| activity(&bob, &deps, &filter, None).await.unwrap();
        let summary = |page: &Page| {
            let rows = page.rows.iter().map(|row| {
                let place = match &row.place {
                    Place::Account => "account",
                    Place::Organization { name, .. } => name,
                    Place::Left => "left",
                };
                format!("{} {place}", row.entry.action)
            });
            rows.collect::<Vec<_>>()
        };
        assert_eq!(
            summary(&of_bob(Filter::default()).await),
            ["tenant.created other", "project.created acme", "user.signed_up account"]
        );
        let about = |text: &str| Filter {
            text: text.to_owned(),
            ..Filter::default()
        };
        assert_eq!(summary(&of_bob(about("harbour")).await), ["project.created acme"]);
        let ours = Filter {
            action: Some("user".to_owned()),
            actor: Some(ann.id()),
            ..Filter::default()
        };
        assert_eq!(
            summary(&of_bob(ours).await),
            ["user.signed_up account"],
            "nobody else's"
        );

        sqlx::query("delete from tenant_members where tenant_id = $1 and user_id = $2")
            .bind(acme.tenant().id.0)
            .bind(bob.id().0)
            .execute(database.owner())
            .await
            .unwrap();
        let page = of_bob(Filter::default()).await;
        assert_eq!(summary(&page)[1], "project.created left");
        assert_eq!(
            (&page.rows[1].entry.after, page.rows[1].entry.subject_id),
            (&None, Some(work.0))
        );
        assert_eq!(
            summary(&of_bob(about("harbour")).await),
            [""; 0],
            "nor is it found by what it does not show"
        );
    }

    #[tokio::test]
    async fn goes_on_where_a_page_ends() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        // All at one instant: the id decides.
        for number in 0..60 {
            task(&deps, &acme, work, &format!("Task {number}")).await;
        }
        let first = activity(&ann, &deps, &Filter::default(), None).await.unwrap();
        let cursor = first.older.unwrap();
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        let second = activity(&ann, &deps, &Filter::default(), Some(cursor)).await.unwrap();
        assert_eq!((first.rows.len(), second.rows.len(), second.older), (50, 13, None));
        let mut ids: Vec<_> = first.rows.iter().chain(&second.rows).map(|row| row.entry.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 63);
    }

    #[test]
    fn what_is_no_cursor_is_none() {
        for text in [
            "",
            "1-2",
            "99999999999999999-0",
            "x",
            "1772442000000000-zz",
            "9223372036854775807-00000000000000000000000000000000",
        ] {
            assert_eq!(text.parse::<Cursor>(), Err(NotACursor), "{text}");
        }
    }
}
