//! Making a workspace.

use contract::{FieldCode, error::Limit, iam::Permission, ids::WorkspaceId, text::WorkspaceName};
use serde_json::json;

use crate::{Deps, OnConstraint, Result, actor::OrgActor, audit::Action, standing};

/// How many an organization may have. A page lists all of them, and a choice offers them.
pub const MOST: u32 = 200;

/// Who makes it is its first member.
pub async fn create(org: &OrgActor, deps: &Deps, name: WorkspaceName) -> Result<WorkspaceId> {
    org.require_change(Permission::WorkspacesManage)?;
    let workspace: WorkspaceId = deps.id();
    let tenant = org.tenant().id.0;
    let mut transaction = org.begin(deps).await?;
    standing::hold(&mut transaction, org, Permission::WorkspacesManage).await?;
    let inserted = sqlx::query!(
        "insert into workspaces (tenant_id, id, name, created_by, created_at, updated_at) \
         select $1, $2, $3, $4, $5, $5 where (select count(*) from workspaces where tenant_id = $1) < $6",
        tenant,
        workspace.0,
        name.as_str(),
        org.user().id().0,
        deps.now(),
        i64::from(MOST),
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("workspaces_name_key", || {
        contract::Error::field("name", FieldCode::Taken)
    })?;
    if inserted.rows_affected() == 0 {
        return Err(contract::Error::LimitReached {
            limit: Limit::Workspaces,
            used: MOST,
            allowed: MOST,
        }
        .into());
    }
    sqlx::query!(
        "insert into workspace_members (tenant_id, workspace_id, user_id, added_at) values ($1, $2, $3, $4)",
        tenant,
        workspace.0,
        org.user().id().0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    org.audit(Action::WorkspaceCreated)
        .subject(workspace.0)
        .after(json!({ "name": name }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(workspace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        testing::{TestDatabase, deps, join, organization, person, workspace},
        workspaces::get::get,
    };

    fn name(text: &str) -> WorkspaceName {
        WorkspaceName::parse(text).unwrap()
    }

    #[tokio::test]
    async fn its_maker_is_in_it_and_its_name_is_its_own() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let other = organization(&deps, &person(&deps, "bob").await, "other").await;
        let team = create(&acme, &deps, name("Team")).await.unwrap();
        let detail = get(&acme, &deps, team).await.unwrap();
        assert!(detail.workspace.mine);
        assert_eq!(detail.people.len(), 1);
        let refused = create(&acme, &deps, name("tEAM")).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::field("name", FieldCode::Taken)
        );
        workspace(&deps, &other, "Team").await;
        assert_eq!(database.count("audit_log where action = 'workspace.created'").await, 2);
    }

    #[tokio::test]
    async fn there_are_so_many_and_no_more() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        sqlx::query(
            "insert into workspaces select $1, gen_random_uuid(), 'Team ' || n, $2, now(), now() from generate_series(2, $3) n",
        )
        .bind(acme.tenant().id.0)
        .bind(acme.user().id().0)
        .bind(i32::try_from(MOST).unwrap())
        .execute(database.owner())
        .await
        .unwrap();
        create(&acme, &deps, name("Last")).await.unwrap();
        let refused = create(&acme, &deps, name("One more")).await.unwrap_err();
        let full = contract::Error::LimitReached {
            limit: Limit::Workspaces,
            used: MOST,
            allowed: MOST,
        };
        assert_eq!(contract::Error::from(refused), full);
    }

    #[tokio::test]
    async fn only_who_manages_them_in_an_active_organization() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let member = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let refused = create(&member, &deps, name("Mine")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        // After the actor has entered, so that it is the transaction that sees it.
        sqlx::query("update tenants set status = 'suspended'")
            .execute(database.owner())
            .await
            .unwrap();
        let refused = create(&acme, &deps, name("Late")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::TenantInactive);
        assert_eq!(database.count("workspaces").await, 0);
    }
}
