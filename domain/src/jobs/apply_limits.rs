//! Pauses what exceeds a plan, and takes it up again.

use contract::ids::TenantId;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, enqueue, run};
use crate::billing::apply_limits::{apply, due};

/// Finds the organizations whose days of grace are over, and gives each a job of its own.
#[derive(Debug, Serialize, Deserialize)]
pub struct ApplyAllLimits {}

#[derive(Debug, Serialize, Deserialize)]
pub struct ApplyLimits {
    pub tenant: TenantId,
}

impl ApplyLimits {
    pub(crate) fn key(&self) -> String {
        format!("apply_limits:{}", self.tenant)
    }
}

impl Job for ApplyAllLimits {
    const NAME: &'static str = "apply_all_limits";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let mut transaction = context.platform.begin().await?;
        for tenant in due(&context.platform, &context.deps).await? {
            let job = ApplyLimits { tenant };
            enqueue(&mut transaction, &job, Some(&job.key())).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

impl Job for ApplyLimits {
    const NAME: &'static str = "apply_limits";

    /// One that was purged meanwhile has nothing left to be paused.
    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let mut transaction = context.platform.begin().await?;
        match apply(&mut transaction, &context.deps, self.tenant).await {
            Ok(_) => transaction.commit().await?,
            Err(crate::Error::Refused(contract::Error::NotFound)) => {}
            Err(other) => return Err(other.into()),
        }
        Ok(())
    }
}

impl TaskHandler for ApplyAllLimits {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}

impl TaskHandler for ApplyLimits {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
