//! What the database's own catalogue says: every table of an organization is isolated, and can be distributed by tenant.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use domain::testing::TestDatabase;
use sqlx::AssertSqlSafe;

/// Tables that name a tenant without belonging to one, and why.
const GLOBAL: [&str; 8] = [
    // Slugs are unique over all organizations, and lead there before anybody is in one.
    "tenant_slugs",
    // So does the code of an invitation, which is known to whom it was sent.
    "invitation_codes",
    // What staff write down about an organization, and decide about it, is theirs: the application has no right to it.
    "platform_notes",
    "platform_tenant_suspensions",
    // A visit is its operator's, who has one at a time over all organizations. It has a policy all the same: a test of its own.
    "platform_impersonation_sessions",
    // So is a support session.
    "support_sessions",
    // A report of a problem is the house's: whoever reports may be in no organization, and the application reads none of it.
    "problem_reports",
    // So is a fault, which may have met somebody of no organization; its policy says when it is written. The rule has a test of its own.
    "request_faults",
];

/// The tables of organizations and the column that says whose a row is: `tenants` is the root of the distribution.
const TENANT_TABLES: &str = "with tenant_tables as (
    select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, a.attnum
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = case c.relname when 'tenants' then 'id' else 'tenant_id' end
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all($1)
)";

/// The names that a question about the tables of organizations finds.
async fn among_tenant_tables(database: &TestDatabase, question: &str) -> Vec<String> {
    sqlx::query_scalar(AssertSqlSafe(format!("{TENANT_TABLES} {question} order by 1")))
        .bind(GLOBAL.map(str::to_owned).to_vec())
        .fetch_all(database.owner())
        .await
        .unwrap()
}

#[tokio::test]
async fn every_tenant_table_is_under_forced_row_level_security_with_a_policy_for_each_role() {
    let database = TestDatabase::new().await;
    let tables = among_tenant_tables(&database, "select relname::text from tenant_tables").await;
    for known in ["audit_log", "projects", "tasks", "tenant_members", "tenants"] {
        assert!(tables.iter().any(|table| table == known), "{tables:?}");
    }
    let open = among_tenant_tables(
        &database,
        "select t.relname::text from tenant_tables t where not (t.relrowsecurity and t.relforcerowsecurity \
            and (select count(distinct r.rolname) from pg_policy p cross join unnest(p.polroles) as role (oid) \
                 join pg_roles r on r.oid = role.oid \
                 where p.polrelid = t.oid and r.rolname in ('plinth_app', 'plinth_platform')) = 2)",
    )
    .await;
    assert_eq!(open, [""; 0]);
}

#[tokio::test]
async fn every_policy_of_the_application_asks_who_is_asking() {
    let database = TestDatabase::new().await;
    let careless = among_tenant_tables(
        &database,
        "select p.polname::text from pg_policy p join tenant_tables t on t.oid = p.polrelid \
         where not p.polroles <@ array(select oid from pg_roles where rolname in ('plinth_app', 'plinth_platform')) \
            or ('plinth_app'::regrole = any(p.polroles) and ( \
                coalesce(pg_get_expr(p.polqual, p.polrelid), 'current_user_id()') !~ 'current_(tenant|user)_id\\(\\)' \
                or (p.polwithcheck is not null and pg_get_expr(p.polwithcheck, p.polrelid) !~ 'current_tenant_id\\(\\)') \
                or (p.polcmd in ('*', 'w', 'd') and pg_get_expr(p.polqual, p.polrelid) !~ 'current_tenant_id\\(\\)')))",
    )
    .await;
    assert_eq!(careless, [""; 0]);
}

#[tokio::test]
async fn every_key_of_a_tenant_table_begins_with_the_tenant() {
    let database = TestDatabase::new().await;
    let stray_keys = among_tenant_tables(
        &database,
        "select i.indexrelid::regclass::text from pg_index i join tenant_tables t on t.oid = i.indrelid \
         where i.indisunique and i.indkey[0] <> t.attnum",
    )
    .await;
    assert_eq!(stray_keys, [""; 0]);
    let without_key = among_tenant_tables(
        &database,
        "select t.relname::text from tenant_tables t \
         where not exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p')",
    )
    .await;
    assert_eq!(without_key, [""; 0]);
    let stray_foreign_keys = among_tenant_tables(
        &database,
        "select k.conname::text from pg_constraint k join tenant_tables t on t.oid = k.conrelid \
         join tenant_tables f on f.oid = k.confrelid \
         where k.contype = 'f' and not (k.conkey[1] = t.attnum and k.confkey[1] = f.attnum)",
    )
    .await;
    assert_eq!(stray_foreign_keys, [""; 0]);
}

/// What a distribution by tenant refuses: references into it from outside, parents that are set to null, triggers.
#[tokio::test]
async fn nothing_stands_in_the_way_of_a_distribution_by_tenant() {
    let database = TestDatabase::new().await;
    let from_outside = among_tenant_tables(
        &database,
        "select k.conname::text from pg_constraint k join tenant_tables f on f.oid = k.confrelid \
         where k.contype = 'f' and k.conrelid not in (select oid from tenant_tables)",
    )
    .await;
    assert_eq!(from_outside, [""; 0]);
    let set_null = among_tenant_tables(
        &database,
        "select k.conname::text from pg_constraint k join tenant_tables t on t.oid = k.conrelid \
         where k.contype = 'f' and (k.confdeltype in ('n', 'd') or k.confupdtype in ('n', 'd'))",
    )
    .await;
    assert_eq!(set_null, [""; 0]);
    let triggers = among_tenant_tables(
        &database,
        "select g.tgname::text from pg_trigger g join tenant_tables t on t.oid = g.tgrelid where not g.tgisinternal",
    )
    .await;
    assert_eq!(triggers, [""; 0]);
}

/// Ways around the policies: a view reads as its owner, and so does a function that is defined to.
#[tokio::test]
async fn there_is_no_way_around_the_policies() {
    let database = TestDatabase::new().await;
    let views: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') \
         and not coalesce(reloptions @> array['security_invoker=true'], false)",
    )
    .fetch_all(database.owner())
    .await
    .unwrap();
    assert_eq!(views, [""; 0]);
    let functions: Vec<String> = sqlx::query_scalar(
        "select p.proname::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef \
         and has_function_privilege('plinth_app', p.oid, 'execute')",
    )
    .fetch_all(database.owner())
    .await
    .unwrap();
    // It puts a job into the queue, and touches nothing else.
    assert_eq!(functions, ["enqueue_job"]);
}

#[tokio::test]
async fn the_roles_own_nothing_bypass_nothing_and_cannot_rewrite_the_audit_log() {
    let database = TestDatabase::new().await;
    let strong: Vec<String> = sqlx::query_scalar(
        "select rolname::text from pg_roles where rolname in ('plinth_app', 'plinth_platform') \
         and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication \
              or exists (select from pg_auth_members m where m.member = pg_roles.oid) \
              or exists (select from pg_class c where c.relowner = pg_roles.oid))",
    )
    .fetch_all(database.owner())
    .await
    .unwrap();
    assert_eq!(strong, [""; 0]);
    let rewriters: Vec<String> = sqlx::query_scalar(
        "select role || ' may ' || act from unnest(array['plinth_app', 'plinth_platform']) as role \
         cross join unnest(array['update', 'delete', 'truncate']) as act where has_table_privilege(role, 'audit_log', act)",
    )
    .fetch_all(database.owner())
    .await
    .unwrap();
    assert_eq!(rewriters, [""; 0]);
}
