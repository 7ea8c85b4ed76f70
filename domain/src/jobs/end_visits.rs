//! Closes visits whose time is over or whose people are gone, and records what organizations have ended.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, run};
use crate::visits::settle::settle;

#[derive(Debug, Serialize, Deserialize)]
pub struct EndVisits {}

impl Job for EndVisits {
    const NAME: &'static str = "end_visits";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        settle(&context.platform, &context.deps).await?;
        Ok(())
    }
}

impl TaskHandler for EndVisits {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
