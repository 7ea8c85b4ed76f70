//! Deleting a workspace. Its projects stay, and who sees them then is chosen by whoever deletes it.

use contract::{
    FieldCode,
    iam::Permission,
    ids::{ProjectId, WorkspaceId},
    project::Visibility,
};
use serde_json::json;

use super::lock;
use crate::{Deps, Result, actor::OrgActor, audit::Action, database::Transaction, standing};

/// What becomes of the projects of a workspace that is deleted, those in the bin included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// Every member sees them from then on.
    Organization,
    /// They go on in another workspace; what its people alone could see, the people of that one alone see.
    Workspace(WorkspaceId),
}

/// `name` is what was typed to confirm it. Refused without a destination as long as a project is in it: nothing becomes
/// visible to more people than before unless somebody said so.
pub async fn delete(
    org: &OrgActor,
    deps: &Deps,
    workspace: WorkspaceId,
    name: &str,
    destination: Option<Destination>,
) -> Result<()> {
    org.require_change(Permission::WorkspacesManage)?;
    let tenant = org.tenant().id.0;
    let mut transaction = org.begin(deps).await?;
    standing::hold(&mut transaction, org, Permission::WorkspacesManage).await?;
    let called = lock_both(&mut transaction, org, workspace, destination).await?;
    if called != name.trim() {
        return Err(contract::Error::field("confirm", FieldCode::Mismatch).into());
    }
    let projects = vacate(&mut transaction, org, deps, workspace, destination).await?;
    if !projects.is_empty() && destination.is_none() {
        return Err(contract::Error::field("projects", FieldCode::Required).into());
    }
    sqlx::query!(
        "delete from workspaces where tenant_id = $1 and id = $2",
        tenant,
        workspace.0
    )
    .execute(&mut *transaction)
    .await?;
    let went_to = match destination {
        Some(Destination::Workspace(other)) => Some(other),
        Some(Destination::Organization) | None => None,
    };
    org.audit(Action::WorkspaceDeleted)
        .subject(workspace.0)
        .before(json!({ "name": called, "project_ids": projects }))
        .after(json!({ "workspace_id": went_to }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// The name of the one that goes. In the order of their ids, so that two who exchange projects do not wait for each other.
async fn lock_both(
    transaction: &mut Transaction,
    org: &OrgActor,
    workspace: WorkspaceId,
    destination: Option<Destination>,
) -> Result<String> {
    let other = match destination {
        Some(Destination::Workspace(other)) if other == workspace => {
            return Err(contract::Error::field("workspace", FieldCode::Malformed).into());
        }
        Some(Destination::Workspace(other)) => Some(other),
        Some(Destination::Organization) | None => None,
    };
    match other {
        Some(other) if other < workspace => {
            lock(transaction, org, other).await?;
            lock(transaction, org, workspace).await
        }
        Some(other) => {
            let name = lock(transaction, org, workspace).await?;
            lock(transaction, org, other).await?;
            Ok(name)
        }
        None => lock(transaction, org, workspace).await,
    }
}

/// Moves the projects, and says which they are. Nobody puts another one in meanwhile: that would take the locked row.
async fn vacate(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    workspace: WorkspaceId,
    destination: Option<Destination>,
) -> Result<Vec<ProjectId>> {
    let tenant = org.tenant().id.0;
    let moved = match destination {
        None => {
            sqlx::query_scalar!(
                "select id from projects where tenant_id = $1 and workspace_id = $2 limit 1",
                tenant,
                workspace.0,
            )
            .fetch_all(&mut **transaction)
            .await?
        }
        Some(Destination::Organization) => {
            sqlx::query_scalar!(
                "update projects set workspace_id = null, visibility = $3, updated_at = $4 \
                 where tenant_id = $1 and workspace_id = $2 returning id",
                tenant,
                workspace.0,
                Visibility::Organization.key(),
                deps.now(),
            )
            .fetch_all(&mut **transaction)
            .await?
        }
        Some(Destination::Workspace(other)) => {
            sqlx::query_scalar!(
                "update projects set workspace_id = $3, updated_at = $4 \
                 where tenant_id = $1 and workspace_id = $2 returning id",
                tenant,
                workspace.0,
                other.0,
                deps.now(),
            )
            .fetch_all(&mut **transaction)
            .await?
        }
    };
    Ok(moved.into_iter().map(ProjectId).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projects::{delete as bin, get::get},
        testing::{TestDatabase, deps, into_workspace, join, organization, person, project_in, workspace},
    };

    #[tokio::test]
    async fn nothing_becomes_visible_unless_somebody_said_so() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let outside = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let team = workspace(&deps, &acme, "Team").await;
        let work = project_in(&deps, &acme, "Work", team).await;
        bin::delete(&acme, &deps, work).await.unwrap();

        let refused = delete(&acme, &deps, team, "Team", None).await.unwrap_err();
        let choose = contract::Error::field("projects", FieldCode::Required);
        assert_eq!(contract::Error::from(refused), choose, "also for one in the bin");
        let refused = delete(&acme, &deps, team, "team", Some(Destination::Organization))
            .await
            .unwrap_err();
        let mistyped = contract::Error::field("confirm", FieldCode::Mismatch);
        assert_eq!(contract::Error::from(refused), mistyped);
        get(&outside, &deps, work).await.unwrap_err();

        delete(&acme, &deps, team, "Team", Some(Destination::Organization))
            .await
            .unwrap();
        let project = get(&outside, &deps, work).await.unwrap().project;
        assert_eq!(
            (project.visibility, project.workspace),
            (Visibility::Organization, None)
        );
        let ids: serde_json::Value =
            sqlx::query_scalar("select before->'project_ids' from audit_log where action = 'workspace.deleted'")
                .fetch_one(database.owner())
                .await
                .unwrap();
        assert_eq!(ids, json!([work]));
    }

    #[tokio::test]
    async fn in_another_workspace_its_people_alone_see_them() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let cid = join(&database, &deps, &acme, &person(&deps, "cid").await, "member").await;
        for (from, to) in [("One", "Two"), ("Four", "Three")] {
            let to = workspace(&deps, &acme, to).await;
            let team = workspace(&deps, &acme, from).await;
            into_workspace(&deps, &acme, team, &bob).await;
            into_workspace(&deps, &acme, to, &cid).await;
            let work = project_in(&deps, &acme, from, team).await;
            delete(&acme, &deps, team, from, Some(Destination::Workspace(to)))
                .await
                .unwrap();
            get(&cid, &deps, work).await.unwrap();
            let refused = get(&bob, &deps, work).await.unwrap_err();
            assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        }
        assert_eq!(database.count("workspaces").await, 2);
    }

    #[tokio::test]
    async fn an_empty_one_just_goes_and_a_foreign_one_is_none() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let other = organization(&deps, &person(&deps, "bob").await, "other").await;
        let member = join(&database, &deps, &acme, &person(&deps, "cid").await, "member").await;
        let team = workspace(&deps, &acme, "Team").await;
        let theirs = workspace(&deps, &other, "Team").await;
        let refused = delete(&member, &deps, team, "Team", None).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        for (gone, to) in [(theirs, None), (team, Some(Destination::Workspace(theirs)))] {
            let refused = delete(&acme, &deps, gone, "Team", to).await.unwrap_err();
            assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        }
        let itself = delete(&acme, &deps, team, "Team", Some(Destination::Workspace(team))).await;
        assert!(itself.is_err());
        delete(&acme, &deps, team, "Team", None).await.unwrap();
        assert_eq!(database.count("workspaces").await, 1);
    }
}
