-- What everybody is told about the house: incidents, and windows of maintenance with what they close. Both belong to no
-- organization. Requests read them; only staff, commands and the worker write them.

create table incidents (
    id uuid primary key,
    kind text not null,
    state text not null,
    title text not null,
    -- The notice stands over every page from the one to the other, unless it is resolved before. Without an end until then.
    starts_at timestamptz not null,
    ends_at timestamptz,
    created_by uuid not null references users (id),
    created_at timestamptz not null,
    -- When something was last said about it. Who has put the notice away is told of what is said later.
    updated_at timestamptz not null,
    resolved_at timestamptz,
    archived_at timestamptz,
    archived_by uuid references users (id),
    constraint incidents_kind check (kind in ('outage', 'degraded', 'maintenance', 'information')),
    constraint incidents_state check (state in ('investigating', 'identified', 'monitoring', 'resolved')),
    constraint incidents_title check (char_length(title) between 1 and 120),
    constraint incidents_window check (ends_at is null or ends_at > starts_at),
    constraint incidents_resolved check ((state = 'resolved') = (resolved_at is not null)),
    constraint incidents_archived check ((archived_at is null) = (archived_by is null))
);
create index incidents_open on incidents (starts_at) where archived_at is null and resolved_at is null;
create index incidents_newest on incidents (starts_at desc, id desc);
grant select on incidents to plinth_app;
grant select, insert, update on incidents to plinth_platform;

-- What was said, word for word. The first one comes with the incident.
create table incident_updates (
    incident_id uuid not null references incidents (id),
    id uuid not null,
    state text not null,
    text text not null,
    written_by uuid not null references users (id),
    written_at timestamptz not null,
    primary key (incident_id, id),
    constraint incident_updates_state check (state in ('investigating', 'identified', 'monitoring', 'resolved')),
    constraint incident_updates_text check (char_length(text) between 1 and 2000)
);
grant select on incident_updates to plinth_app;
grant select, insert on incident_updates to plinth_platform;

-- Who has put which notice away, and when.
create table incident_dismissals (
    user_id uuid not null references users (id),
    incident_id uuid not null references incidents (id),
    dismissed_at timestamptz not null,
    primary key (user_id, incident_id)
);
alter table incident_dismissals enable row level security;
alter table incident_dismissals force row level security;
create policy own on incident_dismissals to plinth_app
    using (user_id = current_user_id()) with check (user_id = current_user_id());
create policy platform on incident_dismissals to plinth_platform using (true) with check (true);
grant select, insert, update, delete on incident_dismissals to plinth_app;
grant select, delete on incident_dismissals to plinth_platform;

-- What is closed, how far, for whom and when. A window begins and ends by the clock alone.
create table maintenance_windows (
    id uuid primary key,
    level text not null,
    -- A surface, or one organization, or everything. No foreign key: what belongs to no organization refers to none.
    surface text,
    only_tenant_id uuid,
    message text not null,
    starts_at timestamptz not null,
    ends_at timestamptz,
    -- Null for who works at the terminal.
    created_by uuid references users (id),
    created_at timestamptz not null,
    ended_by uuid references users (id),
    ended_at timestamptz,
    constraint maintenance_windows_level check (level in ('banner', 'read_only', 'closed')),
    constraint maintenance_windows_surface check (surface in ('site', 'account', 'organizations')),
    constraint maintenance_windows_scope check (surface is null or only_tenant_id is null),
    constraint maintenance_windows_message check (char_length(message) <= 300),
    constraint maintenance_windows_window check (ends_at is null or ends_at > starts_at)
);
create index maintenance_windows_open on maintenance_windows (starts_at) where ended_at is null;
create index maintenance_windows_newest on maintenance_windows (starts_at desc, id desc);
grant select on maintenance_windows to plinth_app;
grant select, insert, update on maintenance_windows to plinth_platform;

-- A worker that lives says so here, by the database's clock.
create table worker_heartbeats (
    worker_id uuid primary key,
    seen_at timestamptz not null
);
grant select on worker_heartbeats to plinth_app;
grant select, insert, update, delete on worker_heartbeats to plinth_platform;
