//! The worker: takes jobs from the queue and does them.

use std::time::Duration;

use graphile_worker::{LocalQueueConfig, RefetchDelayConfig, WorkerOptions};

use super::{
    Job, JobContext,
    apply_limits::{ApplyAllLimits, ApplyLimits},
    apply_plan_limits::ApplyPlanLimits,
    bill_by_time::{BillByTime, RefreshBilling},
    cancel_at_provider::CancelAtProvider,
    clean_up::CleanUp,
    empty_bins::{EmptyBin, EmptyBins},
    end_support_sessions::EndSupportSessions,
    end_visits::EndVisits,
    erase_account::EraseAccount,
    publish_catalogue::PublishCatalogue,
    purge_tenants::{PurgeTenant, PurgeTenants},
    reconcile_billing::{ReconcileBilling, ReconcileTenant},
    send_mail::SendMail,
    settle_payment_event::{SettleDueEvents, SettlePaymentEvent},
};
use crate::{Error, Result};

#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// How many jobs are done at once.
    pub concurrency: usize,
    /// How often the queue is looked at beside being told.
    pub poll_interval: Duration,
    /// How long running jobs may take to finish at shutdown, before they are given back.
    pub grace: Duration,
}

impl Default for WorkerSettings {
    fn default() -> Self {
        Self {
            concurrency: 4,
            poll_interval: Duration::from_secs(1),
            grace: Duration::from_secs(10),
        }
    }
}

/// Every hour, on one node; what the payment provider told and was not settled more often, and what it knows once a day. Without the braces a job would be given null, which no struct can be read from.
pub(super) const SCHEDULE: &str = "7 * * * * clean_up {}\n17 * * * * purge_tenants {}\n27 * * * * empty_bins {}\n\
    37 * * * * apply_all_limits {}\n47 * * * * bill_by_time {}\n*/10 * * * * settle_due_events {}\n*/10 * * * * end_visits {}\n\
    */10 * * * * end_support_sessions {}\n57 3 * * * reconcile_billing {}";

/// How long a job that was taken may wait for a slot before it is given back. It is also how long the library (0.14) stands still
/// when a slot has emptied a batch before the batch was announced: it then waits with nothing in hand. Its own figure is five
/// minutes, in which no mail leaves.
const UNCLAIMED: Duration = Duration::from_secs(5);

/// Jobs are taken in batches: otherwise a backlog drains at one job for each slot and poll. Between two looks at an empty queue
/// nothing is asked, until the time has come or a notification says that there is work. Without that delay the library asks
/// again as soon as it is answered.
fn queue(poll_interval: Duration) -> LocalQueueConfig {
    LocalQueueConfig::default()
        .with_size(50)
        .with_ttl(UNCLAIMED)
        .with_refetch_delay(
            RefetchDelayConfig::default()
                .with_duration(poll_interval)
                .with_max_abort_threshold(1),
        )
}

/// Every job there is: one that is missing here is never done.
macro_rules! jobs {
    ($($job:ident),+ $(,)?) => {
        /// Their names in the queue.
        pub const TASKS: &[&str] = &[$($job::NAME),+];

        fn define(options: WorkerOptions) -> WorkerOptions {
            options$(.define_job::<$job>())+
        }
    };
}

jobs! {
    SendMail,
    CleanUp,
    EraseAccount,
    EmptyBins,
    EmptyBin,
    PurgeTenants,
    PurgeTenant,
    ApplyAllLimits,
    ApplyLimits,
    ApplyPlanLimits,
    PublishCatalogue,
    BillByTime,
    RefreshBilling,
    CancelAtProvider,
    ReconcileBilling,
    ReconcileTenant,
    SettleDueEvents,
    SettlePaymentEvent,
    EndVisits,
    EndSupportSessions,
}

/// How long a job that is done waits for others to be taken from the queue with them.
const COMPLETION: Duration = Duration::from_millis(5);

fn options(context: JobContext, settings: &WorkerSettings) -> Result<WorkerOptions> {
    let options = WorkerOptions::default()
        .pg_pool(context.platform.pool().clone())
        .concurrency(settings.concurrency)
        .poll_interval(settings.poll_interval)
        .local_queue(queue(settings.poll_interval))
        .complete_job_batch_delay(COMPLETION)
        .heartbeat_interval(Duration::from_secs(10))
        .sweep_interval(Duration::from_secs(30))
        .sweep_threshold(Duration::from_mins(1))
        .listen_os_shutdown_signals(false)
        .shutdown_grace_period(settings.grace);
    Ok(define(options)
        .with_cron(SCHEDULE)
        .map_err(Error::fault)?
        .add_extension(context))
}

/// Ready to take jobs.
pub(super) async fn prepare(context: &JobContext, settings: &WorkerSettings) -> Result<graphile_worker::Worker> {
    options(context.clone(), settings)?.init().await.map_err(Error::fault)
}

#[cfg(test)]
mod tests;
