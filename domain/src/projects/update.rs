//! Name and description.

use contract::{
    FieldCode,
    iam::Permission,
    ids::ProjectId,
    text::{ProjectDescription, ProjectName},
};
use serde_json::json;

use super::{ProjectFields, lock::lock_for};
use crate::{Deps, OnConstraint, Result, actor::OrgActor, audit::Action, standing::Purpose};

/// Refused for a project in the bin; an archived one can still be renamed. Saving what is there already is no change.
pub async fn update(org: &OrgActor, deps: &Deps, project: ProjectId, change: ProjectFields) -> Result<()> {
    save(org, deps, project, change.name, Some(change.description)).await
}

/// Without a description the one that is there stays, as it is when the row is locked and not as somebody read it.
pub(super) async fn save(
    org: &OrgActor,
    deps: &Deps,
    project: ProjectId,
    name: ProjectName,
    description: Option<ProjectDescription>,
) -> Result<()> {
    org.require_change(Permission::ProjectsUpdate)?;
    let mut transaction = org.begin_held(deps).await?;
    let before = lock_for(
        &mut transaction,
        org,
        project,
        Permission::ProjectsUpdate,
        Purpose::Change,
    )
    .await?;
    before.require_changeable()?;
    let description = description
        .as_ref()
        .map_or(before.description.as_str(), ProjectDescription::as_str);
    if before.name == name.as_str() && before.description == description {
        transaction.rollback().await?;
        return Ok(());
    }
    sqlx::query!(
        "update projects set name = $3, description = $4, updated_at = $5 where tenant_id = $1 and id = $2",
        org.tenant().id.0,
        project.0,
        name.as_str(),
        description,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("projects_name_key", || contract::Error::field("name", FieldCode::Taken))?;
    org.audit(Action::ProjectUpdated)
        .subject(project.0)
        .before(json!({ "name": before.name, "description": before.description }))
        .after(json!({ "name": name, "description": description }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        projects::{delete::delete, get::get},
        testing::{TestDatabase, deps, join, organization, person, project, project_fields},
    };

    #[tokio::test]
    async fn changes_both_and_records_what_was_there() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        project(&deps, &acme, "Other").await;
        update(&acme, &deps, work, project_fields("Work")).await.unwrap();
        assert_eq!(database.count("audit_log where action = 'project.updated'").await, 0);
        update(&acme, &deps, work, project_fields("WORK")).await.unwrap();
        assert_eq!(get(&acme, &deps, work).await.unwrap().project.name, "WORK");
        let before: String =
            sqlx::query_scalar("select before->>'name' from audit_log where action = 'project.updated'")
                .fetch_one(database.owner())
                .await
                .unwrap();
        assert_eq!(before, "Work");

        let refused = update(&acme, &deps, work, project_fields("other")).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::field("name", FieldCode::Taken)
        );
        delete(&acme, &deps, work).await.unwrap();
        let refused = update(&acme, &deps, work, project_fields("New")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
    }

    #[tokio::test]
    async fn a_guest_may_not() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        let guest = join(&database, &deps, &acme, &person(&deps, "bob").await, "guest").await;
        let refused = update(&guest, &deps, work, project_fields("Mine")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
    }
}
