//! Bills that time alone has changed: a trial that is over, grace that is over, a reminder whose day it is.

use contract::ids::TenantId;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, enqueue, run};
use crate::billing::by_time::{catch_up, due};

/// How many organizations are looked at in one piece.
const BATCH: i64 = 500;

/// Finds the organizations, and gives each a job of its own.
#[derive(Debug, Serialize, Deserialize)]
pub struct BillByTime {}

#[derive(Debug, Serialize, Deserialize)]
pub struct RefreshBilling {
    pub tenant: TenantId,
}

impl RefreshBilling {
    pub(crate) fn key(&self) -> String {
        format!("refresh_billing:{}", self.tenant)
    }
}

impl Job for BillByTime {
    const NAME: &'static str = "bill_by_time";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let mut after = TenantId(uuid::Uuid::nil());
        loop {
            let looked_at = due(&context.platform, &context.deps, after, BATCH).await?;
            let mut transaction = context.platform.begin().await?;
            for tenant in looked_at.due {
                let job = RefreshBilling { tenant };
                enqueue(&mut transaction, &job, Some(&job.key())).await?;
            }
            transaction.commit().await?;
            match looked_at.last {
                Some(last) => after = last,
                None => return Ok(()),
            }
        }
    }
}

impl Job for RefreshBilling {
    const NAME: &'static str = "refresh_billing";

    /// One that was purged meanwhile has no bills left.
    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let mut transaction = context.platform.begin().await?;
        match catch_up(&mut transaction, &context.deps, self.tenant).await {
            Ok(_) => transaction.commit().await?,
            Err(crate::Error::Refused(contract::Error::NotFound)) => {}
            Err(other) => return Err(other.into()),
        }
        Ok(())
    }
}

impl TaskHandler for BillByTime {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}

impl TaskHandler for RefreshBilling {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
