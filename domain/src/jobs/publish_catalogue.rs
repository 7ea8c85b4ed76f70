//! Tells the payment provider what is sold now, after staff changed it.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{Failure, Job, JobContext, run};
use crate::{
    Error,
    billing::catalogue::publish::{Publication, publish},
};

#[derive(Debug, Serialize, Deserialize)]
pub struct PublishCatalogue {}

impl Job for PublishCatalogue {
    const NAME: &'static str = "publish_catalogue";

    async fn run(&self, context: &JobContext) -> Result<(), Failure> {
        match publish(&context.platform, &context.deps).await? {
            Publication::Done(_) => Ok(()),
            Publication::Refused(error) => Err(Failure::Passing(Error::fault(error))),
            Publication::PriceDiffers {
                plan,
                interval,
                product,
            } => Err(Failure::Lasting(format!(
                "{plan} by the {} is for sale at another price, as product {product} that nobody made here",
                interval.key()
            ))),
        }
    }
}

impl TaskHandler for PublishCatalogue {
    const IDENTIFIER: &'static str = <Self as Job>::NAME;

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        run::run(self, worker).await
    }
}
