//! The database itself keeps organizations apart: the role of the application sees one at a time, or none.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use contract::{
    Error,
    ids::{ProjectId, TaskId},
    project::{ProjectQuery, ProjectStatus},
    task::TaskState,
};
use domain::{
    Deps,
    actor::OrgActor,
    projects::{archive, delete, get, list, restore, update},
    tasks,
    testing::{TestDatabase, bills, deps, join, new_task, organization, person, project, project_fields, task},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// Every table of an organization; the first test holds it against the catalogue.
const TENANT_TABLES: [&str; 27] = [
    "audit_chains",
    "audit_log",
    "billing_adjustments",
    "billing_cancellations",
    "billing_checkouts",
    "billing_customers",
    "billing_drifts",
    "billing_invoices",
    "billing_kept",
    "billing_notices",
    "billing_over_limits",
    "billing_overrides",
    "billing_seat_changes",
    "billing_tenant_subscriptions",
    "iam_role_permissions",
    "iam_roles",
    "ownership_offers",
    "project_guests",
    "projects",
    "tasks",
    "tenant_invitation_batches",
    "tenant_invitation_grants",
    "tenant_invitations",
    "tenant_members",
    "tenants",
    "workspace_members",
    "workspaces",
];

/// What the application reads, and the platform alone writes.
const WRITTEN_BY_THE_PLATFORM: [&str; 4] = [
    "billing_adjustments",
    "billing_drifts",
    "billing_notices",
    "billing_overrides",
];

struct Work {
    org: OrgActor,
    project: ProjectId,
    task: TaskId,
}

/// An organization with something in every one of its tables.
async fn work(database: &TestDatabase, deps: &Deps, name: &str) -> Work {
    let owner = person(deps, name).await;
    let org = organization(deps, &owner, name).await;
    let project = project(deps, &org, "Work").await;
    let task = task(deps, &org, project, "Do it").await;
    let guest = person(deps, &format!("guest-of-{name}")).await;
    join(database, deps, &org, &guest, "guest").await;
    let (tenant, owner, guest) = (org.tenant().id, owner.id(), guest.id());
    let id = || deps.id::<uuid::Uuid>();
    let (invitation, workspace) = (id(), id());
    let rest = format!(
        "insert into workspaces values ('{tenant}', '{workspace}', 'Team', '{owner}', now(), now()); \
         insert into workspace_members values ('{tenant}', '{workspace}', '{owner}', now()); \
         insert into project_guests values ('{tenant}', '{project}', '{guest}', now()); \
         insert into tenant_invitations (tenant_id, id, email, role_id, member_type, invited_by, created_at, sent_at, expires_at) \
             select '{tenant}', '{invitation}', 'new@example.test', role_id, 'member', '{owner}', now(), now(), now() + '7 days' \
             from tenant_members where tenant_id = '{tenant}' and user_id = '{owner}'; \
         insert into tenant_invitation_grants values ('{tenant}', '{invitation}', '{}', '{workspace}', null); \
         insert into tenant_invitation_batches values ('{tenant}', '{}', '{owner}', '[]', now()); \
         insert into ownership_offers (tenant_id, id, offered_by, offered_to, created_at, expires_at) \
             values ('{tenant}', '{}', '{owner}', '{guest}', now(), now() + '7 days')",
        id(),
        id(),
        id(),
    );
    sqlx::raw_sql(AssertSqlSafe(rest))
        .execute(database.owner())
        .await
        .unwrap();
    bills(database, &org).await;
    Work { org, project, task }
}

async fn as_application(database: &TestDatabase) -> PgConnection {
    PgConnection::connect(&database.urls().app).await.unwrap()
}

async fn rows(connection: &mut PgConnection, table: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}")))
        .fetch_one(connection)
        .await
        .unwrap()
}

fn key(table: &str) -> &'static str {
    if table == "tenants" { "id" } else { "tenant_id" }
}

#[tokio::test]
async fn the_tables_tested_here_are_all_there_are() {
    let database = TestDatabase::new().await;
    let mut tables: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') \
         and c.relname not in ('tenant_slugs', 'invitation_codes', 'platform_notes', 'platform_tenant_suspensions', \
         'platform_impersonation_sessions', 'support_sessions', 'problem_reports', 'request_faults') and (c.relname = 'tenants' \
             or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'))",
    )
    .fetch_all(database.owner())
    .await
    .unwrap();
    let mut tested = TENANT_TABLES;
    tables.sort_unstable();
    tested.sort_unstable();
    assert_eq!(tables, tested);
}

