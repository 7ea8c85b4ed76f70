//! Within an organization the database shows everybody what they may see: every kind of person, project and operation.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod seeing;
mod working;

use std::collections::BTreeMap;

use contract::{
    ids::{ProjectId, TaskId, WorkspaceId},
    project::Visibility,
};
use domain::{
    Deps,
    actor::OrgActor,
    projects::{self, Place},
    tasks,
    testing::{
        TestDatabase, deps, into_workspace, join, join_as_guest, organization, person, project, project_in, task,
        workspace,
    },
};

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
}
