//! Nothing is there by half, acknowledged or not.

use contract::iam::DefaultRole;
use sqlx::{AssertSqlSafe, PgPool};

/// What must not be, and how it is found.
const HALVES: [(&str, &str); 11] = [
    (
        "a person without a way in",
        "select id from users u where not exists (select from user_accounts a where a.user_id = u.id)",
    ),
    (
        "a person without both consents",
        "select id from users u where (select count(distinct document) from user_privacy_consents c \
         where c.user_id = u.id and document in ('terms', 'privacy')) < 2",
    ),
    (
        "a person without a record",
        "select id from users u where (select count(*) from audit_log a \
         where a.action = 'user.signed_up' and a.subject_id = u.id) <> 1",
    ),
    (
        "an organization without its owner",
        "select id from tenants t where not exists (select from tenant_members m \
         join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id \
         where m.tenant_id = t.id and m.user_id = t.created_by and r.key = 'owner')",
    ),
    (
        "a role without permissions",
        "select id from iam_roles r where not exists (select from iam_role_permissions p \
         where p.tenant_id = r.tenant_id and p.role_id = r.id)",
    ),
    (
        "an organization without its address",
        "select id from tenants t where not exists (select from tenant_slugs s \
         where s.tenant_id = t.id and s.slug = t.slug and s.retired_at is null)",
    ),
    (
        "an address of no organization",
        "select tenant_id from tenant_slugs s where not exists (select from tenants t where t.id = s.tenant_id)",
    ),
    (
        "an organization, project or task without a record",
        "select id from (select id, id as tenant_id, 'tenant.created' as action from tenants \
         union all select id, tenant_id, 'project.created' from projects \
         union all select id, tenant_id, 'task.created' from tasks) made \
         where (select count(*) from audit_log a where a.tenant_id = made.tenant_id \
         and a.subject_id = made.id and a.action = made.action) <> 1",
    ),
    (
        "a record of something that is not there",
        "select id from audit_log a where subject_id not in (select id from users union all select id from tenants \
         union all select id from projects union all select id from tasks union all select id from user_sessions)",
    ),
    (
        "a task that is not as it was recorded last",
        "select id from tasks k where title is distinct from (select a.after->>'title' from audit_log a \
         where a.tenant_id = k.tenant_id and a.subject_id = k.id order by occurred_at desc, id desc limit 1)",
    ),
    (
        "a mail to nobody",
        "select j.id from graphile_worker._private_jobs j where j.key like 'mail:%' \
         and not exists (select from users u where u.id::text = split_part(j.key, ':', 3))",
    ),
];

pub async fn check(owner: &PgPool) {
    for (what, query) in HALVES {
        assert_eq!(found(owner, query).await, 0, "{what}: {query}");
    }
    let roles = format!(
        "select id from tenants t where (select count(*) from iam_roles r where r.tenant_id = t.id and is_default) <> {}",
        DefaultRole::ALL.len()
    );
    assert_eq!(
        found(owner, &roles).await,
        0,
        "an organization without all of its roles"
    );
}

async fn found(owner: &PgPool, query: &str) -> i64 {
    let counted = format!("select count(*) from ({query}) as half");
    sqlx::query_scalar(AssertSqlSafe(counted))
        .fetch_one(owner)
        .await
        .unwrap()
}
