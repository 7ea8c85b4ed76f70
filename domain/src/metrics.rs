//! What is counted for whoever watches over the house, and how far its work is behind.
//!
//! Names and units are as Prometheus advises: <https://prometheus.io/docs/practices/naming/>. A label holds only what the code
//! names, never what somebody typed: each of its values is a series that is kept.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Deps, Result, database::PlatformDatabase, jobs::desk::counts::counts, throttle::Policy};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Only grows while the process lives.
    Counter,
    Gauge,
    /// Counted by size; in seconds.
    Histogram,
}

#[derive(Debug, Clone, Copy)]
pub struct Metric {
    pub name: &'static str,
    pub kind: Kind,
    pub labels: &'static [&'static str],
    pub tells: &'static str,
}

const SIGN_INS: &str = "sign_ins_total";
const SECOND_FACTORS: &str = "second_factors_total";
const LINKS: &str = "links_total";
const THROTTLED: &str = "throttled_total";
const JOB_RUNS: &str = "job_runs_total";
const JOB_RUN_DURATION: &str = "job_run_duration_seconds";
const JOBS: &str = "jobs";
const OLDEST_READY_JOB: &str = "jobs_oldest_ready_seconds";
const WORKERS: &str = "workers";
const PAYMENT_EVENTS_RECEIVED: &str = "payment_events_received_total";
const PAYMENT_EVENTS_SETTLED: &str = "payment_events_settled_total";
const PAYMENT_EVENTS_WAITING: &str = "payment_events_waiting";
const OLDEST_PAYMENT_EVENT: &str = "payment_events_oldest_waiting_seconds";
const DATABASE_CONNECTIONS: &str = "database_connections";

/// The pools of this process beside that of requests, each by the name under which it is told.
#[derive(Debug, Clone)]
pub struct Pools {
    pub platform: PlatformDatabase,
    pub worker: PlatformDatabase,
    pub listener: PlatformDatabase,
}

/// What is told from here, in the order of the documentation.
pub const METRICS: &[Metric] = &[
    Metric {
        name: SIGN_INS,
        kind: Kind::Counter,
        labels: &["method", "outcome"],
        tells: "Sign-ins by how somebody proved who they are (`password`, `magic_link`, `passkey`; after a second factor also \
                `reset_password` and `resume_account`): `succeeded`, or `failed` by a wrong password, an unknown address or a \
                passkey that proves nothing.",
    },
    Metric {
        name: SECOND_FACTORS,
        kind: Kind::Counter,
        labels: &["method", "outcome"],
        tells: "Second factors that were shown at the end of a sign-in, or once more for what asks for a fresh one: `app`, \
                `recovery_code` or `passkey`, `succeeded` or `failed`.",
    },
    Metric {
        name: LINKS,
        kind: Kind::Counter,
        labels: &["purpose", "outcome"],
        tells: "Links of mails that were used: to `verify_email`, for a new password (`reset_password`), to sign in (`magic_link`), \
                and what takes a paused account up again (`resume_account`): `succeeded`, or `failed` because the link was used, \
                replaced, too old, somebody else’s or none of ours.",
    },
    Metric {
        name: THROTTLED,
        kind: Kind::Counter,
        labels: &["policy"],
        tells: "Attempts that came too early and were refused, by the policy that counts them.",
    },
    Metric {
        name: JOB_RUNS,
        kind: Kind::Counter,
        labels: &["task", "outcome"],
        tells: "Runs of jobs: `succeeded` or `failed`. One that failed may be tried again.",
    },
    Metric {
        name: JOB_RUN_DURATION,
        kind: Kind::Histogram,
        labels: &["task"],
        tells: "How long a run took.",
    },
    Metric {
        name: JOBS,
        kind: Kind::Gauge,
        labels: &["standing"],
        tells: "Jobs in the queue, by how they stand: `ready`, `scheduled`, `running`, `retrying`, or `failed` for good.",
    },
    Metric {
        name: OLDEST_READY_JOB,
        kind: Kind::Gauge,
        labels: &[],
        tells: "For how long the oldest job that could be done has waited. It grows when no worker lives.",
    },
    Metric {
        name: WORKERS,
        kind: Kind::Gauge,
        labels: &[],
        tells: "Workers that were heard of within a minute.",
    },
    Metric {
        name: PAYMENT_EVENTS_RECEIVED,
        kind: Kind::Counter,
        labels: &["outcome"],
        tells: "Messages of the payment provider: `stored`, `again`, `diverged` from what came under their id, or `refused`.",
    },
    Metric {
        name: PAYMENT_EVENTS_SETTLED,
        kind: Kind::Counter,
        labels: &["outcome"],
        tells: "What became of them: `processed`, `ignored`, or `failed`, to be tried again.",
    },
    Metric {
        name: PAYMENT_EVENTS_WAITING,
        kind: Kind::Gauge,
        labels: &[],
        tells: "Messages that are stored and not settled.",
    },
    Metric {
        name: OLDEST_PAYMENT_EVENT,
        kind: Kind::Gauge,
        labels: &[],
        tells: "For how long the oldest of them has waited.",
    },
    Metric {
        name: DATABASE_CONNECTIONS,
        kind: Kind::Gauge,
        labels: &["pool", "state"],
        tells: "Connections of this process, by what waits for them: requests of customers (`requests`) and of staff \
                (`platform`), jobs and whoever asks for this (`worker`), and what listens for changes (`listener`): `busy`, `idle`, \
                and how many there may be (`most`).",
    },
];

