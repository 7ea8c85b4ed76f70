//! One workspace with its people.

use contract::{iam::Permission, ids::WorkspaceId};

use super::{Someone, list::Workspace, member_type};
use crate::{Deps, Result, actor::OrgActor, database::end_of_reading};

#[derive(Debug, Clone)]
pub struct WorkspaceDetail {
    pub workspace: Workspace,
    /// By name. Somebody who is suspended is still in it.
    pub people: Vec<Someone>,
    /// Who may be added, by name, for who may do that.
    pub candidates: Vec<Someone>,
    /// Every project in it, those in the bin as well, for who may delete it.
    pub all_projects: u32,
}

pub async fn get(org: &OrgActor, deps: &Deps, workspace: WorkspaceId) -> Result<WorkspaceDetail> {
    org.require(Permission::ProjectsRead)?;
    let tenant = org.tenant().id.0;
    let mut transaction = org.begin(deps).await?;
    let row = sqlx::query!(
        r#"select w.name, count(p.id) as "all!", count(p.id) filter (where p.deleted_at is null) as "projects!"
        from workspaces w left join projects p on p.tenant_id = $1 and p.workspace_id = w.id
        where w.tenant_id = $1 and w.id = $2 group by w.name"#,
        tenant,
        workspace.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let everybody = sqlx::query!(
        r#"select u.id, u.name, u.email::text as "email!", m.member_type, w.user_id is not null as "inside!"
        from tenant_members m
        join users u on u.id = m.user_id
        left join workspace_members w on w.tenant_id = m.tenant_id and w.workspace_id = $2 and w.user_id = m.user_id
        where m.tenant_id = $1 and (w.user_id is not null or ($3 and m.status = 'active'))
        order by lower(u.name), u.id"#,
        tenant,
        workspace.0,
        org.permissions().contains(Permission::WorkspacesManage),
    )
    .fetch_all(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    let (mut people, mut candidates) = (Vec::new(), Vec::new());
    for row in everybody {
        let somewhere = if row.inside { &mut people } else { &mut candidates };
        somewhere.push(Someone {
            id: row.id.into(),
            name: row.name,
            email: row.email,
            member_type: member_type(&row.member_type)?,
        });
    }
    Ok(WorkspaceDetail {
        workspace: Workspace {
            id: workspace,
            name: row.name,
            people: u32::try_from(people.len()).unwrap_or(u32::MAX),
            projects: u32::try_from(row.projects).unwrap_or(u32::MAX),
            mine: people.iter().any(|one| one.id == org.user().id()),
        },
        people,
        candidates,
        all_projects: u32::try_from(row.all).unwrap_or(u32::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projects::delete::delete,
        testing::{
            TestDatabase, deps, into_workspace, join, join_as_guest, organization, person, project_in, workspace,
        },
    };

    #[tokio::test]
    async fn who_manages_it_is_also_told_who_can_be_added() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let guest = join_as_guest(&database, &deps, &acme, &person(&deps, "cid").await).await;
        let team = workspace(&deps, &acme, "Team").await;
        into_workspace(&deps, &acme, team, &bob).await;
        let gone = project_in(&deps, &acme, "Gone", team).await;
        project_in(&deps, &acme, "Here", team).await;
        delete(&acme, &deps, gone).await.unwrap();

        let names = |people: &[Someone]| people.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        let seen = get(&acme, &deps, team).await.unwrap();
        assert_eq!(
            (names(&seen.people), names(&seen.candidates)),
            (vec!["ann".to_owned(), "bob".to_owned()], vec!["cid".to_owned()])
        );
        assert_eq!((seen.workspace.projects, seen.all_projects), (1, 2));
        let seen = get(&bob, &deps, team).await.unwrap();
        assert_eq!((seen.people.len(), seen.candidates.len()), (2, 0));
        let refused = get(&guest, &deps, team).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
    }
}
