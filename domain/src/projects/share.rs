//! Who sees a project: the workspace it belongs to, and whether its people alone see it.

use contract::{
    iam::{MemberType, Permission},
    ids::ProjectId,
    project::Visibility,
};
use serde_json::json;

use super::{Place, lock::lock, model::visibility};
use crate::{Deps, Result, actor::OrgActor, audit::Action, database::Transaction, standing, workspaces};

/// Members who may change the project, and only so that they go on seeing it: who does not manage workspaces chooses among
/// those they are in. Saying what is so already is no change. No visit decides it, as who gets to see what is the organization's.
pub async fn share(org: &OrgActor, deps: &Deps, project: ProjectId, to: Place) -> Result<()> {
    org.require_change(Permission::ProjectsUpdate)?;
    org.require_own_hands()?;
    to.require_whole()?;
    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold(&mut transaction, org, Permission::ProjectsUpdate).await?;
    // Workspaces are locked before the projects in them, so that it is asked twice where the project is.
    let before = place(&mut transaction, org, project).await?;
    require_member(actor.member_type)?;
    if let Some(workspace) = to.workspace
        && (before.workspace != to.workspace || to.visibility == Visibility::Workspace)
    {
        workspaces::choose(&mut transaction, org, &actor, workspace).await?;
    }
    let locked = lock(&mut transaction, org, project).await?;
    locked.require_changeable()?;
    if locked.place != before {
        return Err(contract::Error::Conflict.into());
    }
    if before == to {
        transaction.rollback().await?;
        return Ok(());
    }
    sqlx::query!(
        "update projects set workspace_id = $3, visibility = $4, updated_at = $5 where tenant_id = $1 and id = $2",
        org.tenant().id.0,
        project.0,
        to.workspace.map(|workspace| workspace.0),
        to.visibility.key(),
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    org.audit(Action::ProjectShared)
        .subject(project.0)
        .before(json!({ "workspace_id": before.workspace, "visibility": before.visibility }))
        .after(json!({ "workspace_id": to.workspace, "visibility": to.visibility }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Guests see what they were given and give nothing on. Asked once the project was found: what they do not see is not there.
pub(super) fn require_member(member_type: MemberType) -> Result<()> {
    match member_type {
        MemberType::Member => Ok(()),
        MemberType::Guest => Err(contract::Error::Forbidden.into()),
    }
}

async fn place(transaction: &mut Transaction, org: &OrgActor, project: ProjectId) -> Result<Place> {
    let row = sqlx::query!(
        "select workspace_id, visibility from projects where tenant_id = $1 and id = $2",
        org.tenant().id.0,
        project.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok(Place {
        workspace: row.workspace_id.map(Into::into),
        visibility: visibility(&row.visibility)?,
    })
}

#[cfg(test)]
mod tests {
    use contract::{FieldCode, ids::WorkspaceId};

    use super::*;
    use crate::{
        projects::{delete::delete, get::get},
        testing::{TestDatabase, deps, into_workspace, join, join_as_guest, organization, person, project, workspace},
    };

    fn only(workspace: WorkspaceId) -> Place {
        Place {
            workspace: Some(workspace),
            visibility: Visibility::Workspace,
        }
    }

    fn open(workspace: WorkspaceId) -> Place {
        Place {
            workspace: Some(workspace),
            visibility: Visibility::Organization,
        }
    }

    #[tokio::test]
    async fn a_member_moves_it_among_their_own_workspaces() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let cid = join(&database, &deps, &acme, &person(&deps, "cid").await, "member").await;
        let (mine, theirs) = (
            workspace(&deps, &acme, "Mine").await,
            workspace(&deps, &acme, "Theirs").await,
        );
        into_workspace(&deps, &acme, mine, &bob).await;
        let work = project(&deps, &acme, "Work").await;

        for to in [only(theirs), open(theirs)] {
            let refused = share(&bob, &deps, work, to).await.unwrap_err();
            assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        }
        for _ in 0..2 {
            share(&bob, &deps, work, only(mine)).await.unwrap();
        }
        let refused = get(&cid, &deps, work).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        let refused = share(&cid, &deps, work, Place::default()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        let seen = get(&bob, &deps, work).await.unwrap().project;
        assert_eq!(seen.workspace.map(|one| one.name).as_deref(), Some("Mine"));
        assert_eq!(database.count("audit_log where action = 'project.shared'").await, 1);

        share(&acme, &deps, work, open(theirs)).await.unwrap();
        // In it already and for everybody: nothing is chosen.
        share(&cid, &deps, work, open(theirs)).await.unwrap();
        let refused = share(&cid, &deps, work, only(theirs)).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        share(&cid, &deps, work, Place::default()).await.unwrap();
        assert_eq!(database.count("audit_log where action = 'project.shared'").await, 3);
    }

    #[tokio::test]
    async fn not_by_guests_nor_in_the_bin_nor_for_nobody() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let other = organization(&deps, &person(&deps, "zoe").await, "other").await;
        let guest = join_as_guest(&database, &deps, &acme, &person(&deps, "bob").await).await;
        let team = workspace(&deps, &acme, "Team").await;
        into_workspace(&deps, &acme, team, &guest).await;
        sqlx::query("insert into iam_role_permissions select tenant_id, id, 'projects.update' from iam_roles where key = 'guest'")
            .execute(database.owner())
            .await
            .unwrap();
        let guest = OrgActor::enter(guest.user(), &deps, "acme").await.unwrap();
        let work = project(&deps, &acme, "Work").await;
        share(&acme, &deps, work, only(team)).await.unwrap();
        let refused = share(&guest, &deps, work, Place::default()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);

        let nobody = Place {
            workspace: None,
            visibility: Visibility::Workspace,
        };
        let refused = share(&acme, &deps, work, nobody).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::field("workspace", FieldCode::Required)
        );
        let foreign = workspace(&deps, &other, "Team").await;
        let refused = share(&acme, &deps, work, only(foreign)).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        delete(&acme, &deps, work).await.unwrap();
        let refused = share(&acme, &deps, work, Place::default()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
    }
}
