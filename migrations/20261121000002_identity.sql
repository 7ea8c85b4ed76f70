-- People and how they prove who they are. These tables are global: a person may belong to many organizations.

create table users (
    id uuid primary key,
    email citext not null,
    email_verified_at timestamptz,
    name text not null,
    locale text not null default 'en',
    time_zone text not null default 'UTC',
    theme text not null default 'system',
    notify_new_sign_in boolean not null default true,
    status text not null default 'active',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint users_email_length check (length(email) between 3 and 254),
    constraint users_name_length check (length(name) between 1 and 100),
    constraint users_theme check (theme in ('system', 'light', 'dark')),
    constraint users_status check (status in ('active', 'suspended', 'deactivated'))
);
create unique index users_email_key on users (email) where deleted_at is null;

-- One row for each way in: a password today, an identity provider's subject later.
create table user_accounts (
    user_id uuid not null references users (id),
    provider text not null,
    subject text not null,
    password_hash text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (user_id, provider),
    constraint user_accounts_subject_key unique (provider, subject),
    constraint user_accounts_provider check (provider ~ '^[a-z][a-z0-9_]{0,31}$'),
    constraint user_accounts_password check ((provider = 'password') = (password_hash is not null))
);

-- The cookie holds the token, the table only its SHA-256. Deleting the row is revocation.
create table user_sessions (
    id uuid primary key,
    token_hash bytea not null,
    user_id uuid not null references users (id),
    method text not null,
    address text not null,
    user_agent text not null,
    created_at timestamptz not null,
    authenticated_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    constraint user_sessions_token_key unique (token_hash),
    constraint user_sessions_token_length check (length(token_hash) = 32),
    constraint user_sessions_method check (method in ('password', 'magic_link', 'sign_up', 'reset_password', 'demo')),
    constraint user_sessions_lifetime check (expires_at > created_at)
);
create index user_sessions_user on user_sessions (user_id, last_seen_at desc);
create index user_sessions_expiry on user_sessions (expires_at);

-- What a mailed link carries, as a hash: single use, for one purpose and one address, expiring.
create table user_tokens (
    token_hash bytea primary key,
    user_id uuid not null references users (id),
    purpose text not null,
    email citext not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint user_tokens_hash_length check (length(token_hash) = 32),
    constraint user_tokens_purpose check (purpose in ('verify_email', 'reset_password', 'magic_link')),
    constraint user_tokens_lifetime check (expires_at > created_at)
);
-- A new link replaces the one before it.
create unique index user_tokens_open_key on user_tokens (user_id, purpose) where used_at is null;
create index user_tokens_expiry on user_tokens (expires_at);

create table user_privacy_consents (
    id uuid primary key,
    user_id uuid not null references users (id),
    document text not null,
    version text not null,
    granted boolean not null,
    address text not null,
    created_at timestamptz not null,
    constraint user_privacy_consents_document check (document in ('terms', 'privacy', 'analytics'))
);
create index user_privacy_consents_user on user_privacy_consents (user_id, document, created_at desc);

-- Counters of the throttles. Unlogged: they survive a restart, and after a crash everybody starts afresh.
-- The key is a hash: the table must not become a list of addresses.
create unlogged table rate_limits (
    policy text not null,
    key bytea not null,
    attempts integer not null,
    window_started_at timestamptz not null,
    blocked_until timestamptz,
    primary key (policy, key),
    constraint rate_limits_attempts check (attempts >= 0)
);
create index rate_limits_window on rate_limits (window_started_at);

grant select, insert, update on users, user_accounts to plinth_app, plinth_platform;
grant select, insert, update, delete on user_sessions, user_tokens, rate_limits to plinth_app, plinth_platform;
grant select, insert on user_privacy_consents to plinth_app, plinth_platform;
