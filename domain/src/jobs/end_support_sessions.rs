//! Closes support sessions whose time is over or whose people are gone, takes back ways in that nobody took, and records what
//! organizations have ended.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, run};
use crate::support_sessions::settle::settle;

#[derive(Debug, Serialize, Deserialize)]
pub struct EndSupportSessions {}

impl Job for EndSupportSessions {
    const NAME: &'static str = "end_support_sessions";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        settle(&context.platform, &context.deps).await?;
        Ok(())
    }
}

impl TaskHandler for EndSupportSessions {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
