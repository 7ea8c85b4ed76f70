//! Removes what has run out: sessions, links, counters.

use chrono::TimeDelta;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Job, JobContext, run};
use crate::{Result, actor::SESSION_IDLE, throttle};

/// How long a used or expired link is kept, to tell its owner that it was one.
const KEPT: TimeDelta = TimeDelta::days(7);

#[derive(Debug, Serialize, Deserialize)]
pub struct CleanUp {}

impl Job for CleanUp {
    const NAME: &'static str = "clean_up";

    async fn run(&self, context: &JobContext) -> Result<()> {
        let now = context.deps.now();
        let pool = context.platform.pool();
        sqlx::query!(
            "delete from user_sessions where expires_at <= $1 or last_seen_at <= $2",
            now,
            now - SESSION_IDLE
        )
        .execute(pool)
        .await?;
        sqlx::query!("delete from user_tokens where expires_at <= $1", now - KEPT)
            .execute(pool)
            .await?;
        sqlx::query!(
            "delete from rate_limits where window_started_at <= $1",
            now - throttle::longest_window()
        )
        .execute(pool)
        .await?;
        Ok(())
    }
}

impl TaskHandler for CleanUp {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
