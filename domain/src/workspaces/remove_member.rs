//! Taking somebody out of a workspace.

use contract::{
    iam::Permission,
    ids::{UserId, WorkspaceId},
};
use serde_json::json;

use super::lock;
use crate::{Deps, Result, actor::OrgActor, audit::Action, standing};

/// They stay in the organization, and tasks they were given stay theirs until somebody gives them to another. Not in it any
/// more is no error; the last one may go, because who manages workspaces still sees it.
pub async fn remove_member(org: &OrgActor, deps: &Deps, workspace: WorkspaceId, user: UserId) -> Result<()> {
    org.require_relief(Permission::WorkspacesManage)?;
    let mut transaction = org.begin(deps).await?;
    standing::hold_for_relief(&mut transaction, org, Permission::WorkspacesManage).await?;
    lock(&mut transaction, org, workspace).await?;
    let removed = sqlx::query!(
        "delete from workspace_members where tenant_id = $1 and workspace_id = $2 and user_id = $3",
        org.tenant().id.0,
        workspace.0,
        user.0,
    )
    .execute(&mut *transaction)
    .await?;
    if removed.rows_affected() == 1 {
        org.audit(Action::WorkspaceMemberRemoved)
            .subject(workspace.0)
            .before(json!({ "user_id": user }))
            .write(&mut transaction, deps)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projects::get::get,
        testing::{TestDatabase, deps, into_workspace, join, organization, person, project_in, workspace},
    };

    #[tokio::test]
    async fn what_only_the_workspace_sees_is_gone_for_them_at_once() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let member = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let team = workspace(&deps, &acme, "Team").await;
        into_workspace(&deps, &acme, team, &member).await;
        let work = project_in(&deps, &acme, "Work", team).await;
        get(&member, &deps, work).await.unwrap();
        let refused = remove_member(&member, &deps, team, acme.user().id()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        for _ in 0..2 {
            remove_member(&acme, &deps, team, member.user().id()).await.unwrap();
        }
        let refused = get(&member, &deps, work).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
        assert_eq!(
            database
                .count("audit_log where action = 'workspace.member_removed'")
                .await,
            1
        );
        remove_member(&acme, &deps, team, acme.user().id()).await.unwrap();
        get(&acme, &deps, work).await.unwrap();
    }
}