#[tokio::test]
async fn without_an_organization_there_is_nothing() {
    let database = TestDatabase::new().await;
    work(&database, &deps(&database), "acme").await;
    let mut connection = as_application(&database).await;
    for table in TENANT_TABLES {
        assert!(database.count(table).await > 0, "{table}");
        assert_eq!(rows(&mut connection, table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn inside_one_nothing_of_another_can_be_seen_changed_or_made() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = work(&database, &deps, "acme").await.org.tenant().id;
    let other = work(&database, &deps, "other").await.org.tenant().id;
    let mut connection = as_application(&database).await;
    for table in TENANT_TABLES {
        let key = key(table);
        let mut inside = connection.begin().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!(
            "set local plinth.tenant_id = '{acme}'; set local plinth.reach = 'all'"
        )))
        .execute(&mut *inside)
        .await
        .unwrap();
        assert!(rows(&mut inside, table).await > 0, "{table}");
        let theirs = format!("{table} where {key} <> '{acme}'");
        assert_eq!(rows(&mut inside, &theirs).await, 0, "{table}");

        // Each in a savepoint of its own, because a refusal ends what it is in.
        for (statement, may_be_left_to_grants) in [
            (
                format!("update {table} set {key} = {key} where {key} = '{other}'"),
                true,
            ),
            (format!("delete from {table} where {key} = '{other}'"), true),
            (
                format!("update {table} set {key} = '{other}' where {key} = '{acme}'"),
                true,
            ),
            // A copy of one's own row, planted in the other organization.
            (
                format!(
                    "insert into {table} select (jsonb_populate_record(t, jsonb_build_object('{key}', '{other}'))).* \
                     from {table} t limit 1"
                ),
                WRITTEN_BY_THE_PLATFORM.contains(&table),
            ),
        ] {
            let mut attempt = inside.begin().await.unwrap();
            match sqlx::raw_sql(AssertSqlSafe(statement.clone()))
                .execute(&mut *attempt)
                .await
            {
                Ok(done) => assert_eq!(done.rows_affected(), 0, "{statement}"),
                Err(refused) => {
                    let refused = refused.to_string();
                    assert!(
                        refused.contains("row-level security")
                            || (may_be_left_to_grants && refused.contains("permission denied")),
                        "{statement}: {refused}"
                    );
                }
            }
            attempt.rollback().await.unwrap();
        }
        inside.rollback().await.unwrap();
    }
}

/// What the tables of an organization hold, as one text.
async fn everything(database: &TestDatabase, org: &OrgActor) -> String {
    let mut all = String::new();
    for table in TENANT_TABLES {
        let sql = format!(
            "select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from {table} t where {} = '{}'",
            key(table),
            org.tenant().id
        );
        let rows: String = sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_one(database.owner())
            .await
            .unwrap();
        all.push_str(&rows);
    }
    all
}

#[tokio::test]
async fn every_operation_answers_a_foreign_id_as_one_that_does_not_exist() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = work(&database, &deps, "acme").await;
    let me = work(&database, &deps, "other").await.org;
    let before = everything(&database, &acme.org).await;
    let (project, task) = (acme.project, acme.task);

    let change = tasks::update::TaskChange {
        state: Some(TaskState::Done),
        ..Default::default()
    };
    let answers = [
        ("get", get::get(&me, &deps, project).await.map(drop)),
        (
            "rename",
            update::update(&me, &deps, project, project_fields("Mine")).await,
        ),
        (
            "archive",
            archive::set_status(&me, &deps, project, ProjectStatus::Archived).await,
        ),
        (
            "unarchive",
            archive::set_status(&me, &deps, project, ProjectStatus::Active).await,
        ),
        ("delete", delete::delete(&me, &deps, project).await),
        ("restore", restore::restore(&me, &deps, project).await),
        (
            "create task",
            tasks::create::create(&me, &deps, project, new_task("Mine"))
                .await
                .map(drop),
        ),
        ("update task", tasks::update::update(&me, &deps, task, change).await),
        ("delete task", tasks::delete::delete(&me, &deps, task).await),
        ("restore task", tasks::restore::restore(&me, &deps, task).await),
    ];
    for (operation, answer) in answers {
        assert_eq!(Error::from(answer.unwrap_err()), Error::NotFound, "{operation}");
    }
    let listed = list::list(&me, &deps, &ProjectQuery::default()).await.unwrap();
    assert_eq!((listed.total, listed.used), (1, 1));
    assert!(listed.rows.iter().all(|row| row.id != project));
    assert_eq!(everything(&database, &acme.org).await, before);
}

#[tokio::test]
async fn a_stranger_does_not_get_in() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = work(&database, &deps, "acme").await.org;
    let stranger = person(&deps, "stranger").await;
    let refused = OrgActor::enter(&stranger, &deps, acme.tenant().slug.as_str())
        .await
        .unwrap_err();
    assert_eq!(Error::from(refused), Error::NotFound);
}
