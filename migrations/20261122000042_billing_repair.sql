-- What staff repaired of an organization's bills, as its people read it: what, and when. Why and by whom is for staff alone.
create table billing_adjustments (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    kind text not null,
    plan_key text references plans (key),
    seats integer,
    expires_at timestamptz,
    adjusted_at timestamptz not null,
    reason text not null,
    -- Null for what was done at the terminal.
    adjusted_by uuid,
    primary key (tenant_id, id),
    constraint billing_adjustments_kind check (kind in ('plan', 'complimentary', 'taken_back', 'seats', 'relinked', 'synced')),
    constraint billing_adjustments_seats check (seats > 0)
);
create index billing_adjustments_recent on billing_adjustments (tenant_id, adjusted_at desc, id desc);

alter table billing_adjustments enable row level security;
alter table billing_adjustments force row level security;
create policy billing_adjustments_current on billing_adjustments for select to plinth_app
    using (tenant_id = (select current_tenant_id()));
create policy billing_adjustments_platform on billing_adjustments for all to plinth_platform using (true) with check (true);
grant select (tenant_id, id, kind, plan_key, seats, expires_at, adjusted_at) on billing_adjustments to plinth_app;
grant select, insert, update, delete on billing_adjustments to plinth_platform;

-- Seats are also set to what is in use by staff.
alter table billing_seat_changes drop constraint billing_seat_changes_source;
alter table billing_seat_changes add constraint billing_seat_changes_source check (source in ('member', 'provider', 'staff')) not valid;
alter table billing_seat_changes validate constraint billing_seat_changes_source;

-- The oldest difference first, of all and of one kind, however many organizations there are.
create index billing_drifts_open on billing_drifts (found_at, tenant_id, kind) where resolved_at is null;
create index billing_drifts_open_of_kind on billing_drifts (kind, found_at, tenant_id) where resolved_at is null;
