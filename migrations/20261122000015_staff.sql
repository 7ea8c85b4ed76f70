-- Staff: people of the platform. They are accounts like everybody's, and never members of an organization: what they may do
-- there, they do by visiting it, under a reason and a clock.

create table platform_role_assignments (
    id uuid primary key,
    user_id uuid not null references users (id),
    role text not null,
    -- Null for the first one, who is made at the terminal.
    granted_by uuid references users (id),
    granted_at timestamptz not null,
    revoked_by uuid references users (id),
    revoked_at timestamptz,
    constraint platform_role_assignments_role check (role in ('superadmin', 'support', 'billing', 'auditor')),
    constraint platform_role_assignments_end check (revoked_at is null or revoked_at >= granted_at)
);
-- One role at a time: another one replaces it, and what was before stays readable.
create unique index platform_role_assignments_open_key on platform_role_assignments (user_id) where revoked_at is null;
create index platform_role_assignments_user on platform_role_assignments (user_id, granted_at desc);

-- Requests ask who is staff when they look a session up; only staff and commands say who is.
grant select on platform_role_assignments to plinth_app;
grant select, insert, update on platform_role_assignments to plinth_platform;

-- When the person behind a session last proved a second factor in it. A session of staff without one reaches nothing of theirs.
alter table user_sessions add column second_factor_at timestamptz;

-- What staff do carries their origin, in their own chain and in that of the organization it concerns.
alter table audit_log drop constraint audit_log_origin;
alter table audit_log add constraint audit_log_origin
    check (origin in ('anonymous', 'session', 'api_key', 'impersonation', 'support', 'staff', 'system')) not valid;
alter table audit_log validate constraint audit_log_origin;
