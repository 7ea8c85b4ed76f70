-- The plan that counts, asked for in one place; a date for each limit that is exceeded; what somebody chose to keep; and no
-- payment that is missing since nobody knows when.

-- The plan of each organization at an instant, with what it allows and the facts that its state follows from. What the operator
-- gave goes before what is paid for, and that before what the trial is of; of members there are no more than seats that are
-- paid for. A function, because the instant is the application's; one that is written into the query that asks it, and sees
-- what its caller sees.
create function plans_at(instant timestamptz)
returns table (
    tenant_id uuid,
    plan_key text,
    plan_name text,
    project_limit integer,
    member_limit integer,
    guest_limit integer,
    features text[],
    trial_ends_at timestamptz,
    override_kind text,
    override_expires_at timestamptz,
    subscription_status text,
    current_period_end timestamptz,
    subscription_trial_ends_at timestamptz,
    cancel_at_period_end boolean,
    ends_at timestamptz,
    past_due_at timestamptz,
    resumes_at timestamptz
)
language sql stable parallel safe
as $$
    select t.id, p.key, p.name,
        (select l.allowed from plan_limits l where l.plan_key = p.key and l.limit_key = 'projects'),
        least(
            (select l.allowed from plan_limits l where l.plan_key = p.key and l.limit_key = 'members'),
            case when o.id is null and s.status in ('trialing', 'active', 'past_due', 'paused') then s.seats end
        ),
        (select l.allowed from plan_limits l where l.plan_key = p.key and l.limit_key = 'guests'),
        array(select f.feature from plan_features f where f.plan_key = p.key),
        t.trial_ends_at, o.kind, o.expires_at, s.status, s.current_period_end, s.trial_ends_at, s.cancel_at_period_end, s.ends_at,
        s.past_due_at, s.resumes_at
    from tenants t
    left join billing_tenant_subscriptions s on s.tenant_id = t.id and s.is_current
    left join billing_overrides o
        on o.tenant_id = t.id and o.ended_at is null and (o.expires_at is null or o.expires_at > instant)
    join plans p on p.key = coalesce(o.plan_key, s.plan_key, t.plan_key)
$$;

-- Since when there is more of something than the plan allows: each has days of grace of its own. tenants.over_limit_since stays
-- the earliest of them, for lists.
create table billing_over_limits (
    tenant_id uuid not null references tenants (id),
    limit_key text not null,
    since timestamptz not null,
    primary key (tenant_id, limit_key),
    constraint billing_over_limits_key check (limit_key in ('projects', 'members', 'guests'))
);
create index billing_over_limits_since on billing_over_limits (since);
-- Which of them it was is not known; the next look drops those that fit.
insert into billing_over_limits (tenant_id, limit_key, since)
    select t.id, l.limit_key, t.over_limit_since
    from tenants t cross join (values ('projects'), ('members'), ('guests')) as l (limit_key)
    where t.over_limit_since is not null;
drop index tenants_over_limit;

-- What somebody chose to stay in use before a smaller plan takes effect: it stays before everything else of its kind.
create table billing_kept (
    tenant_id uuid not null references tenants (id),
    kind text not null,
    -- The project, or the person.
    kept_id uuid not null,
    chosen_by uuid not null,
    chosen_at timestamptz not null,
    primary key (tenant_id, kind, kept_id),
    constraint billing_kept_kind check (kind in ('project', 'person'))
);

-- A renewal fails when its period begins.
update billing_tenant_subscriptions set past_due_at = current_period_start where status = 'past_due' and past_due_at is null;
alter table billing_tenant_subscriptions
    add constraint billing_subscriptions_past_due check (status <> 'past_due' or past_due_at is not null) not valid;
alter table billing_tenant_subscriptions validate constraint billing_subscriptions_past_due;

alter table billing_over_limits enable row level security;
alter table billing_over_limits force row level security;
alter table billing_kept enable row level security;
alter table billing_kept force row level security;

create policy billing_over_limits_current on billing_over_limits for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy billing_over_limits_platform on billing_over_limits for all to plinth_platform using (true) with check (true);
create policy billing_kept_current on billing_kept for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy billing_kept_platform on billing_kept for all to plinth_platform using (true) with check (true);

grant select, insert, update, delete on billing_over_limits, billing_kept to plinth_app, plinth_platform;
