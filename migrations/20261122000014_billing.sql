-- What is sold, what an organization pays for, and what the payment provider told about it.
--
-- The catalogue is global. Everything of an organization leads its keys with tenant_id. Amounts are integers in the minor unit
-- of their currency. What the provider says is kept as facts with the instant at which the provider changed them last; newer
-- facts win, and of two with the same instant the one with the greater hash, so that any order of deliveries ends in the same
-- rows.

-- The columns project_limit, member_limit and guest_limit of plans are read by nodes of the release before this one until they
-- are replaced; a later migration drops them.
create table plan_limits (
    plan_key text not null references plans (key),
    limit_key text not null,
    -- Null is unlimited.
    allowed integer,
    primary key (plan_key, limit_key),
    constraint plan_limits_key check (limit_key in ('projects', 'members', 'guests')),
    constraint plan_limits_allowed check (allowed is null or allowed > 0 or (allowed = 0 and limit_key = 'guests'))
);
insert into plan_limits (plan_key, limit_key, allowed)
    select key, 'projects', project_limit from plans
    union all select key, 'members', member_limit from plans
    union all select key, 'guests', guest_limit from plans;

create table plan_features (
    plan_key text not null references plans (key),
    feature text not null,
    primary key (plan_key, feature),
    constraint plan_features_feature check (feature in ('audit_export'))
);
insert into plan_features (plan_key, feature) values ('team', 'audit_export'), ('business', 'audit_export');

-- The price of one seat for one interval. An archived price is kept by those who have it and is not sold any more.
create table plan_prices (
    id uuid primary key,
    plan_key text not null references plans (key),
    billing_interval text not null,
    currency text not null,
    seat_amount bigint not null,
    -- The provider's product that is sold under it; null until the catalogue is published there.
    provider_product_id text,
    archived_at timestamptz,
    constraint plan_prices_interval check (billing_interval in ('month', 'year')),
    constraint plan_prices_currency check (currency ~ '^[a-z]{3}$'),
    constraint plan_prices_amount check (seat_amount > 0)
);
create unique index plan_prices_on_sale_key on plan_prices (plan_key, billing_interval, currency) where archived_at is null;
create unique index plan_prices_product_key on plan_prices (provider_product_id) where provider_product_id is not null;
insert into plan_prices (id, plan_key, billing_interval, currency, seat_amount) values
    ('019ab000-0000-7000-8000-000000000001', 'starter', 'month', 'usd', 900),
    ('019ab000-0000-7000-8000-000000000002', 'starter', 'year', 'usd', 9000),
    ('019ab000-0000-7000-8000-000000000003', 'team', 'month', 'usd', 1900),
    ('019ab000-0000-7000-8000-000000000004', 'team', 'year', 'usd', 19000),
    ('019ab000-0000-7000-8000-000000000005', 'business', 'month', 'usd', 3900),
    ('019ab000-0000-7000-8000-000000000006', 'business', 'year', 'usd', 39000);

-- Who an organization is at the provider. Two organizations with one customer are a defect of older data that reconciliation
-- names; the database does not refuse it, because what is known must be kept.
create table billing_customers (
    tenant_id uuid not null primary key references tenants (id),
    provider text not null,
    provider_customer_id text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint billing_customers_provider check (provider in ('polar'))
);
create index billing_customers_provider_id on billing_customers (provider, provider_customer_id);

