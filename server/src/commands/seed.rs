//! `plinth seed`

use anyhow::{Result, bail};

use super::{Workplace, billing, say};
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
    let workplace = Workplace::with(config, postgres).await?;
    billing::publish_for_trying_out(config, &workplace.platform, &workplace.deps).await?;
    demo::seed(
        &workplace.deps,
        &workplace.platform,
        workplace.payments.sandbox.as_ref(),
    )
    .await?;
    workplace.close().await?;
    say(demo::sign_ins());
    Ok(())
}
