-- Second factors: what somebody proves besides their password or the address that a link was mailed to.

create table user_second_factors (
    id uuid primary key,
    user_id uuid not null references users (id),
    kind text not null,
    -- Sealed with a key of the server's: the database alone does not tell the codes.
    secret bytea not null,
    -- The step of the last code that was right. A code of it or of one before it is not taken again.
    last_step bigint,
    created_at timestamptz not null,
    -- Null until the first code was right: it guards nothing until then.
    confirmed_at timestamptz,
    last_used_at timestamptz,
    constraint user_second_factors_kind check (kind in ('totp')),
    constraint user_second_factors_step check ((confirmed_at is null) = (last_step is null)),
    constraint user_second_factors_confirmed check (confirmed_at is null or confirmed_at >= created_at)
);
create index user_second_factors_user on user_second_factors (user_id);
-- One app at a time, and beside it the one that is being set up in its place.
create unique index user_second_factors_app_key on user_second_factors (user_id) where kind = 'totp' and confirmed_at is not null;
create unique index user_second_factors_new_key on user_second_factors (user_id) where kind = 'totp' and confirmed_at is null;

-- For who has lost the other factor. Each works once.
create table user_recovery_codes (
    id uuid primary key,
    user_id uuid not null references users (id),
    -- Under a key of the server's, so that nobody who has the table finds the codes by trying.
    code_hash bytea not null,
    -- The code itself, sealed, until its owner has said that they keep it.
    sealed bytea,
    created_at timestamptz not null,
    used_at timestamptz,
    constraint user_recovery_codes_hash_length check (length(code_hash) = 32),
    constraint user_recovery_codes_key unique (user_id, code_hash)
);
create index user_recovery_codes_sealed on user_recovery_codes (created_at) where sealed is not null;

-- Sign-ins whose first half is done. The cookie holds the token, the table only its SHA-256.
create table user_factor_challenges (
    token_hash bytea primary key,
    user_id uuid not null references users (id),
    -- What the first half was, as the session will say it.
    method text not null,
    tries integer not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint user_factor_challenges_token_length check (length(token_hash) = 32),
    constraint user_factor_challenges_tries check (tries between 0 and 5),
    constraint user_factor_challenges_lifetime check (expires_at > created_at)
);
create index user_factor_challenges_user on user_factor_challenges (user_id);
create index user_factor_challenges_expiry on user_factor_challenges (expires_at);

grant select, insert, update, delete on user_second_factors, user_recovery_codes, user_factor_challenges
    to plinth_app, plinth_platform;

-- Whether an organization lets in only who has proven a second factor.
alter table tenants add column second_factor_required boolean not null default false;
