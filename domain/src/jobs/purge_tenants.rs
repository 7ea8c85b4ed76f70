//! Ends the organizations whose time has run out.

use contract::ids::TenantId;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, enqueue, run};
use crate::{
    billing::leaving::revoke,
    tenants::purge::{Progress, due, purge},
};

/// How many batches one run of [`PurgeTenant`] does before it makes room for other work.
const BATCHES: u32 = 50;

/// Finds them, and gives each a job of its own: one that fails does not keep the others.
#[derive(Debug, Serialize, Deserialize)]
pub struct PurgeTenants {}

#[derive(Debug, Serialize, Deserialize)]
pub struct PurgeTenant {
    pub tenant: TenantId,
}

impl PurgeTenant {
    fn key(&self) -> String {
        format!("purge_tenant:{}", self.tenant)
    }
}

impl Job for PurgeTenants {
    const NAME: &'static str = "purge_tenants";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let mut transaction = context.platform.begin().await?;
        for tenant in due(&context.platform, context.deps.now()).await? {
            let job = PurgeTenant { tenant };
            enqueue(&mut transaction, &job, Some(&job.key())).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

impl Job for PurgeTenant {
    const NAME: &'static str = "purge_tenant";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        revoke(&context.platform, &context.deps, self.tenant).await?;
        let progress = purge(&context.platform, &context.deps, self.tenant, BATCHES).await?;
        if progress == Progress::More {
            let mut transaction = context.platform.begin().await?;
            enqueue(&mut transaction, self, Some(&self.key())).await?;
            transaction.commit().await?;
        }
        Ok(())
    }
}

impl TaskHandler for PurgeTenants {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}

impl TaskHandler for PurgeTenant {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
