-- A person reads who of the staff saw an organization with their eyes, also once they have left it: it was about them. And they
-- put an end to it while it goes on.

drop index platform_impersonation_sessions_subject;
create index platform_impersonation_sessions_subject on platform_impersonation_sessions (subject_id, created_at desc, id desc);
create policy platform_impersonation_sessions_subject on platform_impersonation_sessions for select to plinth_app
    using (subject_id = (select current_user_id()));

alter table platform_impersonation_sessions
    drop constraint platform_impersonation_sessions_cause,
    add constraint platform_impersonation_sessions_cause check (
        end_cause in (
            'stopped', 'expired', 'revoked_by_staff', 'revoked_by_tenant', 'revoked_by_subject', 'operator_gone', 'subject_gone'
        )
    );

-- Of a session that nobody came in by there is nothing to tell.
create index support_sessions_host on support_sessions (host_id, entered_at desc, id desc) where entered_at is not null;
create policy support_sessions_host on support_sessions for select to plinth_app
    using (host_id = (select current_user_id()) and entered_at is not null);

-- What was looked at and tried, as the organization has it. The operator's own chain stays the operator's.
create policy audit_log_on_behalf on audit_log for select to plinth_app
    using (
        on_behalf_of_user_id = (select current_user_id())
        and tenant_id <> '00000000-0000-0000-0000-000000000000'
    );
