//! `plinth billing retry`

use std::process::ExitCode;

use anyhow::{Result, bail};
use domain::billing::events::retry::{self, Retried};

use crate::commands::{Workplace, say};

#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The id, as `plinth billing events` shows it
    event: uuid::Uuid,
}

pub async fn retry(workplace: &Workplace, arguments: Arguments) -> Result<ExitCode> {
    match retry::retry(&workplace.platform, &workplace.deps, arguments.event.into()).await? {
        Retried::Queued => say("queued: the worker settles it as if it had just come"),
        Retried::Settled => say("it was settled before: nothing to be done"),
        Retried::Unknown => bail!("there is no event {}", arguments.event),
    }
    Ok(ExitCode::SUCCESS)
}
