//! What a workspace is called.

use contract::{FieldCode, iam::Permission, ids::WorkspaceId, text::WorkspaceName};
use serde_json::json;

use super::lock;
use crate::{Deps, OnConstraint, Result, actor::OrgActor, audit::Action, standing};

/// The name it has already is no change.
pub async fn rename(org: &OrgActor, deps: &Deps, workspace: WorkspaceId, name: WorkspaceName) -> Result<()> {
    org.require_change(Permission::WorkspacesManage)?;
    let mut transaction = org.begin(deps).await?;
    standing::hold(&mut transaction, org, Permission::WorkspacesManage).await?;
    let before = lock(&mut transaction, org, workspace).await?;
    if before == name.as_str() {
        transaction.rollback().await?;
        return Ok(());
    }
    sqlx::query!(
        "update workspaces set name = $3, updated_at = $4 where tenant_id = $1 and id = $2",
        org.tenant().id.0,
        workspace.0,
        name.as_str(),
        deps.now(),
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("workspaces_name_key", || {
        contract::Error::field("name", FieldCode::Taken)
    })?;
    org.audit(Action::WorkspaceUpdated)
        .subject(workspace.0)
        .before(json!({ "name": before }))
        .after(json!({ "name": name }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        testing::{TestDatabase, deps, into_workspace, join, organization, person, workspace},
        workspaces::get::get,
    };

    #[tokio::test]
    async fn to_a_name_that_is_free_by_who_manages_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let member = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let team = workspace(&deps, &acme, "Team").await;
        workspace(&deps, &acme, "Other").await;
        into_workspace(&deps, &acme, team, &member).await;
        let name = |text| WorkspaceName::parse(text).unwrap();
        rename(&acme, &deps, team, name("Team")).await.unwrap();
        assert_eq!(database.count("audit_log where action = 'workspace.updated'").await, 0);
        rename(&acme, &deps, team, name("TEAM")).await.unwrap();
        assert_eq!(get(&acme, &deps, team).await.unwrap().workspace.name, "TEAM");
        let refused = rename(&acme, &deps, team, name("other")).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::field("name", FieldCode::Taken)
        );
        let refused = rename(&member, &deps, team, name("Mine")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        assert_eq!(database.count("audit_log where action = 'workspace.updated'").await, 1);
    }
}
