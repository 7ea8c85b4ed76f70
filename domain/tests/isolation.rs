//! The database itself keeps organizations apart: the role of the application sees one at a time, or none.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use contract::{
    ids::TenantId,
    text::{ProjectDescription, ProjectName, TaskTitle},
};
use domain::{
    actor::OrgActor,
    projects::{ProjectFields, create::create},
    tasks,
    testing::{TestDatabase, deps, organization, person},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

const TENANT_TABLES: [&str; 7] = [
    "tenants",
    "tenant_members",
    "iam_roles",
    "iam_role_permissions",
    "projects",
    "tasks",
    "audit_log",
];

async fn as_application(database: &TestDatabase) -> PgConnection {
    let options = database.owner().connect_options();
    let mut connection = PgConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql("set role plinth_app")
        .execute(&mut connection)
        .await
        .unwrap();
    connection
}

async fn rows(connection: &mut PgConnection, table: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}")))
        .fetch_one(connection)
        .await
        .unwrap()
}

async fn with_work(database: &TestDatabase, name: &str) -> OrgActor {
    let deps = deps(database);
    let owner = person(&deps, name).await;
    let org = organization(&deps, &owner, name).await;
    let fields = ProjectFields {
        name: ProjectName::parse("Work").unwrap(),
        description: ProjectDescription::parse("").unwrap(),
    };
    let project = create(&org, &deps, fields).await.unwrap();
    let task = tasks::create::NewTask {
        title: TaskTitle::parse("Do it").unwrap(),
        assignee: None,
        due_on: None,
    };
    tasks::create::create(&org, &deps, project, task).await.unwrap();
    org
}

#[tokio::test]
async fn without_an_organization_there_is_nothing() {
    let database = TestDatabase::new().await;
    with_work(&database, "acme").await;
    let mut connection = as_application(&database).await;
    for table in TENANT_TABLES {
        assert_eq!(rows(&mut connection, table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn inside_one_nothing_of_another_can_be_seen_changed_or_made() {
    let database = TestDatabase::new().await;
    let acme = with_work(&database, "acme").await.tenant().id;
    let other = with_work(&database, "other").await.tenant().id;
    let mut connection = as_application(&database).await;
    let mut inside = connection.begin().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("set local plinth.tenant_id = '{acme}'")))
        .execute(&mut *inside)
        .await
        .unwrap();
    for table in TENANT_TABLES {
        let column = if table == "tenants" { "id" } else { "tenant_id" };
        let theirs = format!("{table} where {column} = '{other}'");
        assert_eq!(rows(&mut inside, &theirs).await, 0, "{table}");
        assert!(rows(&mut inside, table).await > 0, "{table}");
    }
    for statement in [
        format!("update tasks set title = 'mine' where tenant_id = '{other}'"),
        format!("update projects set name = 'mine' where tenant_id = '{other}'"),
        format!("update tenants set name = 'mine' where id = '{other}'"),
        format!("delete from tenant_members where tenant_id = '{other}'"),
    ] {
        let done = sqlx::raw_sql(AssertSqlSafe(statement.clone()))
            .execute(&mut *inside)
            .await
            .unwrap();
        assert_eq!(done.rows_affected(), 0, "{statement}");
    }
    let planted = format!(
        "insert into projects (tenant_id, id, name, created_by, created_at, updated_at) \
         select '{other}', gen_random_uuid(), 'planted', id, now(), now() from users limit 1"
    );
    let refused = sqlx::raw_sql(AssertSqlSafe(planted))
        .execute(&mut *inside)
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("row-level security"), "{refused}");
}

#[tokio::test]
async fn a_stranger_does_not_get_in() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = with_work(&database, "acme").await;
    let stranger = person(&deps, "stranger").await;
    let refused = OrgActor::enter(&stranger, &deps, acme.tenant().slug.as_str())
        .await
        .unwrap_err();
    assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
    assert_ne!(acme.tenant().id, TenantId(uuid::Uuid::nil()));
}
