//! Writes a mail and sends it.

use chrono::{DateTime, Utc};
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, run};
use crate::{
    Error, Result,
    mail::{Arrival, Mail, NotSent, compose},
    people::undeliverable,
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
    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        let rendered = compose(&context.platform, &context.deps, &context.base_url, &self.mail).await?;
        let Some(rendered) = rendered else { return Ok(()) };
        let to = rendered.to.clone();
        context.mailer.send(rendered).await.map_err(|error| {
            // Servers name whom they refuse; the history of runs names nobody.
            let words = error.to_string().replace(&to, "the recipient");
            match error {
                NotSent::Refused(_) => Failure::Lasting(words),
                NotSent::Failed(_) => Error::Fault(words).into(),
            }
        })
    }

    /// An invitation says that its mail did not arrive.
    async fn give_up(&self, context: &JobContext, started_at: DateTime<Utc>) -> Result<()> {
        let Mail::Arrival {
            tenant,
            news: Arrival::Invitation { invitation },
        } = self.mail
        else {
            return Ok(());
        };
        undeliverable::mark(&context.platform, &context.deps, tenant, invitation, started_at).await
    }
}

impl TaskHandler for SendMail {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_job_of_before_the_way_on_was_carried_is_still_read() {
        let queued = json!({ "mail": { "MagicLink": { "email": "ann@example.test" } } });
        let job: SendMail = serde_json::from_value(queued).unwrap();
        assert!(matches!(job.mail, Mail::MagicLink { next: None, .. }), "{job:?}");
    }
}
