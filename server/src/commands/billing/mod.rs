//! `plinth billing`: what an operator does about money.

mod drifts;
mod end;
mod events;
mod grant;
mod grants;
mod publish;
mod reconcile;
mod retry;

use std::process::ExitCode;

use anyhow::{Result, anyhow};
use contract::slug::Slug;
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
    /// Give an organization a plan, free of charge or beside what it pays for
    Grant(grant::Arguments),
    /// What is given at the moment, or what one organization was ever given
    Grants(grants::Arguments),
    /// Take back what an organization was given
    End(end::Arguments),
}

pub async fn billing(config: &Config, task: Task) -> Result<ExitCode> {
    let workplace = Workplace::open(config).await?;
    let code = match task {
        Task::Publish => publish::publish(&workplace).await,
        Task::Events(arguments) => events::events(&workplace, arguments).await,
        Task::Retry(arguments) => retry::retry(&workplace, arguments).await,
        Task::Reconcile(arguments) => reconcile::reconcile(&workplace, arguments).await,
        Task::Drifts => drifts::drifts(&workplace).await,
        Task::Grant(arguments) => grant::grant(&workplace, arguments).await,
        Task::Grants(arguments) => grants::grants(&workplace, arguments).await,
        Task::End(arguments) => end::end(&workplace, arguments).await,
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

/// The part of an organization's address that names it: `acme` of `/o/acme`.
fn organization(text: &str) -> Result<Slug> {
    Slug::parse(text).map_err(|_| anyhow!("{text} is no address of an organization: it is the part behind /o/"))
}
