//! A year of a house that is lived in, and what is left of it after the clean-up.

use std::sync::Arc;

use chrono::TimeDelta;
use futures::{FutureExt, future::BoxFuture};

use super::{Period, periods};
use crate::{
    Deps,
    jobs::{Job, JobContext, clean_up::CleanUp},
    mail::{Mailer, NotSent, Rendered},
    testing::{TestDatabase, clock_and_deps, organization, person},
};

#[derive(Debug)]
struct NoMail;

impl Mailer for NoMail {
    fn send(&self, mail: Rendered) -> BoxFuture<'_, std::result::Result<(), NotSent>> {
        async move { Err(NotSent::Failed(format!("nothing is to be sent: {mail:?}"))) }.boxed()
    }
}

const DAYS: i64 = 500;

/// For each table a row whose time runs from noon of every day: `at` is that instant, `n` the number of the day.
const ROWS: [(&str, &str); 19] = [
    (
        "user_sessions",
        "insert into user_sessions (id, token_hash, user_id, method, address, user_agent, created_at, authenticated_at, \
         last_seen_at, expires_at) select gen_random_uuid(), sha256(('s' || n)::bytea), u.id, 'password', '192.0.2.1', 'Browser', \
         at, at, at, at + interval '14 days' from days, users u where u.email = 'ann@example.test'",
    ),
    (
        "user_tokens",
        "insert into user_tokens (token_hash, user_id, purpose, email, created_at, expires_at, used_at) \
         select sha256(('t' || n)::bytea), u.id, 'magic_link', u.email, at - interval '15 minutes', at, at from days, users u \
         where u.email = 'ann@example.test'",
    ),
    (
        "user_factor_challenges",
        "insert into user_factor_challenges (token_hash, user_id, method, created_at, expires_at) \
         select sha256(('c' || n)::bytea), u.id, 'password', at - interval '5 minutes', at from days, users u \
         where u.email = 'ann@example.test'",
    ),
    (
        "user_passkey_challenges",
        "insert into user_passkey_challenges (token_hash, purpose, state, created_at, expires_at) \
         select sha256(('k' || n)::bytea), 'sign_in', '{}', at - interval '5 minutes', at from days",
    ),
    (
        "user_second_factors",
        "insert into user_second_factors (id, user_id, kind, secret, created_at) \
         select gen_random_uuid(), u.id, 'totp', 'sealed', at from days join users u on u.email = 'day' || n || '@example.test'",
    ),
    (
        "user_recovery_codes",
        "insert into user_recovery_codes (id, user_id, code_hash, sealed, created_at) \
         select gen_random_uuid(), u.id, sha256(('r' || n)::bytea), 'sealed', at from days, users u \
         where u.email = 'ann@example.test'",
    ),
    (
        "rate_limits",
        "insert into rate_limits (policy, key, attempts, window_started_at) \
         select 'sign_in_by_address', sha256(('l' || n)::bytea), 1, at from days",
    ),
    (
        "blocked_addresses",
        "insert into blocked_addresses (address, reason, blocked_by, blocked_at, blocked_until) \
         select '2001:db8:' || n || '::/64', 'Guesses passwords', u.id, at - interval '1 day', at from days, users u \
         where u.email = 'ann@example.test'",
    ),
    (
        "tenant_invitation_batches",
        "insert into tenant_invitation_batches (tenant_id, id, created_by, rows, created_at) \
         select m.tenant_id, gen_random_uuid(), m.user_id, '[]', at from days, tenant_members m",
    ),
    (
        "invitation_codes",
        "with invited as (insert into tenant_invitations (tenant_id, id, email, role_id, member_type, invited_by, created_at, \
         sent_at, expires_at) select m.tenant_id, gen_random_uuid(), 'new' || n || '@example.test', m.role_id, 'member', m.user_id, \
         at - interval '7 days', at - interval '7 days', at from days, tenant_members m returning tenant_id, id, created_at) \
         insert into invitation_codes (code_hash, tenant_id, invitation_id, proves_address, created_at) \
         select sha256(id::text::bytea), tenant_id, id, true, created_at from invited",
    ),
    (
        "platform_invitations",
        "insert into platform_invitations (id, email, role, invited_by, status, created_at, sent_at, expires_at, ended_at, accepted_by) \
         select gen_random_uuid(), 'staff' || n || '@example.test', 'support', u.id, \
         (array['pending', 'accepted', 'revoked'])[n % 3 + 1], at - interval '7 days', at - interval '7 days', \
         case n % 3 when 0 then at else at + interval '1 day' end, case n % 3 when 0 then null else at end, \
         case n % 3 when 1 then u.id end from days, users u where u.email = 'ann@example.test'",
    ),
    (
        "billing_payment_events",
        "insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, \
         next_attempt_at) select gen_random_uuid(), 'polar', 'm' || n, 'order.paid', '', '', at, at from days",
    ),
    (
        "platform_impersonation_sessions",
        "insert into platform_impersonation_sessions (id, tenant_id, organization, operator_id, operator_session_id, subject_id, \
         mode, reason, token_hash, created_at, expires_at, ended_at, end_cause, end_recorded) \
         select gen_random_uuid(), m.tenant_id, 'Acme', u.id, gen_random_uuid(), m.user_id, 'read_only', 'To look at something', \
         sha256(('v' || n)::bytea), at - interval '30 minutes', at, at, 'expired', true \
         from days join users u on u.email = 'day' || n || '@example.test', tenant_members m",
    ),
    (
        "support_sessions",
        "insert into support_sessions (id, tenant_id, organization, state, areas, may_write, hours, offered, reason, operator_id, \
         operator_session_id, host_id, created_at, granted_at, expires_at, entered_at, token_hash, ended_at, end_recorded) \
         select gen_random_uuid(), m.tenant_id, 'Acme', 'expired', '{work}', false, 1, true, 'To look at something', u.id, \
         gen_random_uuid(), m.user_id, at - interval '1 hour', at - interval '1 hour', at, at, sha256(('o' || n)::bytea), at, true \
         from days join users u on u.email = 'day' || n || '@example.test', tenant_members m",
    ),
    (
        "job_runs",
        "insert into job_runs (id, task, job_id, attempt, outcome, started_at, finished_at) \
         select gen_random_uuid(), 'send_mail', n, 1, 'succeeded', at, at from days",
    ),
    (
        "graphile_worker._private_jobs",
        "with task as (insert into graphile_worker._private_tasks (identifier) values ('given_up') returning id) \
         insert into graphile_worker._private_jobs (task_id, payload, run_at, attempts, max_attempts, last_error) \
         select task.id, '{}', at, 1, 1, 'refused' from task, days",
    ),
    (
        "problem_reports",
        "insert into problem_reports (id, state, page, failed, request_id, release, browser, facts, client_error, note, received_at, \
         closed_at) select gen_random_uuid(), 'resolved', '', false, '', '0.1.0', '', '', '', 'Slow', at, at from days",
    ),
    (
        "problem_report_screenshots",
        "with sent as (insert into problem_reports (id, page, failed, request_id, release, browser, facts, client_error, note, \
         received_at) select gen_random_uuid(), '', false, '', '0.1.0', '', '', '', '', at from days returning id, received_at) \
         insert into problem_report_screenshots (report_id, kind, width, height, content, received_at) \
         select id, 'png', 1, 1, 'x', received_at from sent",
    ),
    (
        "request_faults",
        "insert into request_faults (id, method, route, request_id, status, created_at) \
         select gen_random_uuid(), 'GET', '/pricing', '', 500, at from days",
    ),
];

