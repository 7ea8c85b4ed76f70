//! The list of projects: searched, filtered, sorted, a page at a time.

use contract::{
    iam::{MemberType, Permission},
    project::{ProjectFilter, ProjectQuery},
};

use super::{
    Project,
    model::{count, named, status, visibility},
};
use crate::{
    Deps, Error, Result,
    actor::OrgActor,
    database::{Transaction, end_of_reading},
    workspaces::{self, Named},
};

#[derive(Debug, Clone)]
pub struct ProjectPage {
    pub rows: Vec<Project>,
    /// How many match, over all pages.
    pub total: u32,
    /// The page that is shown: the last one when the query asks for one beyond.
    pub page: u32,
    /// How many count against the plan. For a guest, who is not told of the rest, how many they see, without a limit.
    pub used: u32,
    pub limit: Option<u32>,
    /// The workspaces to choose from, by name.
    pub workspaces: Vec<Named>,
}

/// The page that is seen most: one statement.
pub async fn list(org: &OrgActor, deps: &Deps, query: &ProjectQuery) -> Result<ProjectPage> {
    org.require(Permission::ProjectsRead)?;
    let tenant = org.tenant();
    let in_bin = query.filter == ProjectFilter::Bin;
    let only = match query.filter {
        ProjectFilter::Active => Some("active"),
        ProjectFilter::Archived => Some("archived"),
        ProjectFilter::All | ProjectFilter::Bin => None,
    };
    let pattern = contains(&query.search);
    let mut transaction = org.begin(deps).await?;
    let found = sqlx::query!(
        r#"with seen as (
            select id, name, created_at, updated_at, deleted_at, deleted_at is null as used,
                (deleted_at is not null) = $2 and ($3::text is null or status = $3) and name ilike $4
                    and ($8::uuid is null or workspace_id = $8) as matches
            from projects
            where tenant_id = $1 and (deleted_at is null or $2)
        ), matching as (
            select id, row_number() over (order by
                case when $2 then deleted_at end desc,
                case when $5 = 'name' then lower(name) end,
                case when $5 = 'created' then created_at end,
                updated_at desc, id
            ) as position
            from seen where matches
        ), place as (
            select total, used, greatest(least($6::bigint, (total + $7 - 1) / $7), 1) as page
            from (select count(*) filter (where matches) as total, count(*) filter (where used) as used from seen) figures
        )
        select place.total as "total!", place.used as "used!", place.page as "page!",
            p.id as "id?", p.name as "name?", p.description as "description?", p.status as "status?",
            p.visibility as "visibility?", w.id as "workspace_id?", w.name as "workspace_name?",
            p.paused_at is not null as "paused!", p.updated_at as "updated_at?", p.deleted_at as "deleted_at?", t.open as "open!", t.done as "done!"
        from place
        left join matching m on m.position > (place.page - 1) * $7::bigint and m.position <= place.page * $7
        left join projects p on p.tenant_id = $1 and p.id = m.id
        left join workspaces w on w.tenant_id = $1 and w.id = p.workspace_id
        cross join lateral (
            select count(*) filter (where state <> 'done') as open, count(*) filter (where state = 'done') as done
            from tasks where tenant_id = $1 and project_id = p.id and deleted_at is null
        ) t
        order by m.position"#,
        tenant.id.0,
        in_bin,
        only,
        pattern,
        query.sort.key(),
        i64::from(query.page),
        i64::from(ProjectQuery::PAGE_SIZE),
        query.workspace.map(|workspace| workspace.0),
    )
    .fetch_all(&mut *transaction)
    .await?;
    let workspaces = workspaces::list::names(&mut transaction, org).await?;
    let used = used_beyond(&mut transaction, org).await?;
    end_of_reading(transaction);
    // There is always a row, which carries the figures; without a match it carries no project.
    let Some(first) = found.first() else {
        return Err(Error::fault("the list has lost its figures"));
    };
    let mut page = ProjectPage {
        rows: Vec::with_capacity(found.len()),
        total: count(first.total),
        page: count(first.page),
        used: count(used.unwrap_or(first.used)),
        limit: tenant
            .plan
            .limits
            .projects
            .filter(|_| org.member_type() == MemberType::Member),
        workspaces,
    };
    for row in found {
        if let (Some(id), Some(name), Some(description), Some(key), Some(seen_by), Some(updated_at)) = (
            row.id,
            row.name,
            row.description,
            row.status,
            row.visibility,
            row.updated_at,
        ) {
            page.rows.push(Project {
                id: id.into(),
                name,
                description,
                status: status(&key)?,
                visibility: visibility(&seen_by)?,
                workspace: named(row.workspace_id, row.workspace_name),
                open_tasks: count(row.open),
                done_tasks: count(row.done),
                paused: row.paused,
                updated_at,
                deleted_at: row.deleted_at,
            });
        }
    }
    Ok(page)
}

/// What the plan counts, when this member sees less than that. A guest is not told.
async fn used_beyond(transaction: &mut Transaction, org: &OrgActor) -> Result<Option<i64>> {
    if org.sees_everything() || org.member_type() == MemberType::Guest {
        return Ok(None);
    }
    org.see_everything(transaction).await?;
    let used = sqlx::query_scalar!(
        r#"select count(*) as "used!" from projects where tenant_id = $1 and deleted_at is null"#,
        org.tenant().id.0,
    );
    Ok(Some(used.fetch_one(&mut **transaction).await?))
}

