//! Writing a task down.

use chrono::NaiveDate;
use contract::{
    error::Limit,
    iam::Permission,
    ids::{ProjectId, TaskId, UserId},
    text::TaskTitle,
};
use serde_json::json;

use super::lock::require_assignable;
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    database::Transaction,
    standing::{self, Purpose},
};

#[derive(Debug, Clone)]
pub struct NewTask {
    pub title: TaskTitle,
    pub assignee: Option<UserId>,
    pub due_on: Option<NaiveDate>,
}

/// Into an active project only.
pub async fn create(org: &OrgActor, deps: &Deps, project: ProjectId, new: NewTask) -> Result<TaskId> {
    org.require_change(Permission::TasksCreate)?;
    let task: TaskId = deps.id();
    let mut transaction = org.begin_held(deps).await?;
    touch_project(&mut transaction, org, deps, project, Permission::TasksCreate).await?;
    if let Some(user) = new.assignee {
        require_assignable(&mut transaction, org, project, user).await?;
    }
    sqlx::query!(
        "insert into tasks (tenant_id, id, project_id, title, assignee_id, due_on, created_by, created_at, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
        org.tenant().id.0,
        task.0,
        project.0,
        new.title.as_str(),
        new.assignee.map(|user| user.0),
        new.due_on,
        org.user().id().0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    org.audit(Action::TaskCreated)
        .subject(task.0)
        .after(json!({
            "title": new.title, "project_id": project, "assignee_id": new.assignee, "due_on": new.due_on,
        }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(task)
}

/// A change to a task is a change to its project, which must be one that is worked on: neither archived nor in the bin. In a
/// transaction of [`OrgActor::begin_held`], for who still has the right and still sees the project.
pub(super) async fn touch_project(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    project: ProjectId,
    right: Permission,
) -> Result<()> {
    let mut touched = touch(transaction, org, deps, project).await?;
    if !touched.stands {
        standing::ask_again(transaction, org, right, Purpose::Change).await?;
        touched = touch(transaction, org, deps, project).await?;
    }
    if !touched.workable {
        Err(contract::Error::Conflict.into())
    } else if touched.paused {
        Err(contract::Error::PausedByPlan { limit: Limit::Projects }.into())
    } else {
        Ok(())
    }
}

/// A project in which something is about to change.
struct Touched {
    /// Neither archived nor in the bin.
    workable: bool,
    /// The plan has no room for it at the moment.
    paused: bool,
    /// Whether the actor is still what they came in as.
    stands: bool,
}

async fn touch(transaction: &mut Transaction, org: &OrgActor, deps: &Deps, project: ProjectId) -> Result<Touched> {
    let row = sqlx::query!(
        r#"update projects set updated_at = $3 where tenant_id = $1 and id = $2
        returning status = 'active' and deleted_at is null as "workable!", paused_at is not null as "paused!", array(
            select permission from working_rights
            where tenant_id = $1 and user_id = $4 and member_type = $5 and not paused
        ) as "rights!""#,
        org.tenant().id.0,
        project.0,
        deps.now(),
        org.user().id().0,
        org.member_type().key(),
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok(Touched {
        workable: row.workable,
        paused: row.paused,
        stands: org.stands_with(&row.rights),
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{FieldCode, project::ProjectStatus};

    use super::*;
    use crate::{
        projects::{archive::set_status, delete::delete, get::get},
        testing::{TestDatabase, clock_and_deps, deps, join, new_task, organization, person, project},
    };

    #[tokio::test]
    async fn is_written_down_with_all_that_was_said() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "member").await;
        let due_on = NaiveDate::from_ymd_opt(2026, 4, 1);
        let new = NewTask {
            assignee: Some(bob.id()),
            due_on,
            ..new_task("First")
        };
        let first = create(&acme, &deps, work, new).await.unwrap();
        clock.advance(TimeDelta::seconds(1));
        create(&acme, &deps, work, new_task("Second")).await.unwrap();

        let detail = get(&acme, &deps, work).await.unwrap();
        let titles: Vec<_> = detail.tasks.iter().map(|task| task.title.as_str()).collect();
        assert_eq!(titles, ["First", "Second"]);
        assert_eq!(detail.tasks[0].id, first);
        assert_eq!(detail.tasks[0].assignee, Some((bob.id(), "bob".to_owned())));
        assert_eq!(detail.tasks[0].due_on, due_on);
        assert_eq!((detail.project.open_tasks, detail.project.done_tasks), (2, 0));
        assert_eq!(database.count("audit_log where action = 'task.created'").await, 2);
    }

    #[tokio::test]
    async fn only_somebody_active_in_the_organization_is_given_one() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        let bob = person(&deps, "bob").await;
        let for_bob = || NewTask {
            assignee: Some(bob.id()),
            ..new_task("For Bob")
        };
        let not_a_member = contract::Error::field("assignee", FieldCode::NotAMember);
        let refused = create(&acme, &deps, work, for_bob()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), not_a_member);
        join(&database, &deps, &acme, &bob, "member").await;
        create(&acme, &deps, work, for_bob()).await.unwrap();
        sqlx::query("update tenant_members set status = 'suspended' where user_id = $1")
            .bind(bob.id().0)
            .execute(database.owner())
            .await
            .unwrap();
        let refused = create(&acme, &deps, work, for_bob()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), not_a_member);
        assert_eq!(database.count("tasks").await, 1);
    }

    #[tokio::test]
    async fn not_into_a_project_that_is_put_away() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        set_status(&acme, &deps, work, ProjectStatus::Archived).await.unwrap();
        let refused = create(&acme, &deps, work, new_task("Late")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
        set_status(&acme, &deps, work, ProjectStatus::Active).await.unwrap();
        delete(&acme, &deps, work).await.unwrap();
        let refused = create(&acme, &deps, work, new_task("Late")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
        assert_eq!(database.count("tasks").await, 0);
    }
}
