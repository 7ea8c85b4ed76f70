//! `plinth migrate`

use anyhow::Result;

use super::say;
use crate::{
    config::Config,
    postgres::{self, Postgres},
};

pub async fn migrate(config: &Config) -> Result<()> {
    let postgres = Postgres::open(config).await?;
    let owner = postgres.owner().await?;
    postgres::migrate(config, &owner).await?;
    owner.close().await;
    postgres.close().await?;
    say("the schema is up to date");
    Ok(())
}
