//! What is done to projects and tasks, by who sees them and by who does not.

use contract::{
    Error, FieldCode,
    project::{ProjectStatus, Visibility},
    task::TaskState,
    text::ProjectName,
};
use domain::{
    actor::OrgActor,
    projects::{self, Place},
    tasks,
    testing::{new_task, project_fields, task},
};
use sqlx::AssertSqlSafe;

use super::{SEEN, Scene};

impl Scene {
    /// What there is of projects, tasks, guests and entries, as one text.
    async fn everything(&self) -> String {
        let mut all = String::new();
        for table in ["projects", "tasks", "project_guests", "workspace_members", "audit_log"] {
            let sql = format!("select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from {table} t");
            let rows: String = sqlx::query_scalar(AssertSqlSafe(sql))
                .fetch_one(self.database.owner())
                .await
                .unwrap();
            all.push_str(&rows);
        }
        all
    }
}

#[tokio::test]
async fn what_one_does_not_see_answers_to_nothing() {
    let scene = Scene::new().await;
    let deps = &scene.deps;
    let before = scene.everything().await;
    for (name, seen) in SEEN {
        let me = &scene.people[name];
        for (project_name, &(project, doing, binned)) in &scene.projects {
            if seen.split(' ').any(|one| one == *project_name) {
                let detail = projects::get::get(me, deps, project).await.unwrap();
                assert_eq!((detail.tasks.len(), detail.bin.len()), (1, 1), "{name} {project_name}");
                continue;
            }
            let done = tasks::update::TaskChange {
                state: Some(TaskState::Done),
                ..Default::default()
            };
            let to_me = tasks::update::TaskChange {
                assignee: Some(Some(me.user().id())),
                ..Default::default()
            };
            let answers = [
                projects::get::get(me, deps, project).await.map(drop),
                projects::access::access(me, deps, project).await.map(drop),
                projects::update::update(me, deps, project, project_fields("Mine")).await,
                projects::rename::rename(me, deps, project, ProjectName::parse("Mine").unwrap()).await,
                projects::archive::set_status(me, deps, project, ProjectStatus::Archived).await,
                projects::delete::delete(me, deps, project).await,
                projects::restore::restore(me, deps, project).await,
                projects::share::share(me, deps, project, Place::default()).await,
                projects::give::give(me, deps, project, me.user().id()).await,
                projects::give::take_back(me, deps, project, me.user().id()).await,
                tasks::create::create(me, deps, project, new_task("Mine"))
                    .await
                    .map(drop),
                tasks::update::update(me, deps, doing, done).await,
                tasks::update::update(me, deps, doing, to_me).await,
                tasks::delete::delete(me, deps, doing).await,
                tasks::restore::restore(me, deps, binned).await,
            ];
            for (number, answer) in answers.into_iter().enumerate() {
                let refused = Error::from(answer.unwrap_err());
                assert_eq!(refused, Error::NotFound, "{name} {project_name} {number}");
            }
        }
    }
    assert_eq!(scene.everything().await, before);
}

