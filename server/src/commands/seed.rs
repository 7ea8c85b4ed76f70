//! `plinth seed`

use std::sync::Arc;

use anyhow::{Result, bail};
use domain::{
    Deps, RegistrationGates,
    billing::{BillingPolicy, provider::Absent},
    clock::SystemClock,
    random::SystemRandom,
};

use super::say;
use crate::{
    config::Config,
    demo,
    postgres::{self, Postgres},
};

pub async fn seed(config: &Config) -> Result<()> {
    if !config.demo {
        bail!("the demo is off (PLINTH_DEMO), so that there is nothing to seed");
    }
    let postgres = Postgres::open(config).await?;
    let owner = postgres.owner().await?;
    postgres::migrate(config, &owner).await?;
    owner.close().await;
    let deps = Deps {
        database: postgres.app(config),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        registration: Arc::new(RegistrationGates::default()),
        billing: BillingPolicy::default(),
        payments: Arc::new(Absent),
    };
    demo::seed(&deps, &postgres.platform(config)).await?;
    postgres.close().await?;
    say(demo::sign_ins());
    Ok(())
}
