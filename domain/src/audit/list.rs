//! The log of an organization, searched and filtered, newest first, a page at a time.
//!
//! Pages are told apart by the place in the chain where they begin, not by number: what is written meanwhile moves nothing.

use contract::{
    iam::Permission,
    ids::{TenantId, UserId},
};

use super::{Filter, Names, Recorded};
use crate::{Deps, Result, actor::OrgActor, database::Transaction};

/// Entries on a page.
pub const PAGE_SIZE: i64 = 50;

#[derive(Debug, Clone)]
pub struct Page {
    pub entries: Vec<Recorded>,
    pub names: Names,
    /// The page of newer entries begins before this position. `Some(None)` is the first page, which has no beginning.
    pub newer: Option<Option<i64>>,
    /// The page of older entries begins before this position.
    pub older: Option<i64>,
    /// Everybody who ever did something here, by name. Who deleted their account is not among them.
    pub people: Vec<(UserId, String)>,
}

/// The entries before a position, or the newest.
pub async fn list(org: &OrgActor, deps: &Deps, filter: &Filter, before: Option<i64>) -> Result<Page> {
    org.require(Permission::AuditRead)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let mut entries = before_position(&mut transaction, tenant, filter, before, PAGE_SIZE + 1).await?;
    let more = entries.len() > usize::try_from(PAGE_SIZE).unwrap_or_default();
    if more {
        entries.pop();
    }
    let newer = match before {
        None => None,
        Some(before) => newer(&mut transaction, tenant, filter, before).await?,
    };
    let names = Names::of(&mut transaction, Some(tenant), &entries).await?;
    let people = people(&mut transaction, tenant).await?;
    transaction.commit().await?;
    Ok(Page {
        older: entries.last().filter(|_| more).map(|last| last.position),
        entries,
        names,
        newer,
        people,
    })
}

/// The newest entries of an organization, for who sees all of it.
pub(crate) async fn newest(
    transaction: &mut Transaction,
    tenant: TenantId,
    limit: i64,
) -> Result<(Vec<Recorded>, Names)> {
    let entries = before_position(transaction, tenant, &Filter::default(), None, limit).await?;
    let names = Names::of(transaction, Some(tenant), &entries).await?;
    Ok((entries, names))
}

