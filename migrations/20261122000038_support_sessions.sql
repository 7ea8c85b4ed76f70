-- Support sessions: an organization lets somebody of the staff in, to parts of it and until a time.
--
-- Like a visit, a session is found by the secret in its operator's browser before anybody is in an organization. So it is a
-- global table, and carries policies all the same: an organization reads, makes, answers and ends its own.

alter table tenants
    add column support_policy text not null default 'on_approval'
        constraint tenants_support_policy check (support_policy in ('never', 'on_approval', 'always_read_only')),
    -- Who decided so: whoever is let in by policy sees what they see.
    add column support_policy_by uuid references users (id);

create table support_sessions (
    id uuid primary key,
    tenant_id uuid not null,
    -- As the organization was called then: the operator's own requests cannot read its row.
    organization text not null,
    surface text not null default 'organization',
    state text not null,
    areas text[] not null,
    may_write boolean not null,
    hours smallint not null,
    -- A member let support in without being asked.
    offered boolean not null,
    -- The organization's policy let them in.
    by_policy boolean not null default false,
    reason text not null,
    ticket text,
    -- Null for an offer that nobody has taken up.
    operator_id uuid references users (id),
    -- The session in which it was entered; it is good in no other.
    operator_session_id uuid,
    -- Who let support in, and whose rights bound what is seen.
    host_id uuid references users (id),
    created_at timestamptz not null,
    -- A request lapses then.
    answer_by timestamptz,
    granted_at timestamptz,
    expires_at timestamptz,
    -- The way in, good once and for a minute.
    handoff_hash bytea,
    handoff_expires_at timestamptz,
    entered_at timestamptz,
    -- Forgotten a day after the end.
    token_hash bytea,
    ended_at timestamptz,
    -- Null when time or a rule ended it.
    ended_by uuid references users (id),
    -- Whether the end stands in the operator's own chain as well. An organization that ends a session cannot write there.
    end_recorded boolean not null default false,
    constraint support_sessions_surface check (surface in ('organization', 'portal')),
    constraint support_sessions_state check (state in (
        'requested', 'approved', 'auto_approved', 'denied', 'lapsed', 'handoff_pending', 'active',
        'ended_by_support', 'ended_by_customer', 'expired', 'revoked'
    )),
    constraint support_sessions_areas check (
        cardinality(areas) > 0 and areas <@ array['work', 'people', 'settings', 'billing', 'log']
    ),
    constraint support_sessions_hours check (hours in (1, 4, 8, 24, 72)),
    constraint support_sessions_reason check (char_length(reason) between 10 and 500),
    constraint support_sessions_ticket check (char_length(ticket) between 1 and 80),
    -- An offer is granted by who makes it, and a policy lets nobody change anything.
    constraint support_sessions_asked check (
        (operator_id is not null or offered) and (offered = (answer_by is null)) and not (offered and by_policy)
        and not (by_policy and may_write)
    ),
    constraint support_sessions_granted check (
        (granted_at is null) = (host_id is null) and (granted_at is null) = (expires_at is null)
        and (granted_at is null or (granted_at >= created_at and expires_at = granted_at + hours * interval '1 hour'))
        and (state <> 'requested' or granted_at is null)
        and (state not in ('approved', 'auto_approved', 'handoff_pending', 'active', 'ended_by_customer', 'expired')
            or granted_at is not null)
        and (state <> 'approved' or not by_policy) and (state <> 'auto_approved' or by_policy)
    ),
    constraint support_sessions_handoff check (
        (state = 'handoff_pending') = (handoff_hash is not null)
        and (handoff_hash is null) = (handoff_expires_at is null)
        and (state <> 'handoff_pending' or operator_id is not null)
    ),
    constraint support_sessions_entered check (
        (entered_at is null) = (operator_session_id is null)
        and (entered_at is null or (operator_id is not null and granted_at is not null))
        and (state <> 'active' or (entered_at is not null and token_hash is not null))
        and (token_hash is null or entered_at is not null)
    ),
    constraint support_sessions_end check (
        (ended_at is not null) = (state in (
            'denied', 'lapsed', 'ended_by_support', 'ended_by_customer', 'expired', 'revoked'
        ))
        and (ended_at is null or ended_at >= created_at)
        and (ended_at is not null or not end_recorded)
    )
);
-- One organization at a time, and one session at a time with each.
create unique index support_sessions_active_key on support_sessions (operator_id) where state = 'active';
create unique index support_sessions_open_key on support_sessions (tenant_id, operator_id)
    where ended_at is null and operator_id is not null;
create unique index support_sessions_token_key on support_sessions (token_hash) where token_hash is not null;
create index support_sessions_tenant on support_sessions (tenant_id, created_at desc, id desc);
create index support_sessions_recent on support_sessions (created_at desc, id desc);
-- Who is in, asked for by every page of an organization.
create index support_sessions_inside on support_sessions (tenant_id) where state in ('handoff_pending', 'active');
-- What is still to be done about those that are open or over.
create index support_sessions_unsettled on support_sessions (created_at) where ended_at is null or not end_recorded;
create index support_sessions_secrets on support_sessions (ended_at) where token_hash is not null;

alter table support_sessions enable row level security;
alter table support_sessions force row level security;
create policy support_sessions_tenant on support_sessions for select to plinth_app
    using (tenant_id = (select current_tenant_id()));
create policy support_sessions_own on support_sessions for select to plinth_app
    using (operator_id = (select current_user_id()));
-- A member makes offers, in their own name.
create policy support_sessions_offered on support_sessions for insert to plinth_app
    with check (
        tenant_id = (select current_tenant_id()) and offered and state = 'approved' and operator_id is null
        and host_id = (select current_user_id())
    );
create policy support_sessions_answered on support_sessions for update to plinth_app
    using (tenant_id = (select current_tenant_id()) and ended_at is null)
    with check (
        tenant_id = (select current_tenant_id())
        and (ended_at is not null or (state = 'approved' and host_id = (select current_user_id())))
    );
create policy support_sessions_platform on support_sessions for all to plinth_platform
    using (true) with check (true);

grant select, insert on support_sessions to plinth_app;
grant update (state, hours, host_id, granted_at, expires_at, handoff_hash, handoff_expires_at, ended_at, ended_by)
    on support_sessions to plinth_app;
grant select, insert, update, delete on support_sessions to plinth_platform;
