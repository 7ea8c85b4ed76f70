-- What the security centre needs beside what is recorded anyway: from where something that is good once was used, where a session
-- was before, and addresses from which nobody may try to come in.

-- Whoever brings it again from there within a minute has pressed twice. It goes with the row.
alter table user_tokens add column used_from text;
alter table user_recovery_codes add column used_from text;
alter table user_second_factors add column last_used_from text;

-- The ticket that led in, to know it again; it goes with the secret of the session.
alter table support_sessions
    add column handoff_used_hash bytea,
    add column handoff_used_at timestamptz,
    add column handoff_used_from text,
    add constraint support_sessions_handoff_used check (
        (handoff_used_hash is null or length(handoff_used_hash) = 32)
        and (handoff_used_hash is null) = (handoff_used_at is null)
        and (handoff_used_hash is null) = (handoff_used_from is null)
    );
create index support_sessions_handoff_used on support_sessions (ended_at) where handoff_used_hash is not null;

-- Where a session was before the place it is in, and how often in a row it has gone back there: a cookie that two have.
alter table user_sessions
    add column left_address text,
    add column left_at timestamptz,
    add column returns smallint not null default 0,
    -- When that was last put on record.
    add column moved_at timestamptz;

-- Addresses from which nobody may try to come in, as the throttles count them: IPv6 by its /64. The application only asks for one.
create table blocked_addresses (
    address text primary key,
    reason text not null,
    blocked_by uuid not null references users (id),
    blocked_at timestamptz not null,
    blocked_until timestamptz not null,
    constraint blocked_addresses_address check (char_length(address) between 3 and 45),
    constraint blocked_addresses_reason check (char_length(reason) between 10 and 500),
    constraint blocked_addresses_period check (blocked_until > blocked_at)
);
create index blocked_addresses_until on blocked_addresses (blocked_until);
grant select (address, blocked_until) on blocked_addresses to plinth_app;
grant select, insert, update, delete on blocked_addresses to plinth_platform;
