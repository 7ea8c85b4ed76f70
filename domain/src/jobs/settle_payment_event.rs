//! Settles what the payment provider told.

use contract::ids::PaymentEventId;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, enqueue, run};
use crate::billing::events::{
    due::due,
    settle::{Settled, settle},
};

/// Finds the events whose time has come, and gives each a job of its own.
#[derive(Debug, Serialize, Deserialize)]
pub struct SettleDueEvents {}

#[derive(Debug, Serialize, Deserialize)]
pub struct SettlePaymentEvent {
    pub event: PaymentEventId,
}

impl SettlePaymentEvent {
    pub(crate) fn key(&self) -> String {
        format!("settle_payment_event:{}", self.event)
    }
}

impl Job for SettleDueEvents {
    const NAME: &'static str = "settle_due_events";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let mut transaction = context.platform.begin().await?;
        for event in due(&context.platform, &context.deps).await? {
            let job = SettlePaymentEvent { event };
            enqueue(&mut transaction, &job, Some(&job.key())).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

impl Job for SettlePaymentEvent {
    const NAME: &'static str = "settle_payment_event";

    /// The event has attempts of its own and a job for each: a failure of this one is only recorded.
    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        match settle(&context.platform, &context.deps, self.event).await? {
            Settled::Processed | Settled::Ignored | Settled::Nothing => Ok(()),
            Settled::Waiting(reason) | Settled::Failed(reason) => Err(Failure::Lasting(reason)),
        }
    }
}

impl TaskHandler for SettleDueEvents {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}

impl TaskHandler for SettlePaymentEvent {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
