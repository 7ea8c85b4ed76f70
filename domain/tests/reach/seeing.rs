//! Lists, searches, figures, and the database below them.

use contract::{
    Error,
    project::{ProjectFilter, ProjectQuery},
};
use domain::{actor::OrgActor, projects, workspaces};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::{SEEN, Scene};

impl Scene {
    async fn listed(&self, org: &OrgActor, query: ProjectQuery) -> String {
        let page = projects::list::list(org, &self.deps, &query).await.unwrap();
        let mut names: Vec<_> = page.rows.into_iter().map(|row| row.name).collect();
        assert_eq!(usize::try_from(page.total).unwrap(), names.len());
        names.sort();
        names.join(" ")
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
