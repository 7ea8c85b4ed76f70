-- Passkeys: keys that somebody's devices keep, and which sign what the server drew. They sign in by themselves, and prove the
-- second factor.

create table user_passkeys (
    id uuid primary key,
    user_id uuid not null references users (id),
    name text not null,
    -- By which the device knows it.
    credential_id bytea not null,
    -- The public key, the last count of its signatures and what it said of itself, as the library writes it. Nothing in it is secret.
    credential jsonb not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    -- One key guards one account.
    constraint user_passkeys_credential_key unique (credential_id),
    -- WebAuthn, 4 (Credential ID).
    constraint user_passkeys_credential_length check (length(credential_id) between 1 and 1023),
    constraint user_passkeys_name check (char_length(name) between 1 and 60)
);
create index user_passkeys_user on user_passkeys (user_id, created_at);

-- What a browser was asked to sign, once and within minutes. Its cookie holds the token, the table only the SHA-256.
create table user_passkey_challenges (
    token_hash bytea primary key,
    purpose text not null,
    -- Null where the passkey says who somebody is.
    user_id uuid references users (id),
    -- The session it was asked for in. Null before there is one.
    session_id uuid,
    -- As the library writes it.
    state jsonb not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint user_passkey_challenges_token_length check (length(token_hash) = 32),
    constraint user_passkey_challenges_purpose check (purpose in ('add', 'prove', 'sign_in')),
    constraint user_passkey_challenges_whose check ((purpose = 'sign_in') = (user_id is null)),
    constraint user_passkey_challenges_where check (case purpose when 'add' then session_id is not null when 'sign_in' then session_id is null else true end),
    constraint user_passkey_challenges_lifetime check (expires_at > created_at)
);
create index user_passkey_challenges_user on user_passkey_challenges (user_id);
create index user_passkey_challenges_expiry on user_passkey_challenges (expires_at);

grant select, insert, update, delete on user_passkeys, user_passkey_challenges to plinth_app, plinth_platform;

alter table user_sessions
    drop constraint user_sessions_method,
    add constraint user_sessions_method check (
        method in ('password', 'magic_link', 'sign_up', 'reset_password', 'demo', 'resume_account', 'passkey')
    );
