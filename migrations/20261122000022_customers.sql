-- What staff know and decide about organizations and people: notes, suspensions, and the indexes by which they are found.

-- Parts of names are looked for. Part of Postgres' own contributed modules, as citext is, and trusted: the owner of the database
-- may create it without being its superuser.
create extension if not exists pg_trgm;

-- What staff write down about an organization. Theirs, not the organization's: the application does not read it. Nothing
-- updates a note; it goes with what it is about.
create table platform_notes (
    id uuid primary key,
    tenant_id uuid not null,
    body text not null,
    written_by uuid not null references users (id),
    written_at timestamptz not null,
    constraint platform_notes_body check (length(body) between 1 and 4000)
);
create index platform_notes_tenant on platform_notes (tenant_id, id desc);

-- Organizations that staff have closed, and why. At most one suspension is open.
create table platform_tenant_suspensions (
    id uuid primary key,
    tenant_id uuid not null,
    reason text not null,
    -- Whether its owners had paused it: it is so again when the suspension ends.
    was_paused boolean not null,
    suspended_by uuid not null references users (id),
    suspended_at timestamptz not null,
    ended_by uuid references users (id),
    ended_at timestamptz,
    constraint platform_tenant_suspensions_reason check (length(reason) between 10 and 500),
    constraint platform_tenant_suspensions_end check ((ended_at is null) = (ended_by is null) and ended_at >= suspended_at)
);
create unique index platform_tenant_suspensions_open_key on platform_tenant_suspensions (tenant_id) where ended_at is null;
create index platform_tenant_suspensions_tenant on platform_tenant_suspensions (tenant_id);

-- The same for people.
create table platform_user_suspensions (
    id uuid primary key,
    user_id uuid not null references users (id),
    reason text not null,
    was_paused boolean not null,
    suspended_by uuid not null references users (id),
    suspended_at timestamptz not null,
    ended_by uuid references users (id),
    ended_at timestamptz,
    constraint platform_user_suspensions_reason check (length(reason) between 10 and 500),
    constraint platform_user_suspensions_end check ((ended_at is null) = (ended_by is null) and ended_at >= suspended_at)
);
create unique index platform_user_suspensions_open_key on platform_user_suspensions (user_id) where ended_at is null;
create index platform_user_suspensions_user on platform_user_suspensions (user_id);

-- Deleting is for the purge of an organization that has ended.
grant select, insert, delete on platform_notes to plinth_platform;
grant select, insert, update, delete on platform_tenant_suspensions to plinth_platform;
grant select, insert, update on platform_user_suspensions to plinth_platform;

-- Who has to choose a new password has none until then.
grant delete on user_accounts to plinth_platform;

-- Finding organizations: newest first by their id, by a part of the name or the address, by status and by state. Indexes of
-- expressions are whole, since those of a part of the rows tell the planner nothing about how many a search finds.
create index tenants_name_parts on tenants using gin (lower(name) gin_trgm_ops);
create index tenants_slug_parts on tenants using gin (lower(slug::text) gin_trgm_ops);
create index tenants_by_status on tenants (status, id desc) where status <> 'active' and deleted_at is null;
create index tenants_by_billing_state on tenants (billing_state, id desc) where deleted_at is null;

-- Finding people: by how their address begins, by a part of the name, by what rests, and who came when.
create index users_email_beginning on users (lower(email::text) text_pattern_ops);
create index users_name_parts on users using gin (lower(name) gin_trgm_ops);
create index users_by_status on users (status, id desc) where status <> 'active' and deleted_at is null;
create index users_by_age on users (created_at);

-- The addresses an organization had before.
create index tenant_slugs_former on tenant_slugs (tenant_id) where retired_at is not null;

-- What went wrong, of late.
create index billing_events_about on billing_payment_events (about_tenant, received_at desc) where about_tenant is not null;
create index billing_events_open on billing_payment_events (status, received_at) where status in ('received', 'failed');
