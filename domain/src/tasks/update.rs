//! Changing a task.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    iam::Permission,
    ids::{TaskId, UserId},
    task::TaskState,
    text::TaskTitle,
};
use serde_json::json;

use super::{
    create::touch_project,
    lock::{lock, require_assignable},
};
use crate::{Deps, Result, actor::OrgActor, audit::Action};

/// What changes; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct TaskChange {
    pub title: Option<TaskTitle>,
    pub state: Option<TaskState>,
    pub assignee: Option<Option<UserId>>,
    pub due_on: Option<Option<NaiveDate>>,
}

/// Refused for a task in the bin, and in a project that is archived or in the bin. Saving what is there already is no change.
pub async fn update(org: &OrgActor, deps: &Deps, task: TaskId, change: TaskChange) -> Result<()> {
    org.require_change(Permission::TasksUpdate)?;
    let tenant = org.tenant().id.0;
    let now = deps.now();
    let mut transaction = org.begin_held(deps).await?;
    let before = lock(&mut transaction, org, task).await?;
    if before.in_bin {
        return Err(contract::Error::Conflict.into());
    }
    touch_project(&mut transaction, org, deps, before.project, Permission::TasksUpdate).await?;
    let title = change.title.as_ref().map_or(before.title.as_str(), TaskTitle::as_str);
    let state = change.state.map_or(before.state.as_str(), |state| state.key());
    let assignee = change.assignee.map_or(before.assignee, |user| user.map(|user| user.0));
    let due_on = change.due_on.unwrap_or(before.due_on);
    if (title, state, assignee, due_on) == (&*before.title, &*before.state, before.assignee, before.due_on) {
        transaction.rollback().await?;
        return Ok(());
    }
    if let Some(user) = assignee.filter(|_| assignee != before.assignee) {
        require_assignable(&mut transaction, org, before.project, user.into()).await?;
    }
    let completed_at = completed_at(state, before.completed_at, now);
    sqlx::query!(
        "update tasks set title = $3, state = $4, assignee_id = $5, due_on = $6, completed_at = $7, updated_at = $8 \
         where tenant_id = $1 and id = $2",
        tenant,
        task.0,
        title,
        state,
        assignee,
        due_on,
        completed_at,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    org.audit(Action::TaskUpdated)
        .subject(task.0)
        .before(json!({
            "title": before.title, "state": before.state, "assignee_id": before.assignee, "due_on": before.due_on,
        }))
        .after(json!({ "title": title, "state": state, "assignee_id": assignee, "due_on": due_on }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// A task that is done keeps the moment at which it became so; one taken up again has none.
fn completed_at(state: &str, before: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (state == TaskState::Done.key()).then(|| before.unwrap_or(now))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{FieldCode, project::ProjectStatus};

    use super::*;
    use crate::{
        projects::{archive::set_status, get::get},
        tasks::delete::delete,
        testing::{TestDatabase, clock_and_deps, deps, join, organization, person, project, task},
    };

    #[test]
    fn only_what_is_done_has_been_completed_and_keeps_its_moment() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let before = now - TimeDelta::hours(1);
        for state in TaskState::ALL {
            for earlier in [None, Some(before)] {
                let expected = match (state, earlier) {
                    (TaskState::Done, Some(before)) => Some(before),
                    (TaskState::Done, None) => Some(now),
                    (TaskState::Open | TaskState::InProgress, _) => None,
                };
                assert_eq!(
                    completed_at(state.key(), earlier, now),
                    expected,
                    "{state:?} {earlier:?}"
                );
            }
        }
    }

    #[tokio::test]
    async fn every_state_follows_every_other() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        let one = task(&deps, &acme, work, "One").await;
        for &from in TaskState::ALL {
            for &to in TaskState::ALL {
                for state in [from, to] {
                    let change = TaskChange {
                        state: Some(state),
                        ..TaskChange::default()
                    };
                    update(&acme, &deps, one, change).await.unwrap();
                    let detail = get(&acme, &deps, work).await.unwrap();
                    assert_eq!(detail.tasks[0].state, state, "{from:?} {to:?}");
                }
            }
        }
    }

    #[tokio::test]
    async fn changes_what_is_named_and_nothing_else() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        let one = task(&deps, &acme, work, "One").await;
        let due_on = NaiveDate::from_ymd_opt(2026, 4, 1);
        let change = TaskChange {
            assignee: Some(Some(ann.id())),
            due_on: Some(due_on),
            ..TaskChange::default()
        };
        update(&acme, &deps, one, change).await.unwrap();
        clock.advance(TimeDelta::minutes(1));
        let change = TaskChange {
            title: Some(TaskTitle::parse("Two").unwrap()),
            ..TaskChange::default()
        };
        update(&acme, &deps, one, change.clone()).await.unwrap();
        let detail = get(&acme, &deps, work).await.unwrap();
        assert_eq!(detail.project.updated_at, deps.now(), "the project has changed with it");
        assert_eq!(detail.tasks[0].title, "Two");
        assert_eq!(detail.tasks[0].assignee, Some((ann.id(), "ann".to_owned())));
        assert_eq!(detail.tasks[0].due_on, due_on);

        clock.advance(TimeDelta::minutes(1));
        update(&acme, &deps, one, change).await.unwrap();
        let detail = get(&acme, &deps, work).await.unwrap();
        assert!(detail.project.updated_at < deps.now(), "the same again is no change");
        assert_eq!(database.count("audit_log where action = 'task.updated'").await, 2);

        let change = TaskChange {
            assignee: Some(None),
            due_on: Some(None),
            ..TaskChange::default()
        };
        update(&acme, &deps, one, change).await.unwrap();
        let detail = get(&acme, &deps, work).await.unwrap();
        assert_eq!((&detail.tasks[0].assignee, detail.tasks[0].due_on), (&None, None));
    }

    #[tokio::test]
    async fn a_task_is_given_to_members_only_and_stays_with_one_who_was_suspended() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        let one = task(&deps, &acme, work, "One").await;
        let bob = person(&deps, "bob").await;
        let to_bob = || TaskChange {
            assignee: Some(Some(bob.id())),
            ..TaskChange::default()
        };
        let not_a_member = contract::Error::field("assignee", FieldCode::NotAMember);
        let refused = update(&acme, &deps, one, to_bob()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), not_a_member);
        join(&database, &deps, &acme, &bob, "member").await;
        update(&acme, &deps, one, to_bob()).await.unwrap();
        sqlx::query("update tenant_members set status = 'suspended' where user_id = $1")
            .bind(bob.id().0)
            .execute(database.owner())
            .await
            .unwrap();
        let change = TaskChange {
            state: Some(TaskState::Done),
            ..to_bob()
        };
        update(&acme, &deps, one, change).await.unwrap();
        let other = task(&deps, &acme, work, "Other").await;
        let refused = update(&acme, &deps, other, to_bob()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), not_a_member);
    }

    #[tokio::test]
    async fn what_is_put_away_stays_as_it_is() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let work = project(&deps, &acme, "Work").await;
        let one = task(&deps, &acme, work, "One").await;
        let done = || TaskChange {
            state: Some(TaskState::Done),
            ..TaskChange::default()
        };
        set_status(&acme, &deps, work, ProjectStatus::Archived).await.unwrap();
        let refused = update(&acme, &deps, one, done()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
        set_status(&acme, &deps, work, ProjectStatus::Active).await.unwrap();
        delete(&acme, &deps, one).await.unwrap();
        let refused = update(&acme, &deps, one, done()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
        assert_eq!(database.count("tasks where state = 'done'").await, 0);
    }
}
