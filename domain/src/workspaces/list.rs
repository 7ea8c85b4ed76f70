//! The workspaces somebody may know of.

use contract::{iam::Permission, ids::WorkspaceId};

use super::Named;
use crate::{
    Deps, Result,
    actor::OrgActor,
    database::{Transaction, end_of_reading},
};

#[derive(Debug, Clone)]
pub struct Workspace {
    pub id: WorkspaceId,
    pub name: String,
    pub people: u32,
    /// Those the reader sees, without those in the bin.
    pub projects: u32,
    /// Whether the reader is in it.
    pub mine: bool,
}

/// By name. Which ones a guest sees is for the policies to say.
pub async fn list(org: &OrgActor, deps: &Deps) -> Result<Vec<Workspace>> {
    org.require(Permission::ProjectsRead)?;
    let mut transaction = org.begin(deps).await?;
    let rows = sqlx::query!(
        r#"select w.id, w.name, coalesce(m.people, 0) as "people!", coalesce(m.mine, false) as "mine!",
            coalesce(p.projects, 0) as "projects!"
        from workspaces w
        left join (
            select workspace_id, count(*) as people, bool_or(user_id = $2) as mine
            from workspace_members where tenant_id = $1 group by workspace_id
        ) m on m.workspace_id = w.id
        left join (
            select workspace_id, count(*) as projects
            from projects where tenant_id = $1 and workspace_id is not null and deleted_at is null group by workspace_id
        ) p on p.workspace_id = w.id
        where w.tenant_id = $1
        order by lower(w.name), w.id"#,
        org.tenant().id.0,
        org.user().id().0,
    )
    .fetch_all(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    Ok(rows
        .into_iter()
        .map(|row| Workspace {
            id: row.id.into(),
            name: row.name,
            people: u32::try_from(row.people).unwrap_or(u32::MAX),
            projects: u32::try_from(row.projects).unwrap_or(u32::MAX),
            mine: row.mine,
        })
        .collect())
}

/// The names alone, by name. The caller has asked for the right.
pub(crate) async fn names(transaction: &mut Transaction, org: &OrgActor) -> Result<Vec<Named>> {
    let rows = sqlx::query!(
        "select id, name from workspaces where tenant_id = $1 order by lower(name), id",
        org.tenant().id.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Named {
            id: row.id.into(),
            name: row.name,
        })
        .collect())
}

/// The workspaces somebody may put a project into, by name: all for who manages them, otherwise the ones they are in.
pub async fn choices(org: &OrgActor, deps: &Deps) -> Result<Vec<Named>> {
    org.require(Permission::ProjectsRead)?;
    let mut transaction = org.begin(deps).await?;
    let choices = choices_in(&mut transaction, org).await?;
    end_of_reading(transaction);
    Ok(choices)
}

pub(crate) async fn choices_in(transaction: &mut Transaction, org: &OrgActor) -> Result<Vec<Named>> {
    let rows = sqlx::query!(
        "select w.id, w.name from workspaces w where w.tenant_id = $1 and ($3 or exists ( \
             select from workspace_members m where m.tenant_id = w.tenant_id and m.workspace_id = w.id and m.user_id = $2 \
         )) order by lower(w.name), w.id",
        org.tenant().id.0,
        org.user().id().0,
        org.sees_everything(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Named {
            id: row.id.into(),
            name: row.name,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{
        TestDatabase, deps, into_workspace, join, join_as_guest, organization, person, project_in, workspace,
    };

    #[tokio::test]
    async fn members_see_all_by_name_and_guests_the_ones_they_are_in() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let member = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let guest = join_as_guest(&database, &deps, &acme, &person(&deps, "cid").await).await;
        let (zebra, apes) = (
            workspace(&deps, &acme, "zebra").await,
            workspace(&deps, &acme, "Apes").await,
        );
        into_workspace(&deps, &acme, zebra, &guest).await;
        project_in(&deps, &acme, "Work", apes).await;

        let seen = async |org: &OrgActor| {
            let listed = list(org, &deps).await.unwrap();
            listed
                .into_iter()
                .map(|one| format!("{} {} {} {}", one.name, one.people, one.projects, one.mine))
                .collect::<Vec<_>>()
        };
        assert_eq!(seen(&acme).await, ["Apes 1 1 true", "zebra 2 0 true"]);
        assert_eq!(seen(&member).await, ["Apes 1 0 false", "zebra 2 0 false"]);
        assert_eq!(seen(&guest).await, ["zebra 2 0 true"]);

        let chosen = async |org: &OrgActor| choices(org, &deps).await.unwrap().len();
        assert_eq!(
            (chosen(&acme).await, chosen(&member).await, chosen(&guest).await),
            (2, 0, 1)
        );
    }
}
