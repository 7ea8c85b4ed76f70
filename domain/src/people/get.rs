//! One person: their place in the organization, and what they are in.

use contract::{
    iam::Permission,
    ids::{ProjectId, UserId, WorkspaceId},
};

use super::{
    roles::{self, Role},
    row::{Row, one},
};
use crate::{Deps, Result, actor::OrgActor, standing};

#[derive(Debug, Clone)]
pub struct Person {
    pub row: Row,
    pub workspaces: Vec<(WorkspaceId, String)>,
    /// What they were given by name.
    pub projects: Vec<(ProjectId, String)>,
    pub open_tasks: u32,
    /// Those the one who asks may give.
    pub roles: Vec<Role>,
    /// Whether they are the only active owner.
    pub last_owner: bool,
}

/// Everybody may look at their own place; at others', who may see the people. Workspaces and projects are named as far as the
/// one who asks can see them.
pub async fn get(org: &OrgActor, deps: &Deps, person: UserId) -> Result<Person> {
    if person != org.user().id() {
        org.require(Permission::MembersRead)?;
    }
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let row = one(&mut transaction, org, deps, person).await?;
    let own = person == org.user().id();
    let workspaces = sqlx::query!(
        "select w.id, w.name from workspace_members m join workspaces w on w.tenant_id = m.tenant_id and w.id = m.workspace_id \
         where m.tenant_id = $1 and m.user_id = $2 and ($3 or exists ( \
             select from workspace_members mine \
             where mine.tenant_id = $1 and mine.workspace_id = w.id and mine.user_id = $4 \
         )) order by lower(w.name)",
        tenant.0,
        person.0,
        own || org.sees_everything(),
        org.user().id().0,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let projects = sqlx::query!(
        "select p.id, p.name from project_guests g join projects p on p.tenant_id = g.tenant_id and p.id = g.project_id \
         where g.tenant_id = $1 and g.user_id = $2 and p.deleted_at is null order by lower(p.name)",
        tenant.0,
        person.0,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let open_tasks = sqlx::query_scalar!(
        r#"select count(*) as "count!" from tasks
        where tenant_id = $1 and assignee_id = $2 and state <> 'done' and deleted_at is null"#,
        tenant.0,
        person.0,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let roles = roles::all(&mut transaction, org).await?;
    let others = standing::other_owners(&mut transaction, tenant, person).await?;
    transaction.commit().await?;
    Ok(Person {
        last_owner: row.role.is_owner() && others == 0,
        workspaces: workspaces.into_iter().map(|one| (one.id.into(), one.name)).collect(),
        projects: projects.into_iter().map(|one| (one.id.into(), one.name)).collect(),
        open_tasks: u32::try_from(open_tasks).unwrap_or(u32::MAX),
        roles: roles
            .into_iter()
            .filter(|role| role.givable && role.id != row.role.id && (!row.is_guest() || role.for_guests))
            .collect(),
        row,
    })
}

#[cfg(test)]
mod tests {
    use contract::Error;

    use super::*;
    use crate::testing::{TestDatabase, deps, join, organization, person, project, task};

    #[tokio::test]
    async fn tells_of_a_place_and_of_ones_own_to_everybody() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        join(&database, &deps, &acme, &bob, "member").await;
        let guest = join(&database, &deps, &acme, &cid, "guest").await;
        let work = project(&deps, &acme, "Work").await;
        let one = task(&deps, &acme, work, "One").await;
        sqlx::query("update tasks set assignee_id = $1 where id = $2")
            .bind(bob.id().0)
            .bind(one.0)
            .execute(database.owner())
            .await
            .unwrap();
        let seen = get(&acme, &deps, bob.id()).await.unwrap();
        assert_eq!(
            (seen.open_tasks, &*seen.row.role.name, seen.last_owner),
            (1, "Member", false)
        );
        assert!(seen.row.rights.change && seen.row.rights.remove && !seen.row.rights.offer_ownership);
        let names: Vec<_> = seen.roles.iter().map(|role| role.name.as_str()).collect();
        assert_eq!(names, ["Owner", "Admin", "Billing", "Guest"]);
        let own = get(&acme, &deps, ann.id()).await.unwrap();
        assert!(own.last_owner && !own.row.rights.remove && own.row.rights.leave);

        assert!(get(&guest, &deps, cid.id()).await.unwrap().row.rights.leave);
        let refused = get(&guest, &deps, bob.id()).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
        let stranger = person(&deps, "dan").await;
        let refused = get(&acme, &deps, stranger.id()).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::NotFound);
    }
}