/// What goes on, waits or is open: each as old as it can be, and of each one row that is found by this.
const LASTING: [(&str, &str, &str); 12] = [
    (
        "a session that was used an hour ago",
        "insert into user_sessions (id, token_hash, user_id, method, address, user_agent, created_at, authenticated_at, last_seen_at, \
         expires_at) select gen_random_uuid(), sha256('lasting'), u.id, 'password', '192.0.2.1', 'Browser', t.now - interval '13 days', \
         t.now - interval '13 days', t.now - interval '1 hour', t.now + interval '1 day' from moment t, users u \
         where u.email = 'ann@example.test'",
        "user_sessions where token_hash = sha256('lasting')",
    ),
    (
        "a link that is good for minutes",
        "insert into user_tokens (token_hash, user_id, purpose, email, created_at, expires_at) \
         select sha256('lasting'), u.id, 'magic_link', u.email, t.now - interval '14 minutes', t.now + interval '1 minute' \
         from moment t, users u where u.email = 'ann@example.test'",
        "user_tokens where token_hash = sha256('lasting')",
    ),
    (
        "an authenticator that was confirmed a year ago",
        "insert into user_second_factors (id, user_id, kind, secret, last_step, created_at, confirmed_at) \
         select gen_random_uuid(), u.id, 'totp', 'sealed', 1, t.old, t.old from moment t, users u where u.email = 'ann@example.test'",
        "user_second_factors where confirmed_at is not null and secret = 'sealed'",
    ),
    (
        "an invitation that nobody has answered, with its link",
        "with invited as (insert into tenant_invitations (tenant_id, id, email, role_id, member_type, invited_by, created_at, \
         sent_at, expires_at) select m.tenant_id, gen_random_uuid(), 'lasting@example.test', m.role_id, 'member', m.user_id, \
         t.old, t.now - interval '6 days', t.now + interval '1 day' from moment t, tenant_members m \
         returning tenant_id, id, created_at) \
         insert into invitation_codes (code_hash, tenant_id, invitation_id, proves_address, created_at) \
         select sha256('lasting'), tenant_id, id, true, created_at from invited",
        "tenant_invitations i join invitation_codes c on c.tenant_id = i.tenant_id and c.invitation_id = i.id \
         where i.email = 'lasting@example.test' and i.status = 'pending'",
    ),
    (
        "a visit that goes on",
        "insert into platform_impersonation_sessions (id, tenant_id, organization, operator_id, operator_session_id, subject_id, \
         mode, reason, token_hash, created_at, expires_at) \
         select gen_random_uuid(), m.tenant_id, 'Acme', u.id, gen_random_uuid(), m.user_id, 'read_only', 'To look at something', \
         sha256('lasting'), t.now - interval '29 minutes', t.now + interval '1 minute' \
         from moment t, users u, tenant_members m where u.email = 'sue@example.test'",
        "platform_impersonation_sessions where token_hash = sha256('lasting') and ended_at is null",
    ),
    (
        "somebody who asks to be let in",
        "insert into support_sessions (id, tenant_id, organization, state, areas, may_write, hours, offered, reason, operator_id, \
         created_at, answer_by) select gen_random_uuid(), m.tenant_id, 'Acme', 'requested', '{work}', false, 1, false, \
         'To look at something', u.id, t.now - interval '1 day', t.now + interval '1 day' \
         from moment t, users u, tenant_members m where u.email = 'sue@example.test'",
        "support_sessions where state = 'requested' and ended_at is null",
    ),
    (
        "somebody who was let in, and is in",
        "insert into support_sessions (id, tenant_id, organization, state, areas, may_write, hours, offered, reason, operator_id, \
         operator_session_id, host_id, created_at, granted_at, expires_at, entered_at, token_hash) \
         select gen_random_uuid(), m.tenant_id, 'Acme', 'active', '{work}', false, 72, true, 'To look at something', u.id, \
         gen_random_uuid(), m.user_id, t.now - interval '71 hours', t.now - interval '71 hours', t.now + interval '1 hour', \
         t.now - interval '70 hours', sha256('lasting') \
         from moment t, users u, tenant_members m where u.email = 'tom@example.test'",
        "support_sessions where state = 'active' and token_hash = sha256('lasting')",
    ),
    (
        "a report that nobody has closed",
        "insert into problem_reports (id, page, failed, request_id, release, browser, facts, client_error, note, received_at) \
         select gen_random_uuid(), '', false, 'lasting', '0.1.0', '', '', '', 'Slow', t.old from moment t",
        "problem_reports where request_id = 'lasting' and state = 'open'",
    ),
    (
        "a job that was given up within the time that jobs are told of",
        "select graphile_worker.add_job('send_mail', '{}'::json, run_at := t.now - interval '89 days', max_attempts := 2, \
         job_key := 'given up') from moment t; \
         update graphile_worker._private_jobs set attempts = 2, last_error = 'refused' where key = 'given up'",
        "graphile_worker._private_jobs where key = 'given up' and attempts = max_attempts",
    ),
    (
        "the erasure of an account that was given up, which alone knows what is to be erased",
        "select graphile_worker.add_job('erase_account', '{}'::json, run_at := t.old, max_attempts := 2, \
         job_key := 'erasure') from moment t; \
         update graphile_worker._private_jobs set attempts = 2, last_error = 'refused' where key = 'erasure'",
        "graphile_worker._private_jobs where key = 'erasure'",
    ),
    (
        "a job that is tried for the last time",
        "select graphile_worker.add_job('send_mail', '{}'::json, run_at := t.old, max_attempts := 2, \
         job_key := 'last try') from moment t; \
         update graphile_worker._private_jobs set attempts = 2, locked_at = now(), locked_by = 'worker-1' where key = 'last try'",
        "graphile_worker._private_jobs where key = 'last try' and locked_at is not null",
    ),
    (
        "a job that can be tried again, and was not for long",
        "select graphile_worker.add_job('send_mail', '{}'::json, run_at := t.old, max_attempts := 2, \
         job_key := 'waiting') from moment t; \
         update graphile_worker._private_jobs set attempts = 1, last_error = 'refused' where key = 'waiting'",
        "graphile_worker._private_jobs where key = 'waiting' and attempts < max_attempts",
    ),
];

