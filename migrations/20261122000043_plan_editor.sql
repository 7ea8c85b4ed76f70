-- The catalogue as staff change it: one version for each plan, so that of two who edit at once one is told, and what each version
-- changed.

alter table plans
    add column version bigint not null default 1,
    add constraint plans_version check (version > 0),
    add constraint plans_name check (char_length(name) between 1 and 40);

create table plan_changes (
    plan_key text not null references plans (key),
    -- The one that came of it.
    version bigint not null,
    fields text[] not null,
    changed_by uuid not null references users (id),
    changed_at timestamptz not null,
    primary key (plan_key, version),
    constraint plan_changes_fields check (cardinality(fields) > 0)
);
grant select, insert on plan_changes to plinth_platform;

-- Whoever is on a plan: by what they pay for, by what they were given, and by the trial.
create index tenants_by_plan on tenants (plan_key, id) where deleted_at is null;
