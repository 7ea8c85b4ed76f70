//! What an organization has, for who is about to delete it.

use contract::iam::Permission;

use crate::{Deps, Result, actor::OrgActor};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holdings {
    pub people: u32,
    pub projects: u32,
    pub tasks: u32,
}

/// Also what is in the bin: it would go as well.
pub async fn holdings(org: &OrgActor, deps: &Deps) -> Result<Holdings> {
    org.require(Permission::TenantDelete)?;
    let mut transaction = org.begin(deps).await?;
    org.see_everything(&mut transaction).await?;
    let row = sqlx::query!(
        r#"select (select count(*) from tenant_members where tenant_id = $1) as "people!",
            (select count(*) from projects where tenant_id = $1) as "projects!",
            (select count(*) from tasks where tenant_id = $1) as "tasks!""#,
        org.tenant().id.0,
    )
    .fetch_one(&mut *transaction)
    .await?;
    transaction.commit().await?;
    let figure = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Holdings {
        people: figure(row.people),
        projects: figure(row.projects),
        tasks: figure(row.tasks),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps, join, organization, person, project, task};

    #[tokio::test]
    async fn counts_what_is_there_for_who_may_delete_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let work = project(&deps, &acme, "Work").await;
        task(&deps, &acme, work, "Do it").await;
        let other = organization(&deps, &person(&deps, "cleo").await, "other").await;
        project(&deps, &other, "Theirs").await;
        let has = holdings(&acme, &deps).await.unwrap();
        assert_eq!((has.people, has.projects, has.tasks), (2, 1, 1));
        let refused = holdings(&admin, &deps).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
    }
}