/// What is counted: for codes that can be read not the row, but what is in it.
fn counted(table: &str) -> String {
    match table {
        "user_recovery_codes" => "user_recovery_codes where sealed is not null".to_owned(),
        "user_second_factors" => "user_second_factors where confirmed_at is null".to_owned(),
        "platform_impersonation_sessions" | "support_sessions" => format!("{table} where token_hash is not null"),
        "problem_reports" => "problem_reports where closed_at is not null".to_owned(),
        table => table.to_owned(),
    }
}

/// Days `0..DAYS` back at noon, of which today's is an hour old: of each the time has run for so many days and an hour.
fn left(kept: TimeDelta) -> i64 {
    let hour = TimeDelta::hours(1);
    (0..DAYS)
        .filter(|day| TimeDelta::days(*day) + hour < kept)
        .count()
        .try_into()
        .unwrap()
}

fn context(database: &TestDatabase, deps: &Deps) -> JobContext {
    JobContext {
        platform: database.platform(),
        deps: deps.clone(),
        mailer: Arc::new(NoMail),
        base_url: "https://plinth.example".into(),
    }
}

#[tokio::test]
async fn after_more_than_a_year_each_table_holds_what_its_period_says() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = person(&deps, "ann").await;
    organization(&deps, &ann, "acme").await;
    clock.advance(TimeDelta::days(DAYS));
    for (table, _) in ROWS {
        sqlx::query(sqlx::AssertSqlSafe(format!("delete from {table}")))
            .execute(database.owner())
            .await
            .unwrap();
    }
    let mut connection = database.owner().acquire().await.unwrap();
    sqlx::query(
        "create temporary table days as select n, $1::timestamptz - interval '1 hour' - make_interval(days => n) as at \
         from generate_series(0, $2::int - 1) n",
    )
    .bind(deps.now())
    .bind(i32::try_from(DAYS).unwrap())
    .execute(&mut *connection)
    .await
    .unwrap();
    sqlx::query(
        "insert into users (id, email, name, created_at, updated_at) \
         select gen_random_uuid(), 'day' || n || '@example.test', 'Day', at, at from days",
    )
    .execute(&mut *connection)
    .await
    .unwrap();
    for (table, insert) in ROWS {
        let done = sqlx::query(insert).execute(&mut *connection).await;
        assert!(done.is_ok(), "{table}: {done:?}");
        assert_eq!(database.count(&counted(table)).await, DAYS, "{table}");
    }
    let context = context(&database, &deps);
    for _ in 0..2 {
        Job::run(&CleanUp {}, &context).await.unwrap();
        for Period { table, kept, .. } in periods() {
            assert_eq!(database.count(&counted(table)).await, left(kept), "{table}");
        }
    }
    let named: Vec<_> = periods().map(|period| period.table).collect();
    assert_eq!(named, ROWS.map(|(table, _)| table), "each of them is tried here");
    assert_eq!(database.count("user_recovery_codes").await, DAYS, "the hashes stay");
}

#[tokio::test]
async fn what_goes_on_or_waits_or_is_open_stays_however_old_it_is() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = person(&deps, "ann").await;
    organization(&deps, &ann, "acme").await;
    for operator in ["sue", "tom"] {
        person(&deps, operator).await;
    }
    clock.advance(TimeDelta::days(DAYS));
    let mut connection = database.owner().acquire().await.unwrap();
    sqlx::query("create temporary table moment as select $1::timestamptz as now, $2::timestamptz as old")
        .bind(deps.now())
        .bind(deps.now() - TimeDelta::days(DAYS))
        .execute(&mut *connection)
        .await
        .unwrap();
    for (what, insert, found) in LASTING {
        let done = sqlx::raw_sql(insert).execute(&mut *connection).await;
        assert!(done.is_ok(), "{what}: {done:?}");
        assert_eq!(database.count(found).await, 1, "{what}");
    }
    let told = database.count("audit_log").await;
    assert!(told > 0);
    for _ in 0..2 {
        Job::run(&CleanUp {}, &context(&database, &deps)).await.unwrap();
        for (what, _, found) in LASTING {
            assert_eq!(database.count(found).await, 1, "{what}");
        }
    }
    assert_eq!(database.count("audit_log").await, told, "the log is kept");
}
