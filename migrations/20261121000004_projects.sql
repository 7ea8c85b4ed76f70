-- The sample domain: projects with tasks. docs/guides/replace-the-sample-domain.md says how a fork replaces it.

create table projects (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,
    description text not null default '',
    status text not null default 'active',
    created_by uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    deleted_by uuid,
    primary key (tenant_id, id),
    constraint projects_name_length check (length(name) between 1 and 80),
    constraint projects_description_length check (length(description) <= 2000),
    constraint projects_status check (status in ('active', 'archived')),
    constraint projects_bin check ((deleted_at is null) = (deleted_by is null))
);
alter table projects add constraint projects_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table projects add constraint projects_creator_fkey foreign key (created_by) references users (id);
alter table projects add constraint projects_deleter_fkey foreign key (deleted_by) references users (id);
create unique index projects_name_key on projects (tenant_id, lower(name)) where deleted_at is null;
create index projects_recent on projects (tenant_id, updated_at desc) where deleted_at is null;
create index projects_bin_index on projects (tenant_id, deleted_at desc) where deleted_at is not null;

create table tasks (
    tenant_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    title text not null,
    state text not null default 'open',
    assignee_id uuid,
    due_on date,
    created_by uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    completed_at timestamptz,
    deleted_at timestamptz,
    deleted_by uuid,
    primary key (tenant_id, id),
    constraint tasks_title_length check (length(title) between 1 and 200),
    constraint tasks_state check (state in ('open', 'in_progress', 'done')),
    constraint tasks_completed check ((state = 'done') = (completed_at is not null)),
    constraint tasks_bin check ((deleted_at is null) = (deleted_by is null))
);
alter table tasks add constraint tasks_project_fkey
    foreign key (tenant_id, project_id) references projects (tenant_id, id);
-- Only somebody of the organization can be assigned. Who leaves is taken off their tasks by the same transaction.
alter table tasks add constraint tasks_assignee_fkey
    foreign key (tenant_id, assignee_id) references tenant_members (tenant_id, user_id);
alter table tasks add constraint tasks_creator_fkey foreign key (created_by) references users (id);
alter table tasks add constraint tasks_deleter_fkey foreign key (deleted_by) references users (id);
create index tasks_project on tasks (tenant_id, project_id, created_at) where deleted_at is null;
create index tasks_assignee on tasks (tenant_id, assignee_id) where deleted_at is null;

alter table projects enable row level security;
alter table projects force row level security;
alter table tasks enable row level security;
alter table tasks force row level security;

create policy projects_current on projects for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy projects_platform on projects for all to plinth_platform using (true) with check (true);
create policy tasks_current on tasks for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy tasks_platform on tasks for all to plinth_platform using (true) with check (true);

grant select, insert, update on projects, tasks to plinth_app;
grant select, insert, update, delete on projects, tasks to plinth_platform;
