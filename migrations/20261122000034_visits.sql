-- Visits: somebody of the staff sees an organization as one of its members does, for a reason and until a time.
--
-- A visit belongs to its operator, who has one at a time over all organizations; it is found by the secret in the operator's
-- browser before anybody is in an organization, as sessions are. So it is a global table, and carries a policy all the same:
-- an organization reads the visits it had, and can end them.

create table platform_impersonation_sessions (
    id uuid primary key,
    tenant_id uuid not null,
    -- As the organization was called then: the operator's own requests cannot read its row.
    organization text not null,
    operator_id uuid not null references users (id),
    -- The session in which the visit was begun; it is good in no other.
    operator_session_id uuid not null,
    subject_id uuid not null references users (id),
    mode text not null,
    reason text not null,
    ticket text,
    -- Forgotten a day after the end.
    token_hash bytea,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    elevated_until timestamptz,
    ended_at timestamptz,
    end_cause text,
    -- Null when time or a rule ended it.
    ended_by uuid references users (id),
    -- Whether the end stands in the operator's own chain as well. An organization that ends a visit cannot write there.
    end_recorded boolean not null default false,
    constraint platform_impersonation_sessions_mode check (mode in ('read_only', 'elevated')),
    constraint platform_impersonation_sessions_elevated check (
        (mode = 'elevated') = (elevated_until is not null) and (elevated_until is null or elevated_until <= expires_at)
    ),
    constraint platform_impersonation_sessions_reason check (char_length(reason) between 10 and 500),
    constraint platform_impersonation_sessions_ticket check (char_length(ticket) between 1 and 80),
    constraint platform_impersonation_sessions_length check (
        expires_at > created_at and expires_at <= created_at + interval '30 minutes'
    ),
    constraint platform_impersonation_sessions_self check (operator_id <> subject_id),
    constraint platform_impersonation_sessions_cause check (
        end_cause in ('stopped', 'expired', 'revoked_by_staff', 'revoked_by_tenant', 'operator_gone', 'subject_gone')
    ),
    constraint platform_impersonation_sessions_end check (
        (ended_at is null) = (end_cause is null)
        and (ended_at is null or ended_at between created_at and expires_at)
        and (ended_at is not null or not end_recorded)
    )
);
create unique index platform_impersonation_sessions_open_key on platform_impersonation_sessions (operator_id)
    where ended_at is null;
create unique index platform_impersonation_sessions_token_key on platform_impersonation_sessions (token_hash)
    where token_hash is not null;
create index platform_impersonation_sessions_tenant on platform_impersonation_sessions (tenant_id, created_at desc, id desc);
create index platform_impersonation_sessions_recent on platform_impersonation_sessions (created_at desc, id desc);
create index platform_impersonation_sessions_subject on platform_impersonation_sessions (subject_id);
-- What is still to be done about those that are over.
create index platform_impersonation_sessions_unsettled on platform_impersonation_sessions (expires_at)
    where ended_at is null or not end_recorded or token_hash is not null;

alter table platform_impersonation_sessions enable row level security;
alter table platform_impersonation_sessions force row level security;
create policy platform_impersonation_sessions_tenant on platform_impersonation_sessions for select to plinth_app
    using (tenant_id = (select current_tenant_id()));
create policy platform_impersonation_sessions_own on platform_impersonation_sessions for select to plinth_app
    using (operator_id = (select current_user_id()));
create policy platform_impersonation_sessions_ended on platform_impersonation_sessions for update to plinth_app
    using (tenant_id = (select current_tenant_id()) and ended_at is null)
    with check (tenant_id = (select current_tenant_id()) and ended_at is not null);
create policy platform_impersonation_sessions_platform on platform_impersonation_sessions for all to plinth_platform
    using (true) with check (true);

grant select, update (ended_at, end_cause, ended_by) on platform_impersonation_sessions to plinth_app;
grant select, insert, update, delete on platform_impersonation_sessions to plinth_platform;

-- What somebody did on behalf of whom, in the order in which it happened.
create index audit_log_on_behalf on audit_log (tenant_id, actor_user_id, on_behalf_of_user_id, position)
    where on_behalf_of_user_id is not null;
