//! What is left to erase of a deleted account, where only the platform reaches: the log of every organization, and the
//! invitations by which they once came.

use contract::ids::UserId;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, run};
use crate::{audit, identity::delete_account::tombstone};

#[derive(Debug, Serialize, Deserialize)]
pub struct EraseAccount {
    pub user: UserId,
}

impl Job for EraseAccount {
    const NAME: &'static str = "erase_account";

    /// The log first: which invitations were theirs is told by the rows that lose the address afterwards.
    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        audit::redact::redact(&context.platform, &context.deps, self.user).await?;
        sqlx::query!(
            "update tenant_invitations i set email = $2::text::citext \
             from users u where u.id = $1 and u.deleted_at is not null and i.accepted_by = u.id",
            self.user.0,
            tombstone(self.user),
        )
        .execute(context.platform.pool())
        .await?;
        Ok(())
    }
}

impl TaskHandler for EraseAccount {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
