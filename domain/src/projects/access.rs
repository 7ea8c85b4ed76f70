//! Who sees a project, for the page that changes it.

use contract::{iam::Permission, ids::ProjectId, project::Visibility};

use super::{
    model::{named, visibility},
    share::require_member,
    who_sees,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    database::end_of_reading,
    workspaces::{self, Named, Someone},
};

#[derive(Debug, Clone)]
pub struct Access {
    pub visibility: Visibility,
    pub workspace: Option<Named>,
    /// The workspaces this member can move it to, and the one it is in, by name.
    pub workspaces: Vec<Named>,
    /// Everybody who sees it now, by name.
    pub people: Vec<Someone>,
    /// Those it was given to, by name. Somebody who is suspended keeps what they were given.
    pub guests: Vec<Someone>,
    /// The active guests it can be given to, by name; none for who may not give it.
    pub candidates: Vec<Someone>,
}

/// For members: a guest is not told who else there is.
pub async fn access(org: &OrgActor, deps: &Deps, project: ProjectId) -> Result<Access> {
    org.require(Permission::ProjectsRead)?;
    let tenant = org.tenant().id.0;
    let mut transaction = org.begin(deps).await?;
    let row = sqlx::query!(
        r#"select p.visibility, w.id as "workspace_id?", w.name as "workspace_name?"
        from projects p left join workspaces w on w.tenant_id = p.tenant_id and w.id = p.workspace_id
        where p.tenant_id = $1 and p.id = $2"#,
        tenant,
        project.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    require_member(org.member_type())?;
    let workspace = named(row.workspace_id, row.workspace_name);
    let mut workspaces = workspaces::list::choices_in(&mut transaction, org).await?;
    if let Some(own) = workspace.as_ref().filter(|own| !workspaces.contains(own)) {
        workspaces.push(own.clone());
        workspaces.sort_by_key(|one| one.name.to_lowercase());
    }
    let people = who_sees(&mut transaction, org, project, None).await?;
    let rows = sqlx::query!(
        r#"select u.id, u.name, u.email::text as "email!", m.member_type, g.user_id is not null as "given!"
        from tenant_members m
        join users u on u.id = m.user_id
        left join project_guests g on g.tenant_id = m.tenant_id and g.project_id = $2 and g.user_id = m.user_id
        where m.tenant_id = $1 and (g.user_id is not null or ($3 and m.member_type = 'guest' and m.status = 'active'))
        order by lower(u.name), u.id"#,
        tenant,
        project.0,
        org.permissions().contains(Permission::ProjectsUpdate),
    )
    .fetch_all(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    let (mut guests, mut candidates) = (Vec::new(), Vec::new());
    for row in rows {
        let somewhere = if row.given { &mut guests } else { &mut candidates };
        somewhere.push(Someone {
            id: row.id.into(),
            name: row.name,
            email: row.email,
            member_type: workspaces::member_type(&row.member_type)?,
        });
    }
    Ok(Access {
        visibility: visibility(&row.visibility)?,
        workspace,
        workspaces,
        people,
        guests,
        candidates,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projects::give::give,
        testing::{
            TestDatabase, custom_role, deps, into_workspace, join, join_as, join_as_guest, organization, person,
            project, project_in, workspace,
        },
    };

    fn names(people: &[Someone]) -> Vec<&str> {
        people.iter().map(|one| one.name.as_str()).collect()
    }

    #[tokio::test]
    async fn lists_who_sees_it_and_who_could() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let cid = join(&database, &deps, &acme, &person(&deps, "cid").await, "member").await;
        let dan = join_as_guest(&database, &deps, &acme, &person(&deps, "dan").await).await;
        let eve = join_as_guest(&database, &deps, &acme, &person(&deps, "eve").await).await;
        let team = workspace(&deps, &acme, "Team").await;
        let _elsewhere = workspace(&deps, &acme, "Elsewhere").await;
        into_workspace(&deps, &acme, team, &bob).await;
        let secret = project_in(&deps, &acme, "Secret", team).await;
        give(&bob, &deps, secret, dan.user().id()).await.unwrap();

        let seen = access(&bob, &deps, secret).await.unwrap();
        assert_eq!(names(&seen.people), ["ann", "bob", "dan"]);
        assert_eq!(
            (names(&seen.guests), names(&seen.candidates)),
            (vec!["dan"], vec!["eve"])
        );
        assert_eq!(seen.workspaces.len(), 1, "only their own");
        let open = project(&deps, &acme, "Open").await;
        assert_eq!(
            names(&access(&cid, &deps, open).await.unwrap().people),
            ["ann", "bob", "cid"]
        );

        // Who may not give it is not told to whom it could be given.
        let reads = custom_role(&deps, &acme, "Reader", &[Permission::ProjectsRead]).await;
        let fay = join_as(&database, &deps, &acme, &person(&deps, "fay").await, reads).await;
        let seen = access(&fay, &deps, open).await.unwrap();
        assert!(seen.candidates.is_empty() && seen.guests.is_empty(), "{seen:?}");

        let refused = access(&cid, &deps, secret).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        for (guest, told) in [(dan, contract::Error::Forbidden), (eve, contract::Error::NotFound)] {
            let refused = access(&guest, &deps, secret).await.unwrap_err();
            assert_eq!(contract::Error::from(refused), told);
        }
    }
}