/// `method` is one of those that the code names, as in the other two.
pub(crate) fn sign_in(method: &'static str, succeeded: bool) {
    ::metrics::counter!(SIGN_INS, "method" => method, "outcome" => outcome(succeeded)).increment(1);
}

pub(crate) fn second_factor(method: &'static str, succeeded: bool) {
    ::metrics::counter!(SECOND_FACTORS, "method" => method, "outcome" => outcome(succeeded)).increment(1);
}

pub(crate) fn link_used(purpose: &'static str, succeeded: bool) {
    ::metrics::counter!(LINKS, "purpose" => purpose, "outcome" => outcome(succeeded)).increment(1);
}

const fn outcome(succeeded: bool) -> &'static str {
    if succeeded { "succeeded" } else { "failed" }
}

pub(crate) fn throttled(policy: Policy) {
    ::metrics::counter!(THROTTLED, "policy" => policy.key()).increment(1);
}

pub(crate) fn job_ran(task: &'static str, succeeded: bool, took: TimeDelta) {
    ::metrics::counter!(JOB_RUNS, "task" => task, "outcome" => outcome(succeeded)).increment(1);
    ::metrics::histogram!(JOB_RUN_DURATION, "task" => task).record(took.as_seconds_f64());
}

pub(crate) fn payment_event_received(outcome: &'static str) {
    ::metrics::counter!(PAYMENT_EVENTS_RECEIVED, "outcome" => outcome).increment(1);
}

pub(crate) fn payment_event_settled(outcome: &'static str) {
    ::metrics::counter!(PAYMENT_EVENTS_SETTLED, "outcome" => outcome).increment(1);
}

/// Asks how far the work is behind, and sets what is told of it. A connection of the worker's asks: staff do not wait for it.
pub async fn measure(pools: &Pools, deps: &Deps) -> Result<()> {
    let mut connection = pools.worker.pool().acquire().await?;
    let jobs = counts(&mut connection).await?;
    let waiting = sqlx::query!(
        r#"select count(*) as "count!", min(received_at) as oldest from billing_payment_events where status = 'received'"#,
    )
    .fetch_one(&mut *connection)
    .await?;
    for (standing, count) in jobs.by_standing {
        ::metrics::gauge!(JOBS, "standing" => standing.key()).set(figure(count));
    }
    ::metrics::gauge!(OLDEST_READY_JOB).set(seconds(jobs.oldest_ready, jobs.at));
    ::metrics::gauge!(WORKERS).set(figure(jobs.workers));
    ::metrics::gauge!(PAYMENT_EVENTS_WAITING).set(figure(waiting.count));
    ::metrics::gauge!(OLDEST_PAYMENT_EVENT).set(seconds(waiting.oldest, deps.now()));
    for (pool, connections) in [
        ("requests", deps.database.connections()),
        ("platform", pools.platform.connections()),
        ("worker", pools.worker.connections()),
        ("listener", pools.listener.connections()),
    ] {
        for (state, count) in [
            ("busy", connections.busy),
            ("idle", connections.idle),
            ("most", connections.most),
        ] {
            ::metrics::gauge!(DATABASE_CONNECTIONS, "pool" => pool, "state" => state).set(f64::from(count));
        }
    }
    Ok(())
}

fn seconds(since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> f64 {
    since.map_or(0.0, |since| (now - since).as_seconds_f64().max(0.0))
}

#[expect(clippy::cast_precision_loss, reason = "nobody counts 2⁵³ jobs")]
fn figure(count: i64) -> f64 {
    count as f64
}
