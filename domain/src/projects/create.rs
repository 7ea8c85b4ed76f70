//! Starting a project.

use contract::{
    FieldCode,
    error::Limit,
    iam::{MemberType, Permission},
    ids::ProjectId,
};
use serde_json::json;

use super::{Place, ProjectFields};
use crate::{
    Deps, Error, OnConstraint, Result,
    actor::{OrgActor, Tenant},
    audit::Action,
    billing::limits,
    database::{self, Reach, Transaction},
    standing, workspaces,
};

/// Refuses when the plan allows no more. Archived projects count, those in the bin do not.
pub async fn create(org: &OrgActor, deps: &Deps, new: ProjectFields) -> Result<ProjectId> {
    create_in(org, deps, new, Place::default()).await
}

/// The same, in a workspace of one's own. A guest is given what they start: they would not see it otherwise.
pub async fn create_in(org: &OrgActor, deps: &Deps, new: ProjectFields, place: Place) -> Result<ProjectId> {
    org.require_change(Permission::ProjectsCreate)?;
    place.require_whole()?;
    let project: ProjectId = deps.id();
    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold(&mut transaction, org, Permission::ProjectsCreate).await?;
    let limit = limit(&mut transaction, org.tenant(), deps).await?;
    if let Some(workspace) = place.workspace {
        workspaces::choose(&mut transaction, org, &actor, workspace).await?;
    }
    // To count all of them against the limit.
    database::set_reach(&mut transaction, Reach::All).await?;
    let inserted = sqlx::query!(
        "insert into projects (tenant_id, id, name, description, created_by, created_at, updated_at, workspace_id, visibility) \
         select $1, $2, $3, $4, $5, $6, $6, $8, $9 \
         where $7::integer is null \
            or (select count(*) from projects where tenant_id = $1 and deleted_at is null) < $7",
        org.tenant().id.0,
        project.0,
        new.name.as_str(),
        new.description.as_str(),
        org.user().id().0,
        deps.now(),
        limit,
        place.workspace.map(|workspace| workspace.0),
        place.visibility.key(),
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("projects_name_key", || contract::Error::field("name", FieldCode::Taken))?;
    if inserted.rows_affected() == 0 {
        return Err(limit_reached(&mut transaction, org.tenant(), limit).await);
    }
    if actor.member_type == MemberType::Guest {
        sqlx::query!(
            "insert into project_guests (tenant_id, project_id, user_id, added_at) values ($1, $2, $3, $4)",
            org.tenant().id.0,
            project.0,
            org.user().id().0,
            deps.now(),
        )
        .execute(&mut *transaction)
        .await?;
    }
    org.audit(Action::ProjectCreated)
        .subject(project.0)
        .after(json!({ "name": new.name, "workspace_id": place.workspace, "visibility": place.visibility }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(project)
}

/// How many the plan allows. Whoever counts against it holds the organization's row.
pub(super) async fn limit(transaction: &mut Transaction, tenant: &Tenant, deps: &Deps) -> Result<Option<i32>> {
    let allowed = limits::allowed(transaction, tenant.id, Limit::Projects, deps.now()).await?;
    allowed.map(i32::try_from).transpose().map_err(Error::fault)
}

/// With the number that are in use, as the transaction sees them.
pub(super) async fn limit_reached(transaction: &mut Transaction, tenant: &Tenant, limit: Option<i32>) -> Error {
    let used = sqlx::query_scalar!(
        r#"select count(*) as "used!" from projects where tenant_id = $1 and deleted_at is null"#,
        tenant.id.0,
    )
    .fetch_one(&mut **transaction)
    .await;
    match used {
        Ok(used) => contract::Error::LimitReached {
            limit: Limit::Projects,
            used: u32::try_from(used).unwrap_or_default(),
            allowed: limit.and_then(|limit| u32::try_from(limit).ok()).unwrap_or_default(),
        }
        .into(),
        Err(error) => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use contract::project::ProjectStatus;

    use super::*;
    use crate::{
        projects::{archive::set_status, delete::delete},
        testing::{TestDatabase, deps, join, organization, person, project, project_fields},
    };

    #[tokio::test]
    async fn archived_ones_count_and_those_in_the_bin_do_not() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let first = project(&deps, &acme, "First").await;
        for number in 2..=5 {
            project(&deps, &acme, &format!("Project {number}")).await;
        }
        let full = contract::Error::LimitReached {
            limit: Limit::Projects,
            used: 5,
            allowed: 5,
        };
        set_status(&acme, &deps, first, ProjectStatus::Archived).await.unwrap();
        let refused = create(&acme, &deps, project_fields("Sixth")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), full);
        delete(&acme, &deps, first).await.unwrap();
        create(&acme, &deps, project_fields("Sixth")).await.unwrap();
        assert_eq!(database.count("audit_log where action = 'project.created'").await, 6);
    }

    #[tokio::test]
    async fn a_plan_without_a_limit_has_none() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        // After the actor has entered: the plan of now counts, not the one of the page.
        sqlx::query("update tenants set plan_key = 'business'")
            .execute(database.owner())
            .await
            .unwrap();
        for number in 1..=6 {
            project(&deps, &acme, &format!("Project {number}")).await;
        }
        assert_eq!(database.count("projects").await, 6);
    }

    #[tokio::test]
    async fn refuses_a_name_in_use_a_suspended_organization_and_who_has_no_right() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        project(&deps, &acme, "Work").await;
        let refused = create(&acme, &deps, project_fields("wORK")).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::field("name", FieldCode::Taken)
        );
        let guest = join(&database, &deps, &acme, &person(&deps, "bob").await, "guest").await;
        let refused = create(&guest, &deps, project_fields("Mine")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        sqlx::query("update tenants set status = 'suspended'")
            .execute(database.owner())
            .await
            .unwrap();
        let refused = create(&acme, &deps, project_fields("Late")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::TenantInactive);
        assert_eq!(database.count("projects").await, 1);
    }
}
