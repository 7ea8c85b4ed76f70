-- Who comes, who stays, who goes: invitations, workspaces, what guests were given, and handing an organization over.

create table tenant_invitations (
    tenant_id uuid not null,
    id uuid not null,
    email citext not null,
    role_id uuid not null,
    member_type text not null,
    status text not null default 'pending',
    invited_by uuid not null,
    created_at timestamptz not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    accepted_by uuid,
    primary key (tenant_id, id),
    constraint tenant_invitations_email_length check (length(email) between 3 and 254),
    constraint tenant_invitations_type check (member_type in ('member', 'guest')),
    constraint tenant_invitations_status check (status in ('pending', 'accepted', 'declined', 'revoked')),
    constraint tenant_invitations_lifetime check (expires_at > sent_at and sent_at >= created_at),
    constraint tenant_invitations_ended check ((status = 'pending') = (ended_at is null)),
    constraint tenant_invitations_accepted check ((status = 'accepted') = (accepted_by is not null))
);
alter table tenant_invitations add constraint tenant_invitations_tenant_fkey
    foreign key (tenant_id) references tenants (id);
alter table tenant_invitations add constraint tenant_invitations_role_fkey
    foreign key (tenant_id, role_id) references iam_roles (tenant_id, id);
alter table tenant_invitations add constraint tenant_invitations_inviter_fkey
    foreign key (invited_by) references users (id);
alter table tenant_invitations add constraint tenant_invitations_accepter_fkey
    foreign key (accepted_by) references users (id);
-- Invited twice is one invitation.
create unique index tenant_invitations_open_key on tenant_invitations (tenant_id, email) where status = 'pending';
create index tenant_invitations_role on tenant_invitations (tenant_id, role_id);
-- Who invited somebody, on the page of people.
create index tenant_invitations_accepter on tenant_invitations (tenant_id, accepted_by) where accepted_by is not null;
-- For who has just signed up: what waits for this address.
create index tenant_invitations_email on tenant_invitations (email) where status = 'pending';

-- What a link to an invitation carries, as a hash. Several may lead to one: the mailed one, and one that was copied.
-- A global table like tenant_slugs: the code leads to the organization before anybody is in it.
create table invitation_codes (
    code_hash bytea primary key,
    tenant_id uuid not null,
    invitation_id uuid not null,
    -- Whether it went to the invited address, so that who has it has the address. A copied one may be anybody's.
    proves_address boolean not null,
    created_at timestamptz not null,
    constraint invitation_codes_hash_length check (length(code_hash) = 32)
);
create index invitation_codes_invitation on invitation_codes (tenant_id, invitation_id);
create index invitation_codes_age on invitation_codes (created_at);

-- What became of each address that somebody pasted, for the page that tells it. Gone after a day.
create table tenant_invitation_batches (
    tenant_id uuid not null,
    id uuid not null,
    created_by uuid not null,
    rows jsonb not null,
    created_at timestamptz not null,
    primary key (tenant_id, id)
);
alter table tenant_invitation_batches add constraint tenant_invitation_batches_tenant_fkey
    foreign key (tenant_id) references tenants (id);
alter table tenant_invitation_batches add constraint tenant_invitation_batches_creator_fkey
    foreign key (created_by) references users (id);
create index tenant_invitation_batches_age on tenant_invitation_batches (created_at);

-- Teams inside an organization.
create table workspaces (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,
    created_by uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint workspaces_name_length check (length(name) between 1 and 80)
);
alter table workspaces add constraint workspaces_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table workspaces add constraint workspaces_creator_fkey foreign key (created_by) references users (id);
create unique index workspaces_name_key on workspaces (tenant_id, lower(name));

-- Who leaves the organization leaves its workspaces.
create table workspace_members (
    tenant_id uuid not null,
    workspace_id uuid not null,
    user_id uuid not null,
    added_at timestamptz not null,
    primary key (tenant_id, workspace_id, user_id)
);
alter table workspace_members add constraint workspace_members_workspace_fkey
    foreign key (tenant_id, workspace_id) references workspaces (tenant_id, id) on delete cascade;
alter table workspace_members add constraint workspace_members_member_fkey
    foreign key (tenant_id, user_id) references tenant_members (tenant_id, user_id) on delete cascade;
create index workspace_members_user on workspace_members (tenant_id, user_id);

-- A project may belong to a workspace, and then be seen by its people alone.
alter table projects
    add column workspace_id uuid,
    add column visibility text not null default 'organization',
    add constraint projects_visibility check (
        visibility = 'organization' or (visibility = 'workspace' and workspace_id is not null)
    );
