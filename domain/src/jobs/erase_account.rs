//! What is left to erase of a deleted account, where only the platform reaches: the invitations to it, what it reported, the
//! faults that it met, and the log of every organization.

use contract::ids::UserId;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, run};
use crate::{audit, faults, people, reports};

#[derive(Debug, Serialize, Deserialize)]
pub struct EraseAccount {
    pub user: UserId,
    /// The account's address, if it was proven. Nothing else knows it any more, and neither does the queue when this is done.
    /// Jobs of before it was carried have none.
    pub address: Option<String>,
}

impl Job for EraseAccount {
    const NAME: &'static str = "erase_account";

    /// The invitations first: which entries of the log are about them is told by the account's tombstone in them.
    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let JobContext { platform, deps, .. } = context;
        people::forget::forget(platform, deps, self.user, self.address.as_deref()).await?;
        reports::forget::forget(platform, self.user).await?;
        faults::forget::person(platform, self.user).await?;
        audit::redact::redact(platform, deps, self.user, self.address.as_deref()).await?;
        Ok(())
    }
}

impl TaskHandler for EraseAccount {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}

#[cfg(test)]
mod tests;
