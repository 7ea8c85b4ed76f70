-- The plan of one organization instead of those of all: whoever asks has the organization's row already, and it is not read
-- twice behind its policies.
create function plan_at(organization uuid, trial_plan text, instant timestamptz)
returns table (
    plan_key text,
    plan_name text,
    project_limit integer,
    member_limit integer,
    guest_limit integer,
    features text[],
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
    select p.key, p.name,
        (select l.allowed from plan_limits l where l.plan_key = p.key and l.limit_key = 'projects'),
        least(
            (select l.allowed from plan_limits l where l.plan_key = p.key and l.limit_key = 'members'),
            case when o.id is null and s.status in ('trialing', 'active', 'past_due', 'paused') then s.seats end
        ),
        (select l.allowed from plan_limits l where l.plan_key = p.key and l.limit_key = 'guests'),
        array(select f.feature from plan_features f where f.plan_key = p.key),
        o.kind, o.expires_at, s.status, s.current_period_end, s.trial_ends_at, s.cancel_at_period_end, s.ends_at, s.past_due_at,
        s.resumes_at
    from (values (organization)) as t (id)
    left join billing_tenant_subscriptions s on s.tenant_id = t.id and s.is_current
    left join billing_overrides o
        on o.tenant_id = t.id and o.ended_at is null and (o.expires_at is null or o.expires_at > instant)
    join plans p on p.key = coalesce(o.plan_key, s.plan_key, trial_plan)
$$;
drop function plans_at(timestamptz);