-- Every subscription the provider told of. One of them is the one that counts.
create table billing_tenant_subscriptions (
    tenant_id uuid not null references tenants (id),
    provider_subscription_id text not null,
    provider text not null,
    provider_customer_id text not null,
    provider_product_id text not null,
    -- Null when the product is none of ours.
    plan_key text references plans (key),
    billing_interval text,
    status text not null,
    seats integer not null,
    amount bigint not null,
    currency text not null,
    started_at timestamptz,
    current_period_start timestamptz not null,
    current_period_end timestamptz,
    trial_ends_at timestamptz,
    cancel_at_period_end boolean not null,
    canceled_at timestamptz,
    ends_at timestamptz,
    ended_at timestamptz,
    past_due_at timestamptz,
    resumes_at timestamptz,
    pending_product_id text,
    pending_seats integer,
    pending_applies_at timestamptz,
    created_at timestamptz not null,
    modified_at timestamptz not null,
    facts_hash bytea not null,
    is_current boolean not null default false,
    primary key (tenant_id, provider_subscription_id),
    constraint billing_subscriptions_provider check (provider in ('polar')),
    constraint billing_subscriptions_interval check (billing_interval in ('month', 'year')),
    constraint billing_subscriptions_status check (status in
        ('incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'canceled', 'unpaid', 'paused')),
    constraint billing_subscriptions_seats check (seats > 0),
    constraint billing_subscriptions_amount check (amount >= 0)
);
create unique index billing_subscriptions_current_key on billing_tenant_subscriptions (tenant_id) where is_current;

-- What the provider sent, as it came. Not an organization's table: whose it is is found out afterwards.
create table billing_payment_events (
    id uuid primary key,
    provider text not null,
    message_id text not null,
    event_type text not null,
    payload bytea not null,
    payload_hash bytea not null,
    -- Another payload under the same id: evidence, never processed.
    divergent_payload bytea,
    diverged_at timestamptz,
    received_at timestamptz not null,
    status text not null default 'received',
    -- The organization it was found to be about.
    about_tenant uuid,
    attempts integer not null default 0,
    last_error text,
    next_attempt_at timestamptz not null,
    processed_at timestamptz,
    constraint billing_events_status check (status in ('received', 'processed', 'ignored', 'failed')),
    constraint billing_events_processed check ((status in ('processed', 'ignored')) = (processed_at is not null))
);
create unique index billing_events_message_key on billing_payment_events (provider, message_id);
create index billing_events_due on billing_payment_events (next_attempt_at) where status = 'received';
create index billing_events_recent on billing_payment_events (received_at desc);

create table billing_invoices (
    tenant_id uuid not null references tenants (id),
    provider_order_id text not null,
    provider text not null,
    provider_subscription_id text,
    number text,
    status text not null,
    paid boolean not null,
    billing_reason text not null,
    net_amount bigint not null,
    tax_amount bigint not null,
    total_amount bigint not null,
    currency text not null,
    next_attempt_at timestamptz,
    created_at timestamptz not null,
    modified_at timestamptz not null,
    facts_hash bytea not null,
    primary key (tenant_id, provider_order_id),
    constraint billing_invoices_provider check (provider in ('polar'))
);
create index billing_invoices_recent on billing_invoices (tenant_id, created_at desc);

-- Checkouts that were opened. At most one is open, so that two clicks, two tabs and two people come to the same page.
create table billing_checkouts (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    provider_checkout_id text,
    plan_key text not null references plans (key),
    billing_interval text not null,
    seats integer not null,
    url text,
    status text not null default 'open',
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (tenant_id, id),
    constraint billing_checkouts_status check (status in ('open', 'succeeded', 'expired', 'replaced')),
    constraint billing_checkouts_interval check (billing_interval in ('month', 'year')),
    constraint billing_checkouts_seats check (seats > 0)
);
create unique index billing_checkouts_open_key on billing_checkouts (tenant_id) where status = 'open';

create table billing_seat_changes (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    seats_before integer not null,
    seats_after integer not null,
    source text not null,
    changed_by uuid,
    changed_at timestamptz not null,
    primary key (tenant_id, id),
    constraint billing_seat_changes_source check (source in ('member', 'provider')),
    constraint billing_seat_changes_seats check (seats_before > 0 and seats_after > 0)
);

-- What the operator decided instead of what is paid for. At most one holds.
create table billing_overrides (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    kind text not null,
    plan_key text not null references plans (key),
    reason text not null,
    starts_at timestamptz not null,
    expires_at timestamptz,
    ended_at timestamptz,
    primary key (tenant_id, id),
    -- `complimentary` is free of charge; `plan` gives another plan's limits to somebody whose state stays what it is.
    constraint billing_overrides_kind check (kind in ('complimentary', 'plan')),
    constraint billing_overrides_reason check (length(reason) between 1 and 500)
);
create unique index billing_overrides_current_key on billing_overrides (tenant_id) where ended_at is null;

create table billing_cancellations (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    provider_subscription_id text not null,
    reason text not null,
    comment text not null,
    canceled_by uuid,
    canceled_at timestamptz not null,
    ends_at timestamptz,
    undone_at timestamptz,
    primary key (tenant_id, id),
    constraint billing_cancellations_reason check (reason in ('too_expensive', 'missing_feature', 'just_testing', 'other')),
    constraint billing_cancellations_comment check (length(comment) <= 1000)
);

-- What was said to an organization about its bills, so that nothing is said twice.
create table billing_notices (
    tenant_id uuid not null references tenants (id),
    kind text not null,
    -- What it is about: the end of the trial, the failed payment.
    occasion text not null,
    sent_at timestamptz not null,
    primary key (tenant_id, kind, occasion)
);

-- Where ours and the provider's differ. Named, never repaired by itself.
create table billing_drifts (
    tenant_id uuid not null references tenants (id),
    kind text not null,
    expected text not null,
    actual text not null,
    found_at timestamptz not null,
    seen_at timestamptz not null,
    resolved_at timestamptz,
    primary key (tenant_id, kind, found_at),
    constraint billing_drifts_kind check (kind in ('missing_customer', 'missing_subscription', 'shared_customer',
        'price_mismatch', 'several_subscriptions', 'seat_drift', 'ownership_mismatch', 'provider_outage'))
);
create unique index billing_drifts_open_key on billing_drifts (tenant_id, kind) where resolved_at is null;

-- What exceeds a plan is paused: it can be read and not changed.
alter table projects add column paused_at timestamptz;
alter table tenant_members add column paused_at timestamptz;
-- Since when an organization has more than its plan allows; what exceeds is paused after a while.
alter table tenants add column over_limit_since timestamptz;
-- A trial may be the subscription's.
alter table tenants drop constraint tenants_trial;

-- What somebody may do in an organization at this moment: nothing when it, their place in it or their account rests.
create view working_rights with (security_invoker = true) as
    select m.tenant_id, m.user_id, m.member_type, m.paused_at is not null as paused, r.permission
    from tenant_members m
    join tenants t on t.id = m.tenant_id and t.status = 'active'
    join users u on u.id = m.user_id and u.status = 'active' and u.deleted_at is null
    join iam_role_permissions r on r.tenant_id = m.tenant_id and r.role_id = m.role_id
    where m.status = 'active';
grant select on working_rights to plinth_app, plinth_platform;

create index tenants_over_limit on tenants (over_limit_since) where over_limit_since is not null;

alter table billing_customers enable row level security;
alter table billing_customers force row level security;
alter table billing_tenant_subscriptions enable row level security;
alter table billing_tenant_subscriptions force row level security;
alter table billing_invoices enable row level security;
alter table billing_invoices force row level security;
alter table billing_checkouts enable row level security;
alter table billing_checkouts force row level security;
alter table billing_seat_changes enable row level security;
alter table billing_seat_changes force row level security;
alter table billing_overrides enable row level security;
alter table billing_overrides force row level security;
alter table billing_cancellations enable row level security;
alter table billing_cancellations force row level security;
alter table billing_notices enable row level security;
alter table billing_notices force row level security;
alter table billing_drifts enable row level security;
alter table billing_drifts force row level security;

create policy billing_customers_current on billing_customers for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy billing_customers_platform on billing_customers for all to plinth_platform using (true) with check (true);
create policy billing_subscriptions_current on billing_tenant_subscriptions for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
-- Who enters an organization is told its plan before the transaction is in it.
create policy billing_subscriptions_own on billing_tenant_subscriptions for select to plinth_app
    using (exists (
        select from tenant_members m
        where m.tenant_id = billing_tenant_subscriptions.tenant_id and m.user_id = (select current_user_id())
    ));
create policy billing_subscriptions_platform on billing_tenant_subscriptions for all to plinth_platform
    using (true) with check (true);
create policy billing_invoices_current on billing_invoices for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy billing_invoices_platform on billing_invoices for all to plinth_platform using (true) with check (true);
create policy billing_checkouts_current on billing_checkouts for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy billing_checkouts_platform on billing_checkouts for all to plinth_platform using (true) with check (true);
create policy billing_seat_changes_current on billing_seat_changes for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy billing_seat_changes_platform on billing_seat_changes for all to plinth_platform using (true) with check (true);
create policy billing_overrides_current on billing_overrides for select to plinth_app
    using (tenant_id = (select current_tenant_id()));
create policy billing_overrides_own on billing_overrides for select to plinth_app
    using (exists (
        select from tenant_members m
        where m.tenant_id = billing_overrides.tenant_id and m.user_id = (select current_user_id())
    ));
create policy billing_overrides_platform on billing_overrides for all to plinth_platform using (true) with check (true);
create policy billing_cancellations_current on billing_cancellations for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy billing_cancellations_platform on billing_cancellations for all to plinth_platform using (true) with check (true);
create policy billing_notices_current on billing_notices for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy billing_notices_platform on billing_notices for all to plinth_platform using (true) with check (true);
create policy billing_drifts_current on billing_drifts for select to plinth_app
    using (tenant_id = (select current_tenant_id()));
create policy billing_drifts_platform on billing_drifts for all to plinth_platform using (true) with check (true);

grant select on plan_limits, plan_features, plan_prices to plinth_app;
grant select, insert, update, delete on plan_limits, plan_features, plan_prices to plinth_platform;
grant select, insert, update on billing_customers, billing_tenant_subscriptions, billing_invoices, billing_checkouts,
    billing_seat_changes, billing_cancellations to plinth_app;
grant select, insert, update, delete on billing_customers, billing_tenant_subscriptions, billing_invoices, billing_checkouts,
    billing_seat_changes, billing_cancellations, billing_overrides, billing_notices, billing_drifts, billing_payment_events
    to plinth_platform;
grant select on billing_overrides, billing_drifts to plinth_app;
grant select, insert on billing_notices to plinth_app;
