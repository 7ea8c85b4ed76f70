//! `plinth billing end`

use std::process::ExitCode;

use anyhow::{Result, bail};
use domain::billing::overrides::end::{self, Ended};

use super::organization;
use crate::commands::{Workplace, say};

#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The part of its address behind /o/
    organization: String,
}

pub async fn end(workplace: &Workplace, arguments: Arguments) -> Result<ExitCode> {
    let slug = organization(&arguments.organization)?;
    match end::end(&workplace.platform, &workplace.deps, &slug).await? {
        Ended::Done => {
            say(format_args!("taken back: for {slug} what is paid for counts"));
            Ok(ExitCode::SUCCESS)
        }
        Ended::UnknownOrganization => bail!("there is no organization at /o/{slug}"),
        Ended::NothingGiven => bail!("{slug} is given nothing at the moment"),
    }
}
