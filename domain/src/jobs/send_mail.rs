//! Writes a mail and sends it.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Job, JobContext, run};
use crate::{
    Error, Result,
    mail::{Mail, compose},
};

#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    pub mail: Mail,
}

impl Job for SendMail {
    const NAME: &'static str = "send_mail";

    /// An address that was typed, and may have no account, is forgotten with the job.
    fn keeps_key(&self) -> bool {
        self.mail.typed_address().is_none()
    }

    /// Repeated, it sends a mail again whose link replaces the one before it.
    async fn run(&self, context: &JobContext) -> Result<()> {
        let rendered = compose(&context.platform, &context.deps, &context.base_url, &self.mail).await?;
        if let Some(rendered) = rendered {
            context.mailer.send(rendered).await.map_err(Error::Fault)?;
        }
        Ok(())
    }
}

impl TaskHandler for SendMail {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
