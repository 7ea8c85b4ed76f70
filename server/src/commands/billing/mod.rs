//! `plinth billing`: what an operator does about money.

mod drifts;
mod events;
mod publish;
mod reconcile;
mod retry;

use std::process::ExitCode;

use anyhow::Result;
use domain::{Deps, billing::catalogue::publish::Publication, database::PlatformDatabase};

pub(super) use self::publish::fix;
use super::Workplace;
use crate::config::{Config, PolarServer};

#[derive(Debug, Clone, clap::Subcommand)]
pub enum Task {
    /// Put the plans up for sale at the payment provider; harmless to repeat
    Publish,
    /// What the payment provider told, the newest first
    Events(events::Arguments),
    /// Try an event again that was given up or ignored
    Retry(retry::Arguments),
    /// Hold what we know against what the payment provider knows, now; it only reads there
    Reconcile(reconcile::Arguments),
    /// What differs between us and the payment provider
    Drifts,
}

pub async fn billing(config: &Config, task: Task) -> Result<ExitCode> {
    let workplace = Workplace::open(config).await?;
    let code = match task {
        Task::Publish => publish::publish(&workplace).await,
        Task::Events(arguments) => events::events(&workplace, arguments).await,
        Task::Retry(arguments) => retry::retry(&workplace, arguments).await,
        Task::Reconcile(arguments) => reconcile::reconcile(&workplace, arguments).await,
        Task::Drifts => drifts::drifts(&workplace).await,
    };
    workplace.close().await?;
    code
}

/// Where no real money is, so that a developer can buy from the first minute on. What the provider refuses is told, and
/// keeps nobody from starting.
pub(super) async fn publish_for_trying_out(config: &Config, platform: &PlatformDatabase, deps: &Deps) -> Result<()> {
    let real = matches!(&config.payments.polar, Some(account) if account.server == PolarServer::Production);
    if !config.dev_tools() || real {
        return Ok(());
    }
    let publication = domain::billing::catalogue::publish::publish(platform, deps).await?;
    if !matches!(publication, Publication::Done(_)) {
        tracing::warn!("{}", publish::in_words(&publication));
    }
    Ok(())
}
