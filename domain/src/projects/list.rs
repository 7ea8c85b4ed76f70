//! The list of projects: searched, filtered, sorted, a page at a time.

use contract::{
    iam::Permission,
    project::{ProjectFilter, ProjectQuery},
};

use super::{
    Project,
    model::{count, status},
};
use crate::{Deps, Result, actor::OrgActor};

#[derive(Debug, Clone)]
pub struct ProjectPage {
    pub rows: Vec<Project>,
    /// How many match, over all pages.
    pub total: u32,
    /// The page that is shown: the last one when the query asks for one beyond.
    pub page: u32,
    /// How many count against the plan.
    pub used: u32,
    pub limit: Option<u32>,
}

/// The page that is seen most: two statements in one transaction.
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
    let figures = sqlx::query!(
        r#"select
            count(*) filter (where deleted_at is null) as "used!",
            count(*) filter (
                where (deleted_at is not null) = $2 and ($3::text is null or status = $3) and name ilike $4
            ) as "total!"
        from projects where tenant_id = $1"#,
        tenant.id.0,
        in_bin,
        only,
        pattern,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let total = count(figures.total);
    let pages = total.div_ceil(ProjectQuery::PAGE_SIZE).max(1);
    let page = query.page.clamp(1, pages);
    let rows = sqlx::query!(
        r#"select p.id, p.name, p.description, p.status, p.updated_at, p.deleted_at,
            t.open as "open!", t.done as "done!"
        from (
            select * from projects
            where tenant_id = $1 and (deleted_at is not null) = $2 and ($3::text is null or status = $3) and name ilike $4
            order by
                case when $2 then deleted_at end desc,
                case when $5 = 'name' then lower(name) end,
                case when $5 = 'created' then created_at end,
                updated_at desc, id
            limit $6 offset $7
        ) p
        cross join lateral (
            select count(*) filter (where state <> 'done') as open, count(*) filter (where state = 'done') as done
            from tasks where tenant_id = $1 and project_id = p.id and deleted_at is null
        ) t
        order by
            case when $2 then p.deleted_at end desc,
            case when $5 = 'name' then lower(p.name) end,
            case when $5 = 'created' then p.created_at end,
            p.updated_at desc, p.id"#,
        tenant.id.0,
        in_bin,
        only,
        pattern,
        query.sort.key(),
        i64::from(ProjectQuery::PAGE_SIZE),
        i64::from((page - 1) * ProjectQuery::PAGE_SIZE),
    )
    .fetch_all(&mut *transaction)
    .await?;
    transaction.commit().await?;
    let rows = rows
        .into_iter()
        .map(|row| {
            Ok(Project {
                id: row.id.into(),
                name: row.name,
                description: row.description,
                status: status(&row.status)?,
                open_tasks: count(row.open),
                done_tasks: count(row.done),
                updated_at: row.updated_at,
                deleted_at: row.deleted_at,
            })
        })
        .collect::<Result<_>>()?;
    Ok(ProjectPage {
        rows,
        total,
        page,
        used: count(figures.used),
        limit: tenant.project_limit,
    })
}

/// A pattern that matches the text anywhere, and takes the wildcards in it as they are.
fn contains(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.trim().chars() {
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
    use contract::{
        project::{ProjectSort, ProjectStatus},
        text::{ProjectDescription, ProjectName},
    };

    use super::*;
    use crate::{
        projects::{ProjectFields, archive::set_status, create::create, delete::delete},
        testing::{TestDatabase, deps, organization, person},
    };

    fn fields(name: &str) -> ProjectFields {
        ProjectFields {
            name: ProjectName::parse(name).unwrap(),
            description: ProjectDescription::parse("").unwrap(),
        }
    }

    #[tokio::test]
    async fn finds_what_is_asked_for() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        create(&acme, &deps, fields("Beta 100%")).await.unwrap();
        create(&acme, &deps, fields("alpha")).await.unwrap();
        let away = create(&acme, &deps, fields("Archived")).await.unwrap();
        set_status(&acme, &deps, away, ProjectStatus::Archived).await.unwrap();
        let binned = create(&acme, &deps, fields("Binned")).await.unwrap();
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
            names(ProjectQuery { page: 99, ..query }).await,
            ["alpha", "Beta 100%"],
            "the last page there is"
        );
    }
}
