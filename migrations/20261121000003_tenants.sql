-- Organizations, who belongs to them, and what they may do there.

create table plans (
    key text primary key,
    name text not null,
    position integer not null,
    -- Null is unlimited.
    project_limit integer,
    member_limit integer,
    guest_limit integer,
    is_public boolean not null default true,
    archived_at timestamptz,
    constraint plans_key check (key ~ '^[a-z][a-z0-9_]{0,31}$'),
    constraint plans_limits check (
        coalesce(project_limit, 1) > 0 and coalesce(member_limit, 1) > 0 and coalesce(guest_limit, 0) >= 0
    )
);
insert into plans (key, name, position, project_limit, member_limit, guest_limit) values
    ('starter', 'Starter', 1, 5, 5, 5),
    ('team', 'Team', 2, 50, 50, 50),
    ('business', 'Business', 3, null, null, null);

create table tenants (
    id uuid primary key,
    name text not null,
    -- The current slug, as in tenant_slugs, so that a page needs no second look-up.
    slug citext not null,
    status text not null default 'active',
    plan_key text not null,
    billing_state text not null,
    trial_ends_at timestamptz,
    created_by uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint tenants_name_length check (length(name) between 1 and 80),
    constraint tenants_status check (status in ('active', 'suspended', 'deactivated', 'deleting')),
    constraint tenants_billing_state check (billing_state in
        ('none', 'trialing', 'active', 'canceling', 'past_due', 'restricted', 'paused', 'complimentary', 'canceled')),
    constraint tenants_trial check (billing_state <> 'trialing' or trial_ends_at is not null)
);
alter table tenants add constraint tenants_plan_fkey foreign key (plan_key) references plans (key);
alter table tenants add constraint tenants_creator_fkey foreign key (created_by) references users (id);

-- Every slug an organization has or had: unique over all of them, and the way from an old address to the new one.
-- A global table without a foreign key to tenants, so that tenants can be distributed by their id.
create table tenant_slugs (
    slug citext primary key,
    tenant_id uuid not null,
    created_at timestamptz not null,
    retired_at timestamptz,
    constraint tenant_slugs_format check (slug::text ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) between 3 and 40)
);
create unique index tenant_slugs_current_key on tenant_slugs (tenant_id) where retired_at is null;

create table iam_roles (
    tenant_id uuid not null,
    id uuid not null,
    key text not null,
    name text not null,
    is_default boolean not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    constraint iam_roles_key_key unique (tenant_id, key),
    constraint iam_roles_key_format check (key ~ '^[a-z][a-z0-9_]{0,31}$')
);
alter table iam_roles add constraint iam_roles_tenant_fkey foreign key (tenant_id) references tenants (id);

create table iam_role_permissions (
    tenant_id uuid not null,
    role_id uuid not null,
    permission text not null,
    primary key (tenant_id, role_id, permission),
    constraint iam_role_permissions_format check (permission ~ '^[a-z_]+\.[a-z_]+$')
);
alter table iam_role_permissions add constraint iam_role_permissions_role_fkey
    foreign key (tenant_id, role_id) references iam_roles (tenant_id, id) on delete cascade;

create table tenant_members (
    tenant_id uuid not null,
    user_id uuid not null,
    role_id uuid not null,
    member_type text not null default 'member',
    status text not null default 'active',
    joined_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, user_id),
    constraint tenant_members_type check (member_type in ('member', 'guest')),
    constraint tenant_members_status check (status in ('active', 'suspended'))
);
alter table tenant_members add constraint tenant_members_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table tenant_members add constraint tenant_members_user_fkey foreign key (user_id) references users (id);
alter table tenant_members add constraint tenant_members_role_fkey
    foreign key (tenant_id, role_id) references iam_roles (tenant_id, id);
create index tenant_members_user on tenant_members (user_id);

alter table tenants enable row level security;
alter table tenants force row level security;
alter table iam_roles enable row level security;
alter table iam_roles force row level security;
alter table iam_role_permissions enable row level security;
alter table iam_role_permissions force row level security;
alter table tenant_members enable row level security;
alter table tenant_members force row level security;

-- A request sees the organization it is in, and a person the ones they belong to (the switcher, the way in).
create policy tenants_current on tenants for all to plinth_app
    using (id = (select current_tenant_id())) with check (id = (select current_tenant_id()));
create policy tenants_own on tenants for select to plinth_app
    using (exists (
        select from tenant_members m
        where m.tenant_id = tenants.id and m.user_id = (select current_user_id())
    ));
create policy tenants_platform on tenants for all to plinth_platform using (true) with check (true);

create policy tenant_members_current on tenant_members for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy tenant_members_own on tenant_members for select to plinth_app
    using (user_id = (select current_user_id()));
create policy tenant_members_platform on tenant_members for all to plinth_platform using (true) with check (true);

create policy iam_roles_current on iam_roles for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy iam_roles_own on iam_roles for select to plinth_app
    using (exists (
        select from tenant_members m
        where m.tenant_id = iam_roles.tenant_id and m.user_id = (select current_user_id())
    ));
create policy iam_roles_platform on iam_roles for all to plinth_platform using (true) with check (true);

create policy iam_role_permissions_current on iam_role_permissions for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy iam_role_permissions_own on iam_role_permissions for select to plinth_app
    using (exists (
        select from tenant_members m
        where m.tenant_id = iam_role_permissions.tenant_id and m.user_id = (select current_user_id())
    ));
create policy iam_role_permissions_platform on iam_role_permissions for all to plinth_platform
    using (true) with check (true);

grant select on plans to plinth_app;
grant select, insert, update on plans to plinth_platform;
grant select, insert, update on tenants, tenant_slugs to plinth_app, plinth_platform;
grant select, insert, update, delete on iam_roles, iam_role_permissions, tenant_members to plinth_app, plinth_platform;
