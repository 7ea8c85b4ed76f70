//! What the database's own catalogue says: every table of an organization is isolated, and can be distributed by tenant.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use domain::testing::TestDatabase;

/// Tables that name a tenant without belonging to one, and why.
const GLOBAL: [&str; 1] = [
    // Slugs are unique over all organizations, and lead there before anybody is in one.
    "tenant_slugs",
];

async fn names(database: &TestDatabase, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql)
        .bind(GLOBAL.map(str::to_owned).to_vec())
        .fetch_all(database.owner())
        .await
        .unwrap()
}

#[tokio::test]
async fn every_tenant_table_is_under_forced_row_level_security_with_a_policy_for_each_role() {
    let database = TestDatabase::new().await;
    let tables = names(
        &database,
        "select table_name::text from information_schema.columns where table_schema = 'public' \
         and (column_name = 'tenant_id' or (table_name = 'tenants' and column_name = 'id')) and table_name <> all($1)",
    )
    .await;
    assert!(tables.len() >= 7, "{tables:?}");
    let open = names(
        &database,
        "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') \
         and (c.relname = 'tenants' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')) \
         and c.relname <> all($1) and not (c.relrowsecurity and c.relforcerowsecurity \
            and (select count(distinct r.rolname) from pg_policy p cross join unnest(p.polroles) as role (oid) \
                 join pg_roles r on r.oid = role.oid \
                 where p.polrelid = c.oid and r.rolname in ('plinth_app', 'plinth_platform')) = 2)",
    )
    .await;
    assert_eq!(open, [""; 0]);
}

#[tokio::test]
async fn every_key_of_a_tenant_table_begins_with_the_tenant() {
    let database = TestDatabase::new().await;
    let stray_indexes = names(
        &database,
        "select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid \
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' \
         where c.relnamespace = 'public'::regnamespace and i.indisunique and i.indkey[0] <> a.attnum and c.relname <> all($1)",
    )
    .await;
    assert_eq!(stray_indexes, [""; 0]);
    let stray_foreign_keys = names(
        &database,
        "select k.conname::text from pg_constraint k \
         join pg_attribute a on a.attrelid = k.conrelid and a.attname = 'tenant_id' \
         join pg_attribute b on b.attrelid = k.confrelid and b.attname = 'tenant_id' \
         where k.contype = 'f' and k.connamespace = 'public'::regnamespace \
         and not (k.conkey[1] = a.attnum and k.confkey[1] = b.attnum) and k.conrelid::regclass::text <> all($1)",
    )
    .await;
    assert_eq!(stray_foreign_keys, [""; 0]);
    let triggers = names(
        &database,
        "select t.tgname::text from pg_trigger t join pg_attribute a on a.attrelid = t.tgrelid and a.attname = 'tenant_id' \
         join pg_class c on c.oid = t.tgrelid \
         where not t.tgisinternal and c.relnamespace = 'public'::regnamespace and c.relname <> all($1)",
    )
    .await;
    assert_eq!(triggers, [""; 0]);
}

#[tokio::test]
async fn the_roles_own_nothing_bypass_nothing_and_cannot_rewrite_the_audit_log() {
    let database = TestDatabase::new().await;
    let strong: Vec<String> = sqlx::query_scalar(
        "select rolname::text from pg_roles where rolname in ('plinth_app', 'plinth_platform') \
         and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb \
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
