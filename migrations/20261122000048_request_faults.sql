-- Faults of ours that somebody met and perhaps told nobody about: where and when, by the name that the request has in the log, and
-- whose it was as far as the request had proven it. Nothing of what was asked for stands here, neither ids nor a query.
--
-- It is the house's, like a report: whoever meets a fault may be in no organization, or not signed in at all. The application
-- writes it down and reads none of it.

create table request_faults (
    id uuid primary key,
    -- No foreign key: what belongs to no organization refers to none. It goes with the organization's end.
    tenant_id uuid,
    user_id uuid references users (id),
    method text not null,
    -- As it is routed, with the names of its parts and not their values.
    route text not null,
    request_id text not null,
    status smallint not null,
    created_at timestamptz not null,
    constraint request_faults_method check (method in ('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other')),
    constraint request_faults_route check (char_length(route) between 1 and 300 and route !~ '[?#]'),
    constraint request_faults_request check (request_id ~ '^[A-Za-z0-9._-]{0,64}$'),
    constraint request_faults_status check (status between 500 and 599)
);
create index request_faults_tenant on request_faults (tenant_id, created_at desc) where tenant_id is not null;
create index request_faults_user on request_faults (user_id) where user_id is not null;
create index request_faults_created on request_faults (created_at);

-- The server writes it by itself, behind the answer: no transaction in which somebody is at work adds to it.
alter table request_faults enable row level security;
alter table request_faults force row level security;
create policy request_faults_written on request_faults for insert to plinth_app
    with check (current_tenant_id() is null and current_user_id() is null);
create policy request_faults_platform on request_faults for all to plinth_platform using (true) with check (true);
grant insert on request_faults to plinth_app;
grant select, update (user_id), delete on request_faults to plinth_platform;