alter table projects add constraint projects_workspace_fkey
    foreign key (tenant_id, workspace_id) references workspaces (tenant_id, id);
create index projects_workspace on projects (tenant_id, workspace_id) where workspace_id is not null;

-- What a guest may see beside the workspaces they are in.
create table project_guests (
    tenant_id uuid not null,
    project_id uuid not null,
    user_id uuid not null,
    added_at timestamptz not null,
    primary key (tenant_id, project_id, user_id)
);
alter table project_guests add constraint project_guests_project_fkey
    foreign key (tenant_id, project_id) references projects (tenant_id, id) on delete cascade;
alter table project_guests add constraint project_guests_member_fkey
    foreign key (tenant_id, user_id) references tenant_members (tenant_id, user_id) on delete cascade;
create index project_guests_user on project_guests (tenant_id, user_id);

-- What somebody is given when they accept.
create table tenant_invitation_grants (
    tenant_id uuid not null,
    invitation_id uuid not null,
    id uuid not null,
    workspace_id uuid,
    project_id uuid,
    primary key (tenant_id, invitation_id, id),
    constraint tenant_invitation_grants_one check (num_nonnulls(workspace_id, project_id) = 1)
);
alter table tenant_invitation_grants add constraint tenant_invitation_grants_invitation_fkey
    foreign key (tenant_id, invitation_id) references tenant_invitations (tenant_id, id) on delete cascade;
alter table tenant_invitation_grants add constraint tenant_invitation_grants_workspace_fkey
    foreign key (tenant_id, workspace_id) references workspaces (tenant_id, id) on delete cascade;
alter table tenant_invitation_grants add constraint tenant_invitation_grants_project_fkey
    foreign key (tenant_id, project_id) references projects (tenant_id, id) on delete cascade;

-- An owner offers, the member confirms. At most one offer is open.
create table ownership_offers (
    tenant_id uuid not null,
    id uuid not null,
    offered_by uuid not null,
    offered_to uuid not null,
    status text not null default 'open',
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    primary key (tenant_id, id),
    constraint ownership_offers_status check (status in ('open', 'accepted', 'declined', 'withdrawn')),
    constraint ownership_offers_ended check ((status = 'open') = (ended_at is null)),
    constraint ownership_offers_lifetime check (expires_at > created_at),
    constraint ownership_offers_two check (offered_by <> offered_to)
);
alter table ownership_offers add constraint ownership_offers_tenant_fkey foreign key (tenant_id) references tenants (id);
alter table ownership_offers add constraint ownership_offers_giver_fkey foreign key (offered_by) references users (id);
alter table ownership_offers add constraint ownership_offers_receiver_fkey foreign key (offered_to) references users (id);
create unique index ownership_offers_open_key on ownership_offers (tenant_id) where status = 'open';

-- Roles of one's own.
alter table iam_roles
    add column description text not null default '',
    add column updated_at timestamptz,
    add constraint iam_roles_name_length check (length(name) between 1 and 60),
    add constraint iam_roles_description_length check (length(description) <= 200);
create unique index iam_roles_name_key on iam_roles (tenant_id, lower(name));
create index tenant_members_role on tenant_members (tenant_id, role_id);

-- A guest never has more than a guest's place, and a role of one's own may be given to either.
insert into iam_role_permissions (tenant_id, role_id, permission)
select tenant_id, id, 'workspaces.manage' from iam_roles where is_default and key in ('owner', 'admin')
on conflict do nothing;

-- Accounts that end: one that is paused is taken up again by who proves to be its owner, one that is deleted leaves nothing
-- by which somebody could come in, or be known.
alter table user_tokens
    drop constraint user_tokens_purpose,
    add constraint user_tokens_purpose check (purpose in ('verify_email', 'reset_password', 'magic_link', 'resume_account'));
alter table user_sessions
    drop constraint user_sessions_method,
    add constraint user_sessions_method check (
        method in ('password', 'magic_link', 'sign_up', 'reset_password', 'demo', 'resume_account')
    );
grant delete on user_accounts, user_privacy_consents to plinth_app;

-- What is in a bin for too long.
create index projects_bin_age on projects (deleted_at) where deleted_at is not null;
create index tasks_bin_age on tasks (deleted_at) where deleted_at is not null;

-- An organization that was deleted, until it is purged.
alter table tenants
    add column purge_after timestamptz,
    add constraint tenants_deleting check ((status = 'deleting') = (purge_after is not null));
