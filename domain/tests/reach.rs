//! Within an organization the database shows everybody what they may see: every kind of person, project and operation.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeMap;

use contract::{
    Error, FieldCode,
    ids::{ProjectId, TaskId, WorkspaceId},
    project::{ProjectFilter, ProjectQuery, ProjectStatus, Visibility},
    task::TaskState,
    text::ProjectName,
};
use domain::{
    Deps,
    actor::OrgActor,
    projects::{self, Place},
    tasks,
    testing::{
        TestDatabase, deps, into_workspace, join, join_as_guest, new_task, organization, person, project,
        project_fields, project_in, task, workspace,
    },
    workspaces,
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// What each sees of `open` (everybody's), `shared` (everybody's, of the workspace Inside), `secret` (of Inside alone),
/// `elsewhere` (of the workspace Outside alone) and `given` (of Outside alone, and given to one guest).
const SEEN: [(&str, &str); 7] = [
    ("owner", "elsewhere given open secret shared"),
    ("manager", "elsewhere given open secret shared"),
    ("inside", "open secret shared"),
    ("member", "open shared"),
    ("guest-inside", "secret shared"),
    ("guest-given", "given"),
    // Their role manages workspaces, which no guest does.
    ("guest-manager", ""),
];

struct Scene {
    database: TestDatabase,
    deps: Deps,
    people: BTreeMap<&'static str, OrgActor>,
    projects: BTreeMap<&'static str, (ProjectId, TaskId, TaskId)>,
    inside: WorkspaceId,
}

impl Scene {
    /// Everybody but the guests has every right over projects and tasks, so that only what they see can stop them.
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let owner = organization(&deps, &person(&deps, "owner").await, "acme").await;
        sqlx::raw_sql(
            "update tenants set plan_key = 'business'; \
             insert into iam_roles (tenant_id, id, key, name, is_default, created_at) \
                 select id, gen_random_uuid(), unnest(array['worker', 'manager']), unnest(array['Worker', 'Manager']), false, now() \
                 from tenants; \
             insert into iam_role_permissions select r.tenant_id, r.id, p.permission from iam_roles r \
                 join iam_role_permissions p on p.permission ~ '^(projects|tasks|members)[.]' \
                     or (p.permission = 'workspaces.manage' and r.key = 'manager') \
                 where r.key in ('worker', 'manager') on conflict do nothing",
        )
        .execute(database.owner())
        .await
        .unwrap();
        let mut people = BTreeMap::from([("owner", owner.clone())]);
        for (name, role) in [("manager", "manager"), ("inside", "worker"), ("member", "worker")] {
            let user = person(&deps, name).await;
            people.insert(name, join(&database, &deps, &owner, &user, role).await);
        }
        for (name, role) in [
            ("guest-inside", "worker"),
            ("guest-given", "worker"),
            ("guest-manager", "manager"),
        ] {
            let user = person(&deps, name).await;
            join_as_guest(&database, &deps, &owner, &user).await;
            sqlx::query(
                "update tenant_members m set role_id = r.id from iam_roles r where r.key = $2 and m.user_id = $1",
            )
            .bind(user.id().0)
            .bind(role)
            .execute(database.owner())
            .await
            .unwrap();
            people.insert(name, OrgActor::enter(&user, &deps, "acme").await.unwrap());
        }
        let inside = workspace(&deps, &owner, "Inside").await;
        let outside = workspace(&deps, &owner, "Outside").await;
        for name in ["inside", "guest-inside"] {
            into_workspace(&deps, &owner, inside, &people[name]).await;
        }
        let shared = project_in(&deps, &owner, "shared", inside).await;
        let everybodys = Place {
            workspace: Some(inside),
            visibility: Visibility::Organization,
        };
        projects::share::share(&owner, &deps, shared, everybodys).await.unwrap();
        let given = project_in(&deps, &owner, "given", outside).await;
        projects::give::give(&owner, &deps, given, people["guest-given"].user().id())
            .await
            .unwrap();
        let mut all = BTreeMap::new();
        for (name, id) in [
            ("open", project(&deps, &owner, "open").await),
            ("shared", shared),
            ("secret", project_in(&deps, &owner, "secret", inside).await),
            ("elsewhere", project_in(&deps, &owner, "elsewhere", outside).await),
            ("given", given),
        ] {
            let doing = task(&deps, &owner, id, "To do").await;
            let binned = task(&deps, &owner, id, "Not to do").await;
            tasks::delete::delete(&owner, &deps, binned).await.unwrap();
            all.insert(name, (id, doing, binned));
        }
        Self {
            database,
            deps,
            people,
            projects: all,
            inside,
        }
    }

    async fn listed(&self, org: &OrgActor, query: ProjectQuery) -> String {
        let page = projects::list::list(org, &self.deps, &query).await.unwrap();
        let mut names: Vec<_> = page.rows.into_iter().map(|row| row.name).collect();
        assert_eq!(usize::try_from(page.total).unwrap(), names.len());
        names.sort();
        names.join(" ")
    }

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

fn all_projects() -> ProjectQuery {
    ProjectQuery {
        filter: ProjectFilter::All,
        ..ProjectQuery::default()
    }
}

#[tokio::test]
async fn lists_searches_and_bins_hold_what_one_may_see() {
    let scene = Scene::new().await;
    for (name, seen) in SEEN {
        assert_eq!(scene.listed(&scene.people[name], all_projects()).await, seen, "{name}");
        for project in scene.projects.keys() {
            let search = ProjectQuery {
                search: (*project).to_owned(),
                ..all_projects()
            };
            let found = scene.listed(&scene.people[name], search).await;
            let expected = if seen.split(' ').any(|one| one == *project) {
                *project
            } else {
                ""
            };
            assert_eq!(found, expected, "{name} looks for {project}");
        }
        let of_one = ProjectQuery {
            workspace: Some(scene.inside),
            ..all_projects()
        };
        let expected: Vec<_> = seen
            .split(' ')
            .filter(|one| ["secret", "shared"].contains(one))
            .collect();
        assert_eq!(
            scene.listed(&scene.people[name], of_one).await,
            expected.join(" "),
            "{name}"
        );
    }
    for (project, _, _) in scene.projects.values() {
        projects::delete::delete(&scene.people["owner"], &scene.deps, *project)
            .await
            .unwrap();
    }
    for (name, seen) in SEEN {
        let bin = ProjectQuery {
            filter: ProjectFilter::Bin,
            ..ProjectQuery::default()
        };
        assert_eq!(scene.listed(&scene.people[name], bin).await, seen, "{name}");
        assert_eq!(scene.listed(&scene.people[name], all_projects()).await, "", "{name}");
    }
}

#[tokio::test]
async fn members_are_told_what_the_plan_counts_and_guests_what_they_see() {
    let scene = Scene::new().await;
    sqlx::query("update tenants set plan_key = 'team'")
        .execute(scene.database.owner())
        .await
        .unwrap();
    for (name, seen) in SEEN {
        let org = OrgActor::enter(scene.people[name].user(), &scene.deps, "acme")
            .await
            .unwrap();
        let page = projects::list::list(&org, &scene.deps, &all_projects()).await.unwrap();
        let expected = if name.starts_with("guest") {
            (u32::try_from(seen.split_whitespace().count()).unwrap(), None)
        } else {
            (5, Some(50))
        };
        assert_eq!((page.used, page.limit), expected, "{name}");
        let workspaces: Vec<_> = page.workspaces.iter().map(|one| one.name.as_str()).collect();
        let expected: &[&str] = match name {
            "guest-inside" => &["Inside"],
            "guest-given" | "guest-manager" => &[],
            _ => &["Inside", "Outside"],
        };
        assert_eq!(workspaces, expected, "{name}");
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
    sqlx::raw_sql("update plans set project_limit = 10 where key = 'business'")
        .execute(scene.database.owner())
        .await
        .unwrap();
    assert!(start("member", Place::default()).await.is_ok());
    let full = Error::LimitReached {
        limit: contract::error::Limit::Projects,
        allowed: 10,
    };
    let refused = projects::create::create(&scene.people["guest-manager"], deps, project_fields("Late")).await;
    assert_eq!(Error::from(refused.unwrap_err()), full);
}

#[tokio::test]
async fn guests_know_the_workspaces_they_are_in() {
    let scene = Scene::new().await;
    for (name, expected) in [
        ("member", 2),
        ("guest-inside", 1),
        ("guest-given", 0),
        ("guest-manager", 0),
    ] {
        let listed = workspaces::list::list(&scene.people[name], &scene.deps).await.unwrap();
        assert_eq!(listed.len(), expected, "{name}");
    }
    let refused = workspaces::get::get(&scene.people["guest-given"], &scene.deps, scene.inside)
        .await
        .unwrap_err();
    assert_eq!(Error::from(refused), Error::NotFound);
}

/// Past every operation: what a statement of the application's role can do that forgot who asks.
#[tokio::test]
async fn the_database_itself_keeps_to_it() {
    let scene = Scene::new().await;
    let (tenant, member) = (scene.people["owner"].tenant().id, scene.people["member"].user().id());
    let (secret, _, _) = scene.projects["secret"];
    let (open, _, _) = scene.projects["open"];
    let mut connection = PgConnection::connect(&scene.database.urls().app).await.unwrap();
    let mut inside = connection.begin().await.unwrap();
    let tenant_alone = format!("set local plinth.tenant_id = '{tenant}'; set local plinth.user_id = '{member}'");
    sqlx::raw_sql(AssertSqlSafe(tenant_alone))
        .execute(&mut *inside)
        .await
        .unwrap();
    for (reach, projects) in [("", 0_i64), ("given", 0), ("nonsense", 0), ("member", 2), ("all", 5)] {
        sqlx::raw_sql(AssertSqlSafe(format!("set local plinth.reach = '{reach}'")))
            .execute(&mut *inside)
            .await
            .unwrap();
        let seen: (i64, i64) = sqlx::query_as("select (select count(*) from projects), (select count(*) from tasks)")
            .fetch_one(&mut *inside)
            .await
            .unwrap();
        assert_eq!(seen, (projects, projects * 2), "{reach:?}");
    }
    sqlx::raw_sql("set local plinth.reach = 'member'")
        .execute(&mut *inside)
        .await
        .unwrap();
    let workspace = scene.inside;
    for (statement, refused) in [
        (
            format!("update projects set visibility = 'organization' where id = '{secret}'"),
            false,
        ),
        (
            format!("update tasks set title = 'Mine' where project_id = '{secret}'"),
            false,
        ),
        (
            format!("update projects set workspace_id = '{workspace}', visibility = 'workspace' where id = '{open}'"),
            true,
        ),
        (
            format!("update tasks set project_id = '{secret}' where project_id = '{open}'"),
            true,
        ),
        (
            format!(
                "insert into tasks (tenant_id, id, project_id, title, created_by, created_at, updated_at) \
                 values ('{tenant}', gen_random_uuid(), '{secret}', 'Planted', '{member}', now(), now())"
            ),
            true,
        ),
    ] {
        let mut attempt = inside.begin().await.unwrap();
        let answer = sqlx::raw_sql(AssertSqlSafe(statement.clone()))
            .execute(&mut *attempt)
            .await;
        match answer {
            Ok(done) => assert!(!refused && done.rows_affected() == 0, "{statement}"),
            Err(error) => assert!(
                refused && error.to_string().contains("row-level security"),
                "{statement}: {error}"
            ),
        }
        attempt.rollback().await.unwrap();
    }
}
