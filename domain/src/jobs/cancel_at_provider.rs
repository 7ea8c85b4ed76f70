//! Tells the payment provider that an organization was deleted, or restored.

use contract::ids::TenantId;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, run};
use crate::billing::leaving::follow;

#[derive(Debug, Serialize, Deserialize)]
pub struct CancelAtProvider {
    pub tenant: TenantId,
}

impl CancelAtProvider {
    pub(crate) fn key(&self) -> String {
        format!("cancel_at_provider:{}", self.tenant)
    }
}

impl Job for CancelAtProvider {
    const NAME: &'static str = "cancel_at_provider";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        follow(&context.platform, &context.deps, self.tenant).await?;
        Ok(())
    }
}

impl TaskHandler for CancelAtProvider {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