create index tenants_purge on tenants (purge_after) where purge_after is not null;
create index tenants_creator on tenants (created_by);

alter table tenant_invitations enable row level security;
alter table tenant_invitations force row level security;
alter table tenant_invitation_batches enable row level security;
alter table tenant_invitation_batches force row level security;
alter table workspaces enable row level security;
alter table workspaces force row level security;
alter table workspace_members enable row level security;
alter table workspace_members force row level security;
alter table project_guests enable row level security;
alter table project_guests force row level security;
alter table tenant_invitation_grants enable row level security;
alter table tenant_invitation_grants force row level security;
alter table ownership_offers enable row level security;
alter table ownership_offers force row level security;

create policy tenant_invitations_current on tenant_invitations for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
-- Somebody sees what waits for the address they have proven.
create policy tenant_invitations_own on tenant_invitations for select to plinth_app
    using (status = 'pending' and email = (
        select u.email from users u
        where u.id = (select current_user_id()) and u.email_verified_at is not null and u.deleted_at is null
    ));
create policy tenants_inviting on tenants for select to plinth_app
    using (exists (
        select from tenant_invitations i join users u on u.email = i.email
        where i.tenant_id = tenants.id and i.status = 'pending' and u.id = (select current_user_id())
            and u.email_verified_at is not null and u.deleted_at is null
    ));
create policy tenant_invitations_platform on tenant_invitations for all to plinth_platform using (true) with check (true);
create policy tenant_invitation_batches_current on tenant_invitation_batches for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy tenant_invitation_batches_platform on tenant_invitation_batches for all to plinth_platform
    using (true) with check (true);
create policy workspaces_current on workspaces for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy workspaces_platform on workspaces for all to plinth_platform using (true) with check (true);
create policy workspace_members_current on workspace_members for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy workspace_members_platform on workspace_members for all to plinth_platform using (true) with check (true);
create policy project_guests_current on project_guests for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy project_guests_platform on project_guests for all to plinth_platform using (true) with check (true);
create policy tenant_invitation_grants_current on tenant_invitation_grants for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
create policy tenant_invitation_grants_platform on tenant_invitation_grants for all to plinth_platform
    using (true) with check (true);
create policy ownership_offers_current on ownership_offers for all to plinth_app
    using (tenant_id = (select current_tenant_id())) with check (tenant_id = (select current_tenant_id()));
-- Somebody sees what they are offered before they enter.
create policy ownership_offers_own on ownership_offers for select to plinth_app
    using (offered_to = (select current_user_id()));
create policy ownership_offers_platform on ownership_offers for all to plinth_platform using (true) with check (true);

-- How far somebody sees within their organization, carried like the organization itself: 'all' for who manages workspaces,
-- 'member' for everybody's projects and those of one's own workspaces, anything else for what one was given.
create function current_reach() returns text
    language sql stable parallel safe
    return coalesce(nullif(current_setting('plinth.reach', true), ''), 'given');

-- Members know what workspaces there are, guests the ones they are in.
create policy workspaces_reach on workspaces as restrictive for all to plinth_app
    using (tenant_id = (select current_tenant_id()) and (
        (select current_reach()) in ('all', 'member')
        or exists (
            select from workspace_members w
            where w.tenant_id = workspaces.tenant_id and w.workspace_id = workspaces.id
                and w.user_id = (select current_user_id())
        )
    ));
create policy projects_reach on projects as restrictive for all to plinth_app
    using (tenant_id = (select current_tenant_id()) and (
        (select current_reach()) = 'all'
        or (visibility = 'organization' and (select current_reach()) = 'member')
        or exists (
            select from workspace_members w
            where w.tenant_id = projects.tenant_id and w.workspace_id = projects.workspace_id
                and w.user_id = (select current_user_id())
        )
        or exists (
            select from project_guests g
            where g.tenant_id = projects.tenant_id and g.project_id = projects.id and g.user_id = (select current_user_id())
        )
    ));
create policy tasks_reach on tasks as restrictive for all to plinth_app
    using (tenant_id = (select current_tenant_id()) and (
        (select current_reach()) = 'all'
        or exists (select from projects p where p.tenant_id = tasks.tenant_id and p.id = tasks.project_id)
    ));

grant select, insert, update, delete on tenant_invitations, invitation_codes, tenant_invitation_batches, workspaces, workspace_members, project_guests,
    tenant_invitation_grants, ownership_offers to plinth_app, plinth_platform;
grant delete on tenants, tenant_slugs to plinth_platform;
