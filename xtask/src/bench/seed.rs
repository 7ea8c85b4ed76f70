//! What the database is filled with, from organization `$1` (exclusive) to `$2`: for each of them three people, 25 projects
//! and 100 tasks. Roles are copies of the demo organization's, so that they are what the product makes.

pub const TASKS: u32 = 100;

/// The cookie of the person who asks for pages: the owner of the first organization, and of the second, which is written to.
pub const SESSION: &str = "a-session-for-measuring";

pub const STATEMENTS: &[&str] = &[
    "insert into users (id, email, email_verified_at, name, created_at, updated_at)
    select format('00000000-0000-7000-8001-%s', lpad(to_hex(n * 3 + k), 12, '0'))::uuid,
        format('person-%s-%s@load.plinth.test', n, k), now(), format('Person %s', n * 3 + k), now(), now()
    from generate_series($1 + 1, $2) n, generate_series(0, 2) k",
    "insert into tenants (id, name, slug, plan_key, billing_state, trial_ends_at, created_by, created_at, updated_at)
    select format('00000000-0000-7000-8002-%s', lpad(to_hex(n), 12, '0'))::uuid, format('Organization %s', n),
        format('organization-%s', n), 'business', 'trialing', now() + interval '14 days',
        format('00000000-0000-7000-8001-%s', lpad(to_hex(n * 3), 12, '0'))::uuid, now(), now()
    from generate_series($1 + 1, $2) n",
    "insert into tenant_slugs (slug, tenant_id, created_at)
    select slug, id, created_at from tenants
    where created_at = (select max(created_at) from tenants) and $1 < $2 and slug like 'organization-%'",
    "insert into iam_roles (tenant_id, id, key, name, is_default, created_at)
    select t.id, md5(t.id::text || r.key)::uuid, r.key, r.name, r.is_default, now()
    from iam_roles r, tenants t
    where r.tenant_id = (select id from tenants where slug not like 'organization-%' order by created_at limit 1)
        and t.slug like 'organization-%' and $1 < $2
    on conflict do nothing",
    "insert into iam_role_permissions (tenant_id, role_id, permission)
    select t.id, md5(t.id::text || r.key)::uuid, p.permission
    from iam_roles r join iam_role_permissions p on p.tenant_id = r.tenant_id and p.role_id = r.id, tenants t
    where r.tenant_id = (select id from tenants where slug not like 'organization-%' order by created_at limit 1)
        and t.slug like 'organization-%' and $1 < $2
    on conflict do nothing",
    "insert into tenant_members (tenant_id, user_id, role_id, joined_at, updated_at)
    select t.id, format('00000000-0000-7000-8001-%s', lpad(to_hex(n * 3 + k), 12, '0'))::uuid,
        md5(t.id::text || case k when 0 then 'owner' else 'member' end)::uuid, now(), now()
    from generate_series($1 + 1, $2) n
    join tenants t on t.slug = format('organization-%s', n), generate_series(0, 2) k",
    "insert into projects (tenant_id, id, name, description, created_by, created_at, updated_at)
    select t.id, format('00000000-0000-7000-8003-%s', lpad(to_hex(n * 25 + k), 12, '0'))::uuid, format('Project %s', k),
        'What it is about, in one sentence.', t.created_by, now(), now() - make_interval(mins => k)
    from generate_series($1 + 1, $2) n
    join tenants t on t.slug = format('organization-%s', n), generate_series(0, 24) k",
    "insert into tasks (tenant_id, id, project_id, title, state, assignee_id, created_by, created_at, updated_at, completed_at)
    select p.tenant_id, format('00000000-0000-7000-8004-%s', lpad(to_hex(n * 100 + k * 4 + i), 12, '0'))::uuid, p.id,
        format('Task %s', i), case when i = 0 then 'done' else 'open' end, t.created_by, t.created_by, now(), now(),
        case when i = 0 then now() end
    from generate_series($1 + 1, $2) n
    join tenants t on t.slug = format('organization-%s', n), generate_series(0, 24) k, generate_series(0, 3) i,
    lateral (select t.id as tenant_id,
        format('00000000-0000-7000-8003-%s', lpad(to_hex(n * 25 + k), 12, '0'))::uuid as id) p",
    "insert into user_sessions (id, token_hash, user_id, method, address, user_agent, created_at, authenticated_at,
        last_seen_at, expires_at)
    select gen_random_uuid(), sha256('a-session-for-measuring'), id, 'password', '127.0.0.1', 'load', now(), now(), now(),
        now() + interval '1 day'
    from users where email = 'person-1-0@load.plinth.test' and $1 < $2
    on conflict do nothing",
    "insert into tenant_members (tenant_id, user_id, role_id, joined_at, updated_at)
    select t.id, u.id, md5(t.id::text || 'owner')::uuid, now(), now()
    from tenants t, users u
    where t.slug = 'organization-2' and u.email = 'person-1-0@load.plinth.test' and $1 < $2
    on conflict do nothing",
];