#[tokio::test]
async fn what_one_sees_can_be_worked_on() {
    let scene = Scene::new().await;
    let deps = &scene.deps;
    for (name, seen) in SEEN {
        let me = &scene.people[name];
        for project_name in seen.split_whitespace() {
            let (project, doing, _) = scene.projects[project_name];
            let to_me = tasks::update::TaskChange {
                assignee: Some(Some(me.user().id())),
                ..Default::default()
            };
            tasks::update::update(me, deps, doing, to_me).await.unwrap();
            task(deps, me, project, name).await;
            projects::update::update(me, deps, project, project_fields(&format!("{project_name} of {name}")))
                .await
                .unwrap();
            projects::delete::delete(me, deps, project).await.unwrap();
            projects::restore::restore(me, deps, project).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_task_goes_to_who_sees_the_project_and_to_nobody_else() {
    let scene = Scene::new().await;
    let owner = &scene.people["owner"];
    for (project_name, &(project, doing, _)) in &scene.projects {
        let mut expected = Vec::new();
        for (name, seen) in SEEN {
            let assignee = scene.people[name].user().id();
            let change = tasks::update::TaskChange {
                assignee: Some(Some(assignee)),
                ..Default::default()
            };
            let answer = tasks::update::update(owner, &scene.deps, doing, change)
                .await
                .map_err(Error::from);
            let new = tasks::create::NewTask {
                assignee: Some(assignee),
                ..new_task("For you")
            };
            let created = tasks::create::create(owner, &scene.deps, project, new)
                .await
                .map(drop)
                .map_err(Error::from);
            let told = if seen.split(' ').any(|one| one == *project_name) {
                expected.push(name);
                Ok(())
            } else {
                Err(Error::field("assignee", FieldCode::NoAccess))
            };
            assert_eq!((&answer, &created), (&told, &told), "{project_name} to {name}");
        }
        let offered = projects::get::get(owner, &scene.deps, project).await.unwrap().assignees;
        let offered: Vec<_> = offered.into_iter().map(|(_, name)| name).collect();
        expected.sort_unstable();
        assert_eq!(offered, expected, "{project_name}");
    }
}

/// A guest is not handed the organization's people along with a project.
#[tokio::test]
async fn who_may_not_read_the_people_is_told_of_those_at_work() {
    let scene = Scene::new().await;
    let deps = &scene.deps;
    sqlx::query("delete from iam_role_permissions where permission = 'members.read'")
        .execute(scene.database.owner())
        .await
        .unwrap();
    let guest = OrgActor::enter(scene.people["guest-inside"].user(), deps, "acme")
        .await
        .unwrap();
    let (project, doing, _) = scene.projects["shared"];
    let offered = async || {
        let detail = projects::get::get(&guest, deps, project).await.unwrap();
        detail.assignees.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    assert_eq!(offered().await, ["guest-inside", "inside", "owner"]);
    let change = |user| tasks::update::TaskChange {
        assignee: Some(Some(user)),
        ..Default::default()
    };
    let member = scene.people["member"].user().id();
    let refused = tasks::update::update(&guest, deps, doing, change(member))
        .await
        .unwrap_err();
    assert_eq!(Error::from(refused), Error::field("assignee", FieldCode::NoAccess));
    tasks::update::update(&scene.people["owner"], deps, doing, change(member))
        .await
        .unwrap();
    assert_eq!(offered().await, ["guest-inside", "inside", "member", "owner"]);
}

#[tokio::test]
async fn a_project_is_started_where_one_is() {
    let scene = Scene::new().await;
    let deps = &scene.deps;
    let inside = Place {
        workspace: Some(scene.inside),
        visibility: Visibility::Workspace,
    };
    let start = async |name: &str, place| {
        let fields = project_fields(&format!("Of {name}"));
        projects::create::create_in(&scene.people[name], deps, fields, place)
            .await
            .map_err(Error::from)
    };
    let project = start("inside", inside).await.unwrap();
    projects::get::get(&scene.people["guest-inside"], deps, project)
        .await
        .unwrap();
    let refused = projects::get::get(&scene.people["member"], deps, project)
        .await
        .unwrap_err();
    assert_eq!(Error::from(refused), Error::NotFound);
    start("manager", inside).await.unwrap();
    start("guest-inside", inside).await.unwrap();
    assert_eq!(start("member", inside).await, Err(Error::Forbidden));
    assert_eq!(start("guest-given", inside).await, Err(Error::NotFound));
    let nobodys = Place {
        workspace: None,
        visibility: Visibility::Workspace,
    };
    assert_eq!(
        start("member", nobodys).await,
        Err(Error::field("workspace", FieldCode::Required))
    );

    // What a guest starts is everybody's, and the guest's as well.
    let own = start("guest-given", Place::default()).await.unwrap();
    projects::get::get(&scene.people["guest-given"], deps, own)
        .await
        .unwrap();
    projects::get::get(&scene.people["member"], deps, own).await.unwrap();

    // A limit counts what one does not see.
    sqlx::raw_sql("update plan_limits set allowed = 10 where limit_key = 'projects' and plan_key = 'business'")
        .execute(scene.database.owner())
        .await
        .unwrap();
    assert!(start("member", Place::default()).await.is_ok());
    let full = Error::LimitReached {
        limit: contract::error::Limit::Projects,
        used: 10,
        allowed: 10,
    };
    let refused = projects::create::create(&scene.people["guest-manager"], deps, project_fields("Late")).await;
    assert_eq!(Error::from(refused.unwrap_err()), full);
}