/// At most so many entries before a position, newest first.
pub(super) async fn before_position(
    transaction: &mut Transaction,
    tenant: TenantId,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Recorded>> {
    let entries = sqlx::query_as!(
        Recorded,
        r#"select id, position, occurred_at, action, origin, actor_user_id as actor, on_behalf_of_user_id as on_behalf_of, subject_type, subject_id,
            before, after, address, user_agent, request_id, hash, redacted_at
        from audit_log
        where tenant_id = $1 and chain_id = $1 and position < coalesce($7, 9223372036854775807)
            and ($2::uuid is null or actor_user_id = $2)
            and ($3::text is null or action = $3 or starts_with(action, $3 || '.'))
            and ($4::timestamptz is null or occurred_at >= $4)
            and ($5::timestamptz is null or occurred_at < $5)
            and ($6::text is null or action ilike $6 or subject_id::text ilike $6 or before::text ilike $6 or after::text ilike $6)
        order by position desc limit $8"#,
        tenant.0,
        filter.actor.map(|actor| actor.0),
        filter.action(),
        filter.from,
        filter.until,
        filter.pattern(),
        before,
        limit,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(entries)
}

/// Where the page above begins: a page's length of matching entries from here upwards.
async fn newer(
    transaction: &mut Transaction,
    tenant: TenantId,
    filter: &Filter,
    from: i64,
) -> Result<Option<Option<i64>>> {
    let positions = sqlx::query_scalar!(
        r#"select position from audit_log
        where tenant_id = $1 and chain_id = $1 and position >= $7
            and ($2::uuid is null or actor_user_id = $2)
            and ($3::text is null or action = $3 or starts_with(action, $3 || '.'))
            and ($4::timestamptz is null or occurred_at >= $4)
            and ($5::timestamptz is null or occurred_at < $5)
            and ($6::text is null or action ilike $6 or subject_id::text ilike $6 or before::text ilike $6 or after::text ilike $6)
        order by position limit $8"#,
        tenant.0,
        filter.actor.map(|actor| actor.0),
        filter.action(),
        filter.from,
        filter.until,
        filter.pattern(),
        from,
        PAGE_SIZE + 1,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let page = usize::try_from(PAGE_SIZE).unwrap_or_default();
    Ok(match positions.get(page) {
        // The last one is not on that page: it is where the page begins.
        Some(beyond) => Some(Some(*beyond)),
        None if positions.is_empty() => None,
        None => Some(None),
    })
}

/// From one person to the next by the index, so that a log of millions answers as fast as one of ten.
async fn people(transaction: &mut Transaction, tenant: TenantId) -> Result<Vec<(UserId, String)>> {
    let rows = sqlx::query!(
        r#"with recursive people (id) as (
            (select actor_user_id from audit_log where tenant_id = $1 and actor_user_id is not null
                order by actor_user_id limit 1)
            union all
            select (select a.actor_user_id from audit_log a where a.tenant_id = $1 and a.actor_user_id > p.id
                order by a.actor_user_id limit 1)
            from people p where p.id is not null
        )
        select u.id, u.name from people p join users u on u.id = p.id
        where u.deleted_at is null order by lower(u.name), u.id"#,
        tenant.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.name)).collect())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{Error, project::ProjectStatus};

    use super::*;
    use crate::{
        audit::names::Named,
        projects::{archive::set_status, update::update},
        testing::{TestDatabase, clock_and_deps, deps, join, organization, person, project, project_fields, task},
    };

    fn actions(page: &Page) -> Vec<&str> {
        page.entries.iter().map(|entry| entry.action.as_str()).collect()
    }

    #[tokio::test]
    async fn finds_what_is_asked_for_newest_first() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        let member = join(&database, &deps, &acme, &bob, "member").await;
        let start = deps.now();
        let harbour = project(&deps, &member, "Harbour 50%").await;
        clock.advance(TimeDelta::days(1));
        task(&deps, &acme, harbour, "Paint").await;
        clock.advance(TimeDelta::days(1));
        update(&acme, &deps, harbour, project_fields("Bridge")).await.unwrap();
        set_status(&acme, &deps, harbour, ProjectStatus::Archived)
            .await
            .unwrap();

        let all = [
            "project.archived",
            "project.updated",
            "task.created",
            "project.created",
            "tenant.created",
        ];
        let found = async |filter: Filter| {
            let page = list(&acme, &deps, &filter, None).await.unwrap();
            assert_eq!((page.newer, page.older), (None, None));
            page
        };
        let nothing = Filter::default;
        let page = found(nothing()).await;
        assert_eq!(actions(&page), all);
        let who: Vec<_> = page.people.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(who, ["ann", "bob"]);
        let update = &page.entries[1];
        assert_eq!(update.before.as_ref().unwrap()["name"], "Harbour 50%");
        assert_eq!(update.after.as_ref().unwrap()["name"], "Bridge");
        assert_eq!(page.names.get(update.actor.unwrap()), Named::Person("ann"));
        assert_eq!(page.names.get(update.subject_id.unwrap()), Named::Thing("Bridge"));
        assert_eq!(update.address.as_deref(), Some("192.0.2.7"));

        let by_bob = Filter {
            actor: Some(bob.id()),
            ..nothing()
        };
        assert_eq!(actions(&found(by_bob).await), ["project.created"]);
        for (action, expected) in [
            (
                "project",
                &["project.archived", "project.updated", "project.created"][..],
            ),
            ("project.created", &["project.created"]),
            ("proj", &[]),
            ("project.", &[]),
            ("%", &[]),
            ("pro\0ject", &[]),
        ] {
            let filter = Filter {
                action: Some(action.to_owned()),
                ..nothing()
            };
            assert_eq!(actions(&found(filter).await), expected, "{action}");
        }
        let second_day = Filter {
            from: Some(start + TimeDelta::days(1)),
            until: Some(start + TimeDelta::days(2)),
            ..nothing()
        };
        assert_eq!(actions(&found(second_day).await), ["task.created"]);
        for (text, expected) in [
            ("0%", &["project.updated", "project.created"][..]),
            ("0_", &[]),
            ("task.CREATED\0 ", &["task.created"]),
            ("paint", &["task.created"]),
        ] {
            let filter = Filter {
                text: text.to_owned(),
                ..nothing()
            };
            assert_eq!(actions(&found(filter).await), expected, "{text}");
        }
        let of_the_project = Filter {
            text: harbour.to_string(),
            ..nothing()
        };
        assert_eq!(
            actions(&found(of_the_project).await),
            ["project.archived", "project.updated", "task.created", "project.created"]
        );
    }

    #[tokio::test]
    async fn needs_the_right_and_shows_nothing_of_another_organization() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        let other = organization(&deps, &bob, "other").await;
        let member = join(&database, &deps, &acme, &bob, "member").await;
        let refused = list(&member, &deps, &Filter::default(), None).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), Error::Forbidden);
        project(&deps, &acme, "Harbour").await;
        let page = list(&other, &deps, &Filter::default(), None).await.unwrap();
        assert_eq!(
            actions(&page),
            ["tenant.created"],
            "and nothing of what bob does elsewhere"
        );
        assert_eq!(page.people.len(), 1);
    }

    #[tokio::test]
    async fn who_deleted_their_account_is_nobodys_name() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        let member = join(&database, &deps, &acme, &bob, "member").await;
        project(&deps, &member, "Harbour").await;
        sqlx::query("update users set deleted_at = now() where name = 'bob'")
            .execute(database.owner())
            .await
            .unwrap();
        let page = list(&acme, &deps, &Filter::default(), None).await.unwrap();
        let entry = &page.entries[0];
        assert_eq!(
            (entry.actor, page.names.get(bob.id().0)),
            (Some(bob.id().0), Named::Gone)
        );
        assert_eq!(page.people, [(ann.id(), "ann".to_owned())]);
    }

    #[tokio::test]
    async fn pages_are_where_they_were_whatever_is_written_meanwhile() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        for number in 0..120 {
            task(&deps, &acme, work, &format!("Task {number}")).await;
        }
        let tasks = Filter {
            action: Some("task".to_owned()),
            ..Filter::default()
        };
        let page = async |before| list(&acme, &deps, &tasks, before).await.unwrap();
        let span = |page: &Page| {
            let positions = page.entries.iter().map(|entry| entry.position);
            (
                positions.clone().max().unwrap(),
                positions.min().unwrap(),
                page.entries.len(),
            )
        };
        // The first two entries are of the organization and of the project.
        let first = page(None).await;
        assert_eq!(
            (span(&first), first.newer, first.older),
            ((122, 73, 50), None, Some(73))
        );
        task(&deps, &acme, work, "Meanwhile").await;
        let second = page(first.older).await;
        assert_eq!((span(&second), second.older), ((72, 23, 50), Some(23)));
        assert_eq!(second.newer, Some(Some(123)), "51 are newer now");
        let last = page(second.older).await;
        assert_eq!(
            (span(&last), last.newer, last.older),
            ((22, 3, 20), Some(Some(73)), None)
        );
        assert_eq!(span(&page(last.newer.unwrap()).await), span(&second));
        assert_eq!(span(&page(second.newer.unwrap()).await), span(&first));
        let beyond = page(Some(124)).await;
        assert_eq!((beyond.entries.len(), beyond.newer), (50, None));
        let nothing = page(Some(3)).await;
        assert_eq!((nothing.entries.len(), nothing.newer), (0, Some(Some(53))));
    }
}
