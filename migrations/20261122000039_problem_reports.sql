-- What people report as a problem, with what they were looking at, and what the house makes of it.
--
-- A report is the house's: whoever reports may be in no organization, or not signed in at all. The application writes it down
-- and reads none of it, not even one's own.

create table problem_reports (
    id uuid primary key,
    state text not null default 'open',
    -- Null for who was not signed in.
    user_id uuid references users (id),
    -- The organization that they were in, found by their membership. No foreign key: what belongs to no organization refers to
    -- none. It goes with the organization's end.
    tenant_id uuid,
    -- The visit on which somebody of the staff was.
    visit_id uuid,
    -- A path without its query, which may hold what lets somebody in; empty when nobody knows it.
    page text not null,
    -- The page could not be shown.
    failed boolean not null,
    request_id text not null,
    release text not null,
    browser text not null,
    -- What the browser's scripts told of it, and the last error they had.
    facts text not null,
    client_error text not null,
    note text not null,
    assigned_to uuid references users (id),
    received_at timestamptz not null,
    closed_at timestamptz,
    constraint problem_reports_state check (state in ('open', 'in_progress', 'resolved', 'dismissed')),
    -- What is open is nobody's, and what is in progress is somebody's.
    constraint problem_reports_assigned check (
        (state <> 'open' or assigned_to is null) and (state <> 'in_progress' or assigned_to is not null)
    ),
    constraint problem_reports_closed check ((state in ('resolved', 'dismissed')) = (closed_at is not null)),
    constraint problem_reports_visit check (visit_id is null or tenant_id is not null),
    constraint problem_reports_page check (page = '' or (page like '/%' and char_length(page) <= 300)),
    constraint problem_reports_request check (request_id ~ '^[A-Za-z0-9._-]{0,64}$'),
    constraint problem_reports_texts check (
        char_length(release) between 1 and 100 and char_length(browser) <= 400 and char_length(facts) <= 400
        and char_length(client_error) <= 1000 and char_length(note) <= 2000
    )
);
create index problem_reports_waiting on problem_reports (id desc) where closed_at is null;
create index problem_reports_by_state on problem_reports (state, id desc);
create index problem_reports_assigned on problem_reports (assigned_to, id desc) where assigned_to is not null;
create index problem_reports_user on problem_reports (user_id) where user_id is not null;
create index problem_reports_tenant on problem_reports (tenant_id) where tenant_id is not null;
create index problem_reports_closed on problem_reports (closed_at) where closed_at is not null;
create index problem_reports_words on problem_reports
    using gin (lower(page || ' ' || request_id || ' ' || note || ' ' || client_error) gin_trgm_ops);
grant insert on problem_reports to plinth_app;
grant select, update, delete on problem_reports to plinth_platform;

-- A picture that the person made. In a table of its own, so that reading reports does not read pictures.
create table problem_report_screenshots (
    report_id uuid primary key references problem_reports (id) on delete cascade,
    kind text not null,
    width integer not null,
    height integer not null,
    content bytea not null,
    received_at timestamptz not null,
    constraint problem_report_screenshots_kind check (kind in ('png', 'jpeg', 'webp')),
    constraint problem_report_screenshots_size check (
        width between 1 and 8192 and height between 1 and 8192 and octet_length(content) between 1 and 2097152
    )
);
create index problem_report_screenshots_received on problem_report_screenshots (received_at);
grant insert on problem_report_screenshots to plinth_app;
grant select, delete on problem_report_screenshots to plinth_platform;

-- What staff write down about it. Nothing updates a note.
create table problem_report_notes (
    report_id uuid not null references problem_reports (id) on delete cascade,
    id uuid not null,
    body text not null,
    written_by uuid not null references users (id),
    written_at timestamptz not null,
    primary key (report_id, id),
    constraint problem_report_notes_body check (char_length(body) between 1 and 4000)
);
grant select, insert on problem_report_notes to plinth_platform;