/// A pattern that matches the text anywhere, and takes the wildcards in it as they are. Control characters are in no name,
/// and Postgres takes no text with a zero byte.
fn contains(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.trim().chars().filter(|c| !c.is_control()) {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{
        project::{ProjectSort, ProjectStatus},
        task::TaskState,
    };

    use super::*;
    use crate::{
        projects::{archive::set_status, delete::delete, update::update},
        tasks,
        testing::{TestDatabase, clock_and_deps, deps, organization, person, project, project_fields, task},
    };

    #[tokio::test]
    async fn finds_what_is_asked_for() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        project(&deps, &acme, "Beta 100%").await;
        project(&deps, &acme, "alpha").await;
        let away = project(&deps, &acme, "Archived").await;
        set_status(&acme, &deps, away, ProjectStatus::Archived).await.unwrap();
        let binned = project(&deps, &acme, "Binned").await;
        delete(&acme, &deps, binned).await.unwrap();

        let names = |query: ProjectQuery| {
            let (acme, deps) = (acme.clone(), deps.clone());
            async move {
                let page = list(&acme, &deps, &query).await.unwrap();
                assert_eq!(page.used, 3);
                assert_eq!(page.limit, Some(5));
                page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
            }
        };
        let query = ProjectQuery {
            sort: ProjectSort::Name,
            ..ProjectQuery::default()
        };
        assert_eq!(names(query.clone()).await, ["alpha", "Beta 100%"]);
        assert_eq!(
            names(ProjectQuery {
                search: "100%".into(),
                ..query.clone()
            })
            .await,
            ["Beta 100%"]
        );
        assert_eq!(
            names(ProjectQuery {
                search: "1%0".into(),
                ..query.clone()
            })
            .await,
            [""; 0]
        );
        assert_eq!(
            names(ProjectQuery {
                filter: ProjectFilter::Archived,
                ..query.clone()
            })
            .await,
            ["Archived"]
        );
        assert_eq!(
            names(ProjectQuery {
                filter: ProjectFilter::Bin,
                ..query.clone()
            })
            .await,
            ["Binned"]
        );
        assert_eq!(
            names(ProjectQuery {
                search: "bEtA\0 ".into(),
                ..query.clone()
            })
            .await,
            ["Beta 100%"]
        );
        assert_eq!(
            names(ProjectQuery {
                filter: ProjectFilter::All,
                ..query.clone()
            })
            .await,
            ["alpha", "Archived", "Beta 100%"]
        );
        assert_eq!(
            names(ProjectQuery { page: 99, ..query }).await,
            ["alpha", "Beta 100%"],
            "the last page there is"
        );
    }

    #[tokio::test]
    async fn sorts_and_counts_tasks() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let mut made = Vec::new();
        for name in ["B", "c", "A"] {
            made.push(project(&deps, &acme, name).await);
            clock.advance(TimeDelta::minutes(1));
        }
        let done = task(&deps, &acme, made[0], "Done").await;
        let change = tasks::update::TaskChange {
            state: Some(TaskState::Done),
            ..Default::default()
        };
        tasks::update::update(&acme, &deps, done, change).await.unwrap();
        task(&deps, &acme, made[0], "Open").await;
        let binned = task(&deps, &acme, made[0], "Binned").await;
        tasks::delete::delete(&acme, &deps, binned).await.unwrap();
        clock.advance(TimeDelta::minutes(1));
        update(&acme, &deps, made[1], project_fields("C")).await.unwrap();

        for (sort, expected) in [
            (ProjectSort::Recent, ["C", "B", "A"]),
            (ProjectSort::Name, ["A", "B", "C"]),
            (ProjectSort::Created, ["B", "C", "A"]),
        ] {
            let query = ProjectQuery {
                sort,
                ..ProjectQuery::default()
            };
            let page = list(&acme, &deps, &query).await.unwrap();
            let names: Vec<_> = page.rows.iter().map(|row| row.name.as_str()).collect();
            assert_eq!(names, expected, "{sort:?}");
            let b = page.rows.iter().find(|row| row.name == "B").unwrap();
            assert_eq!((b.open_tasks, b.done_tasks), (1, 1));
        }
    }

    #[tokio::test]
    async fn a_page_at_a_time() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let page = list(&acme, &deps, &ProjectQuery::default()).await.unwrap();
        assert_eq!((page.total, page.page, page.used, page.rows.len()), (0, 1, 0, 0));

        sqlx::query("update tenants set plan_key = 'team'")
            .execute(database.owner())
            .await
            .unwrap();
        for number in 1..=26 {
            project(&deps, &acme, &format!("Project {number:02}")).await;
        }
        for (asked, shown, rows, first) in [
            (0, 1, 25, "Project 01"),
            (1, 1, 25, "Project 01"),
            (2, 2, 1, "Project 26"),
            (u32::MAX, 2, 1, "Project 26"),
        ] {
            let query = ProjectQuery {
                sort: ProjectSort::Name,
                page: asked,
                ..ProjectQuery::default()
            };
            let page = list(&acme, &deps, &query).await.unwrap();
            assert_eq!((page.total, page.page, page.rows.len()), (26, shown, rows), "{asked}");
            assert_eq!(page.rows[0].name, first, "{asked}");
        }
    }
}
