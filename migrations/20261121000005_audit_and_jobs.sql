-- What happened. Append-only by grants: no role of the application may change or remove a row.

create table audit_log (
    -- The nil uuid for what belongs to a person and to no organization (sign-in, password, profile).
    tenant_id uuid not null,
    id uuid not null,
    occurred_at timestamptz not null,
    action text not null,
    origin text not null,
    actor_user_id uuid,
    on_behalf_of_user_id uuid,
    subject_type text not null,
    subject_id uuid,
    before jsonb,
    after jsonb,
    address text,
    user_agent text,
    request_id text,
    primary key (tenant_id, id),
    constraint audit_log_action check (action ~ '^[a-z_]+\.[a-z_]+$'),
    constraint audit_log_origin check (origin in ('anonymous', 'session', 'api_key', 'impersonation', 'support', 'system'))
);
create index audit_log_recent on audit_log (tenant_id, occurred_at desc);
create index audit_log_actor on audit_log (actor_user_id, occurred_at desc);

alter table audit_log enable row level security;
alter table audit_log force row level security;

create policy audit_log_current on audit_log for select to plinth_app
    using (tenant_id = (select current_tenant_id()));
create policy audit_log_own on audit_log for select to plinth_app
    using (actor_user_id = (select current_user_id()));
create policy audit_log_append on audit_log for insert to plinth_app
    with check (
        tenant_id = (select current_tenant_id())
        or (
            tenant_id = '00000000-0000-0000-0000-000000000000'
            and (actor_user_id is null or actor_user_id = (select current_user_id()))
        )
    );
create policy audit_log_platform on audit_log for all to plinth_platform using (true) with check (true);

grant select, insert on audit_log to plinth_app, plinth_platform;

-- The queue forgets a job that is done; this is its history. Error texts only, never a payload.
create table job_runs (
    id uuid primary key,
    task text not null,
    job_id bigint not null,
    job_key text,
    attempt integer not null,
    outcome text not null,
    error text,
    started_at timestamptz not null,
    finished_at timestamptz not null,
    constraint job_runs_outcome check (outcome in ('succeeded', 'failed')),
    constraint job_runs_error check ((outcome = 'failed') = (error is not null))
);
create index job_runs_recent on job_runs (finished_at desc);

grant select, insert, delete on job_runs to plinth_platform;

-- The only way into the queue for a request: inside its own transaction, and without rights on the queue's tables.
create function enqueue_job(task text, payload json, run_at timestamptz, job_key text) returns void
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    as $$
begin
    perform graphile_worker.add_job(task, payload := payload, run_at := run_at, max_attempts := 12, job_key := job_key);
end
$$;
revoke all on function enqueue_job(text, json, timestamptz, text) from public;
grant execute on function enqueue_job(text, json, timestamptz, text) to plinth_app, plinth_platform;
