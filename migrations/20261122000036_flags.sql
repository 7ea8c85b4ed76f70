-- What staff have said about a flag. Flags are declared in the program: what stands here without a declaration of the same key
-- and birth counts for nothing.
create table feature_flags (
    key text not null,
    -- The day the flag was declared. A key that is used again for something else has another one, and begins afresh.
    born date not null,
    killed boolean not null default false,
    -- The share it is rolled out to, in percent. Null: not by share.
    rollout smallint,
    -- Counts the changes, so that two people do not undo each other's unseen.
    version bigint not null default 1,
    changed_at timestamptz not null,
    changed_by uuid references users (id),
    primary key (key, born),
    constraint feature_flags_key check (key ~ '^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$' and length(key) <= 64),
    constraint feature_flags_rollout check (rollout between 0 and 100)
);

create table feature_flag_overrides (
    key text not null,
    born date not null,
    level text not null,
    -- The id of a person or an organization, or the key of a plan.
    subject text not null,
    value boolean not null,
    created_at timestamptz not null,
    created_by uuid references users (id),
    primary key (key, born, level, subject),
    constraint feature_flag_overrides_flag foreign key (key, born) references feature_flags (key, born),
    constraint feature_flag_overrides_level check (level in ('user', 'tenant', 'plan')),
    constraint feature_flag_overrides_subject check (length(subject) between 1 and 64)
);
create index feature_flag_overrides_subject on feature_flag_overrides (level, subject);

-- One number that moves with every change, by which each node knows that what it remembers is of before.
create table feature_flag_version (
    only_row boolean primary key default true,
    version bigint not null,
    constraint feature_flag_version_only_row check (only_row)
);
insert into feature_flag_version (version) values (1);

grant select on feature_flags, feature_flag_overrides, feature_flag_version to plinth_app;
grant select, insert, update, delete on feature_flags, feature_flag_overrides to plinth_platform;
grant select, update on feature_flag_version to plinth_platform;

