//! Holds whoever has a plan against its limits, after they were changed: what has no room any more gets its days of grace, and
//! what has room again is taken up.

use contract::ids::TenantId;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, apply_limits::ApplyLimits, enqueue, run};

/// How many organizations are given a job of their own in one piece.
const PIECE: i64 = 500;

#[derive(Debug, Serialize, Deserialize)]
pub struct ApplyPlanLimits {
    pub plan: String,
    /// The last organization of the piece before this one.
    pub after: Option<TenantId>,
}

impl ApplyPlanLimits {
    /// A change that comes before the first piece is done begins anew; later pieces are their own jobs.
    pub(crate) fn key(&self) -> String {
        match self.after {
            None => format!("apply_plan_limits:{}", self.plan),
            Some(after) => format!("apply_plan_limits:{}:{after}", self.plan),
        }
    }
}

impl Job for ApplyPlanLimits {
    const NAME: &'static str = "apply_plan_limits";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let mut transaction = context.platform.begin().await?;
        let tenants = sqlx::query_scalar!(
            "select t.id from tenants t cross join lateral plan_at(t.id, t.plan_key, $1) p \
             where p.plan_key = $2 and t.deleted_at is null and ($3::uuid is null or t.id > $3) order by t.id limit $4",
            context.deps.now(),
            self.plan,
            self.after.map(|after| after.0),
            PIECE,
        )
        .fetch_all(&mut *transaction)
        .await?;
        for tenant in &tenants {
            let job = ApplyLimits {
                tenant: TenantId(*tenant),
            };
            enqueue(&mut transaction, &job, Some(&job.key())).await?;
        }
        let is_full = i64::try_from(tenants.len()).is_ok_and(|found| found == PIECE);
        if let Some(last) = tenants.last().filter(|_| is_full) {
            let rest = Self {
                plan: self.plan.clone(),
                after: Some(TenantId(*last)),
            };
            enqueue(&mut transaction, &rest, Some(&rest.key())).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

impl TaskHandler for ApplyPlanLimits {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
