//! One run of a job, and the record of it.

use std::{fmt::Debug, future::Future, sync::Arc};

use chrono::{DateTime, Utc};
use graphile_worker::WorkerContext;
use uuid::Uuid;

use crate::{Deps, Error, Result, database::PlatformDatabase, mail::Mailer, metrics};

/// What a job works with.
#[derive(Debug, Clone)]
pub struct JobContext {
    pub platform: PlatformDatabase,
    pub deps: Deps,
    pub mailer: Arc<dyn Mailer>,
    /// Where links in mails lead, without a slash at the end.
    pub base_url: Arc<str>,
}

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It is tried again.
    #[error(transparent)]
    Passing(#[from] Error),
    /// It would come to the same another time.
    #[error("{0}")]
    Lasting(String),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Passing(error.into())
    }
}

/// Something to be done by a worker.
pub trait Job: Send + Sync + 'static {
    /// The name in the queue. Jobs under it may still wait when a new release starts: it is not changed lightly.
    const NAME: &'static str;

    /// Whether the key of the job may stay in the history of its runs.
    fn keeps_key(&self) -> bool {
        true
    }

    fn run(&self, context: &JobContext) -> impl Future<Output = Result<(), Failure>> + Send;

    /// What is to be done when it has failed and is not tried again. The run that failed began at `started_at`.
    fn give_up(&self, _context: &JobContext, _started_at: DateTime<Utc>) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }
}

/// Does the job and keeps what became of it. A failure that may pass is told to the queue, which tries again.
pub(super) async fn run<J: Job + Debug>(job: J, worker: WorkerContext) -> std::result::Result<(), String> {
    let Some(context) = worker.get_ext::<JobContext>().cloned() else {
        return Err("no job context".to_owned());
    };
    let started_at = context.deps.now();
    let result = job.run(&context).await;
    metrics::job_ran(J::NAME, result.is_ok(), context.deps.now() - started_at);
    let lasting = matches!(result, Err(Failure::Lasting(_)));
    let result = result.map_err(|failure| failure.to_string());
    let given_up = lasting || worker.job().attempts() >= worker.job().max_attempts();
    if let Err(error) = &result {
        let attempt = worker.job().attempts();
        tracing::warn!(job = J::NAME, attempt, error, given_up, "job failed");
    }
    if let Err(error) = record(&job, &worker, &context, started_at, &result).await {
        tracing::error!(%error, job = J::NAME, "a job's run could not be recorded");
    }
    if result.is_err() && given_up {
        job.give_up(&context, started_at)
            .await
            .map_err(|error| error.to_string())?;
    }
    if lasting { Ok(()) } else { result }
}

/// For people who look why: no job goes by it.
async fn record<J: Job>(
    job: &J,
    worker: &WorkerContext,
    context: &JobContext,
    started_at: DateTime<Utc>,
    result: &std::result::Result<(), String>,
) -> Result<()> {
    let mut transaction = context.platform.begin_repeatable().await?;
    sqlx::query!(
        "insert into job_runs (id, task, job_id, job_key, attempt, outcome, error, started_at, finished_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        context.deps.id::<Uuid>(),
        J::NAME,
        *worker.job().id(),
        worker.job().key().as_ref().filter(|_| job.keeps_key()),
        i32::from(*worker.job().attempts()),
        if result.is_ok() { "succeeded" } else { "failed" },
        result.as_ref().err(),
        started_at,
        context.deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}
