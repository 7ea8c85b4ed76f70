//! Work that is done later: queued in Postgres by the transaction that causes it, done by a worker, tried again when it
//! fails.
//!
//! One pattern for all of it. A job is a struct that serialises to its payload, with a `Job` implementation in a file of
//! its own:
//!
//! - **soon**: [`enqueue`] it in the transaction; a key makes the same job that still waits be replaced;
//! - **at a time**: the schedule in [`worker`] names it with a cron expression, once for all nodes;
//! - **long**: it does a bounded piece, enqueues itself for the rest, and returns.
//!
//! A job may run more than once, so that it must be harmless to repeat. Every run leaves a row in `job_runs`; the queue
//! itself forgets a job that is done.

pub mod apply_limits;
pub mod apply_plan_limits;
pub mod bill_by_time;
pub mod cancel_at_provider;
pub mod clean_up;
pub mod desk;
pub mod empty_bins;
pub mod end_support_sessions;
pub mod end_visits;
pub mod erase_account;
pub mod publish_catalogue;
pub mod purge_tenants;
pub mod reconcile_billing;
mod run;
pub mod send_mail;
pub mod settle_payment_event;
mod supervisor;
mod worker;

use chrono::TimeDelta;
use serde::Serialize;
use sqlx::PgPool;

pub use run::{Failure, Job, JobContext};
pub use supervisor::Worker;
pub use worker::{TASKS, WorkerSettings};

use crate::{
    Error, Result,
    database::{PlatformDatabase, Transaction},
};

/// What the schedule does by the hour, now: for a developer who has moved the clock, and does not wait for the real one.
pub async fn enqueue_hourly(platform: &PlatformDatabase) -> Result<()> {
    let mut transaction = platform.begin().await?;
    enqueue(&mut transaction, &clean_up::CleanUp {}, Some(clean_up::CleanUp::NAME)).await?;
    enqueue(
        &mut transaction,
        &purge_tenants::PurgeTenants {},
        Some(purge_tenants::PurgeTenants::NAME),
    )
    .await?;
    enqueue(
        &mut transaction,
        &empty_bins::EmptyBins {},
        Some(empty_bins::EmptyBins::NAME),
    )
    .await?;
    enqueue(
        &mut transaction,
        &apply_limits::ApplyAllLimits {},
        Some(apply_limits::ApplyAllLimits::NAME),
    )
    .await?;
    enqueue(
        &mut transaction,
        &bill_by_time::BillByTime {},
        Some(bill_by_time::BillByTime::NAME),
    )
    .await?;
    enqueue(
        &mut transaction,
        &settle_payment_event::SettleDueEvents {},
        Some(settle_payment_event::SettleDueEvents::NAME),
    )
    .await?;
    enqueue(
        &mut transaction,
        &end_visits::EndVisits {},
        Some(end_visits::EndVisits::NAME),
    )
    .await?;
    enqueue(
        &mut transaction,
        &end_support_sessions::EndSupportSessions {},
        Some(end_support_sessions::EndSupportSessions::NAME),
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Into the queue, with the transaction: rolled back, it was never there.
pub async fn enqueue<J: Job + Serialize>(transaction: &mut Transaction, job: &J, key: Option<&str>) -> Result<()> {
    let payload = serde_json::to_value(job).map_err(Error::fault)?;
    sqlx::query_scalar!(
        r#"select enqueue_job($1, $2::jsonb::json, $3, $4)::text as "done""#,
        J::NAME,
        payload,
        // The queue lives by the database's clock: a job that is due now has no time at all.
        None::<chrono::DateTime<chrono::Utc>>,
        key,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(())
}

/// The same, to be done after a while: by the database's clock, which is the queue's.
pub async fn enqueue_after<J: Job + Serialize>(
    transaction: &mut Transaction,
    job: &J,
    key: Option<&str>,
    delay: TimeDelta,
) -> Result<()> {
    let payload = serde_json::to_value(job).map_err(Error::fault)?;
    let seconds = i32::try_from(delay.num_seconds()).map_err(Error::fault)?;
    sqlx::query_scalar!(
        r#"select enqueue_job($1, $2::jsonb::json, now() + make_interval(secs => $3), $4)::text as "done""#,
        J::NAME,
        payload,
        f64::from(seconds),
        key,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(())
}

/// The queue's own tables, as the owner, and the platform role's way into them: they have row-level security without a
/// policy. Safe to repeat.
pub(crate) async fn migrate(owner: &PgPool) -> Result<()> {
    graphile_worker::WorkerOptions::default()
        .pg_pool(owner.clone())
        .init()
        .await
        .map_err(Error::fault)?;
    sqlx::raw_sql(
        "grant usage on schema graphile_worker to plinth_platform;
        grant select, insert, update, delete on all tables in schema graphile_worker to plinth_platform;
        grant usage, select on all sequences in schema graphile_worker to plinth_platform;
        grant execute on all functions in schema graphile_worker to plinth_platform;
        do $$
        declare queue_table regclass;
        begin
            for queue_table in
                select c.oid from pg_class c
                where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
                    and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'platform')
            loop
                execute format('create policy platform on %s to plinth_platform using (true) with check (true)', queue_table);
            end loop;
        end
        $$",
    )
    .execute(owner)
    .await?;
    Ok(())
}
