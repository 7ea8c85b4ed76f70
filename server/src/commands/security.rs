//! `plinth security`: the way back when nobody can come in from where the staff are.

use anyhow::{Result, bail};
use domain::security::terminal::{self, Unblocked};

use super::{Workplace, say};
use crate::config::Config;

#[derive(Debug, Clone, clap::Subcommand)]
pub enum Task {
    /// Let people come in from an address again that staff have blocked
    Unblock {
        /// Of the client, or as it stands in the list of blocked ones
        address: String,
    },
}

pub async fn security(config: &Config, task: Task) -> Result<()> {
    let workplace = Workplace::open(config).await?;
    let done = match task {
        Task::Unblock { address } => unblock(&workplace, &address).await,
    };
    workplace.close().await?;
    done
}

async fn unblock(workplace: &Workplace, address: &str) -> Result<()> {
    match terminal::unblock(&workplace.platform, &workplace.deps, address).await? {
        Unblocked::Done { address } => {
            say(format_args!("people come in from {address} again"));
            Ok(())
        }
        Unblocked::NotBlocked => bail!("{address} is not blocked"),
    }
}
