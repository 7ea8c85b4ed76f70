//! Adding somebody to a workspace.

use contract::{
    FieldCode,
    iam::Permission,
    ids::{UserId, WorkspaceId},
};
use serde_json::json;

use super::lock;
use crate::{Deps, Result, actor::OrgActor, audit::Action, standing};

/// Members and guests alike, as long as they are active. In it already is no error.
pub async fn add_member(org: &OrgActor, deps: &Deps, workspace: WorkspaceId, user: UserId) -> Result<()> {
    org.require_change(Permission::WorkspacesManage)?;
    let tenant = org.tenant().id.0;
    let mut transaction = org.begin(deps).await?;
    standing::hold(&mut transaction, org, Permission::WorkspacesManage).await?;
    lock(&mut transaction, org, workspace).await?;
    sqlx::query_scalar!(
        "select user_id from tenant_members where tenant_id = $1 and user_id = $2 and status = 'active' for share",
        tenant,
        user.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or_else(|| contract::Error::field("person", FieldCode::NotAMember))?;
    let added = sqlx::query!(
        "insert into workspace_members (tenant_id, workspace_id, user_id, added_at) values ($1, $2, $3, $4) \
         on conflict do nothing",
        tenant,
        workspace.0,
        user.0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    if added.rows_affected() == 1 {
        org.audit(Action::WorkspaceMemberAdded)
            .subject(workspace.0)
            .after(json!({ "user_id": user }))
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
        testing::{TestDatabase, deps, join, join_as_guest, organization, person, workspace},
        workspaces::get::get,
    };

    #[tokio::test]
    async fn anybody_active_in_the_organization_once() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let guest = join_as_guest(&database, &deps, &acme, &person(&deps, "bob").await).await;
        let stranger = person(&deps, "cid").await;
        let team = workspace(&deps, &acme, "Team").await;
        for _ in 0..2 {
            add_member(&acme, &deps, team, guest.user().id()).await.unwrap();
        }
        assert_eq!(get(&guest, &deps, team).await.unwrap().people.len(), 2);
        assert_eq!(
            database
                .count("audit_log where action = 'workspace.member_added'")
                .await,
            1
        );

        let not_a_member = contract::Error::field("person", FieldCode::NotAMember);
        let refused = add_member(&acme, &deps, team, stranger.id()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), not_a_member);
        let gone = join(&database, &deps, &acme, &stranger, "member").await;
        sqlx::query("update tenant_members set status = 'suspended' where user_id = $1")
            .bind(gone.user().id().0)
            .execute(database.owner())
            .await
            .unwrap();
        let refused = add_member(&acme, &deps, team, stranger.id()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), not_a_member);
    }

    #[tokio::test]
    async fn nobody_lets_themselves_in() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let member = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let team = workspace(&deps, &acme, "Team").await;
        let refused = add_member(&member, &deps, team, member.user().id()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        assert_eq!(database.count("workspace_members").await, 1);
    }
}
