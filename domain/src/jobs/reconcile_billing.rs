//! Holds what we know of bills against what the payment provider knows.

use contract::ids::TenantId;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, enqueue, run};
use crate::billing::drifts::reconcile::{candidates, reconcile};

/// Finds the organizations, and gives each a job of its own.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReconcileBilling {}

#[derive(Debug, Serialize, Deserialize)]
pub struct ReconcileTenant {
    pub tenant: TenantId,
}

impl ReconcileTenant {
    fn key(&self) -> String {
        format!("reconcile_tenant:{}", self.tenant)
    }
}

impl Job for ReconcileBilling {
    const NAME: &'static str = "reconcile_billing";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let mut transaction = context.platform.begin().await?;
        for tenant in candidates(&context.platform).await? {
            let job = ReconcileTenant { tenant };
            enqueue(&mut transaction, &job, Some(&job.key())).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

impl Job for ReconcileTenant {
    const NAME: &'static str = "reconcile_tenant";

    /// What differs, and a provider that is away, is a drift and no failure.
    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        reconcile(&context.platform, &context.deps, self.tenant).await?;
        Ok(())
    }
}

impl TaskHandler for ReconcileBilling {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}

impl TaskHandler for ReconcileTenant {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
