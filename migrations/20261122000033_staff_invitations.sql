-- Staff are invited by staff: the link of an invitation is the only way to become one, but for the first.

create table platform_invitations (
    id uuid primary key,
    email citext not null,
    role text not null,
    invited_by uuid not null references users (id),
    -- Of the link that was mailed last; one that is mailed again replaces it. Null until the first mail is written.
    token_hash bytea,
    status text not null default 'pending',
    created_at timestamptz not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    accepted_by uuid references users (id),
    constraint platform_invitations_email_length check (length(email) between 3 and 254),
    constraint platform_invitations_role check (role in ('superadmin', 'support', 'billing', 'auditor')),
    constraint platform_invitations_token_key unique (token_hash),
    constraint platform_invitations_token_length check (length(token_hash) = 32),
    constraint platform_invitations_status check (status in ('pending', 'accepted', 'revoked')),
    constraint platform_invitations_end check ((status = 'pending') = (ended_at is null)),
    constraint platform_invitations_accepted check ((status = 'accepted') = (accepted_by is not null)),
    constraint platform_invitations_lifetime check (expires_at > sent_at)
);
create unique index platform_invitations_open_key on platform_invitations (email) where status = 'pending';
create index platform_invitations_recent on platform_invitations (created_at desc);

-- Nobody else knows that there are any.
grant select, insert, update on platform_invitations to plinth_platform;

-- Staff read the log of everything, newest first, and all that concerns one person.
create index audit_log_everything on audit_log (occurred_at desc, id desc);
create index audit_log_subject on audit_log (subject_id, occurred_at desc, id desc) where subject_id is not null;
create index audit_log_on_behalf_of on audit_log (on_behalf_of_user_id, occurred_at desc, id desc)
    where on_behalf_of_user_id is not null;

-- Staff look for accounts and clients that have to wait.
create index rate_limits_blocked on rate_limits (blocked_until desc) where blocked_until is not null;
