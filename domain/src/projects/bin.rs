//! The bin of a whole organization: what was deleted, by whom, and when it goes for good.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    iam::Permission,
    ids::{ProjectId, TaskId},
};

use crate::{Deps, Result, actor::OrgActor};

/// How long something stays in the bin.
pub const KEPT: TimeDelta = TimeDelta::days(30);
/// How much of each kind is shown, the last deleted first.
pub const SHOWN: u32 = 200;

#[derive(Debug, Clone)]
pub struct BinnedProject {
    pub id: ProjectId,
    pub name: String,
    pub deleted_at: DateTime<Utc>,
    pub deleted_by: String,
}

#[derive(Debug, Clone)]
pub struct BinnedTask {
    pub id: TaskId,
    pub title: String,
    pub project: ProjectId,
    pub project_name: String,
    /// Nothing in an archived project is changed: it is taken up first.
    pub project_archived: bool,
    pub deleted_at: DateTime<Utc>,
    pub deleted_by: String,
}

#[derive(Debug, Clone)]
pub struct Bin {
    pub projects: Vec<BinnedProject>,
    /// Without those of projects that are in the bin themselves: they come back with them.
    pub tasks: Vec<BinnedTask>,
}

pub async fn bin(org: &OrgActor, deps: &Deps) -> Result<Bin> {
    org.require(Permission::ProjectsDelete)?;
    let tenant = org.tenant().id.0;
    let mut transaction = org.begin(deps).await?;
    let projects = sqlx::query!(
        r#"select p.id, p.name, p.deleted_at as "deleted_at!", u.name as deleted_by
        from projects p join users u on u.id = p.deleted_by
        where p.tenant_id = $1 and p.deleted_at is not null
        order by p.deleted_at desc, p.id limit $2"#,
        tenant,
        i64::from(SHOWN),
    )
    .fetch_all(&mut *transaction)
    .await?;
    let tasks = sqlx::query!(
        r#"select t.id, t.title, t.project_id, p.name as project_name, p.status = 'archived' as "archived!",
            t.deleted_at as "deleted_at!", u.name as deleted_by
        from tasks t
        join projects p on p.tenant_id = t.tenant_id and p.id = t.project_id and p.deleted_at is null
        join users u on u.id = t.deleted_by
        where t.tenant_id = $1 and t.deleted_at is not null
        order by t.deleted_at desc, t.id limit $2"#,
        tenant,
        i64::from(SHOWN),
    )
    .fetch_all(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Bin {
        projects: projects
            .into_iter()
            .map(|row| BinnedProject {
                id: row.id.into(),
                name: row.name,
                deleted_at: row.deleted_at,
                deleted_by: row.deleted_by,
            })
            .collect(),
        tasks: tasks
            .into_iter()
            .map(|row| BinnedTask {
                id: row.id.into(),
                title: row.title,
                project: row.project_id.into(),
                project_name: row.project_name,
                project_archived: row.archived,
                deleted_at: row.deleted_at,
                deleted_by: row.deleted_by,
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projects, tasks,
        testing::{TestDatabase, deps, join, organization, person, project, task},
    };

    #[tokio::test]
    async fn shows_what_was_deleted_and_by_whom_to_who_may_bring_it_back() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let member = join(&database, &deps, &acme, &person(&deps, "cleo").await, "member").await;
        let (gone, kept) = (project(&deps, &acme, "Gone").await, project(&deps, &acme, "Kept").await);
        for (place, title) in [(gone, "Goes with it"), (kept, "Alone")] {
            let one = task(&deps, &acme, place, title).await;
            tasks::delete::delete(&acme, &deps, one).await.unwrap();
        }
        projects::delete::delete(&admin, &deps, gone).await.unwrap();
        let theirs = organization(&deps, &person(&deps, "dora").await, "other").await;
        let other = project(&deps, &theirs, "Theirs").await;
        projects::delete::delete(&theirs, &deps, other).await.unwrap();

        let found = bin(&acme, &deps).await.unwrap();
        let projects: Vec<_> = found
            .projects
            .iter()
            .map(|one| (&*one.name, &*one.deleted_by))
            .collect();
        assert_eq!(projects, [("Gone", "bob")]);
        let tasks: Vec<_> = found
            .tasks
            .iter()
            .map(|one| (&*one.title, &*one.project_name))
            .collect();
        assert_eq!(tasks, [("Alone", "Kept")]);
        let refused = bin(&member, &deps).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
    }
}
