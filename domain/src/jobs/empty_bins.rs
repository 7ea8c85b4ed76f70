//! Removes what has been in a bin for too long.

use contract::ids::TenantId;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, enqueue, run};
use crate::projects::empty_bin::{due, empty};

/// How many batches one run of [`EmptyBin`] does before it makes room for other work.
const BATCHES: u32 = 20;

/// Finds the organizations, and gives each a job of its own.
#[derive(Debug, Serialize, Deserialize)]
pub struct EmptyBins {}

#[derive(Debug, Serialize, Deserialize)]
pub struct EmptyBin {
    pub tenant: TenantId,
}

impl EmptyBin {
    fn key(&self) -> String {
        format!("empty_bin:{}", self.tenant)
    }
}

impl Job for EmptyBins {
    const NAME: &'static str = "empty_bins";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let mut transaction = context.platform.begin().await?;
        for tenant in due(&context.platform, context.deps.now()).await? {
            let job = EmptyBin { tenant };
            enqueue(&mut transaction, &job, Some(&job.key())).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

impl Job for EmptyBin {
    const NAME: &'static str = "empty_bin";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        for _ in 0..BATCHES {
            if !empty(&context.platform, &context.deps, self.tenant).await? {
                return Ok(());
            }
        }
        let mut transaction = context.platform.begin().await?;
        enqueue(&mut transaction, self, Some(&self.key())).await?;
        transaction.commit().await?;
        Ok(())
    }
}

impl TaskHandler for EmptyBins {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}

impl TaskHandler for EmptyBin {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
