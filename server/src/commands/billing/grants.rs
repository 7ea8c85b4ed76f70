//! `plinth billing grants`

use std::process::ExitCode;

use anyhow::Result;
use chrono::{DateTime, SecondsFormat, Utc};
use domain::billing::overrides::list::{self, Override};

use super::organization;
use crate::commands::{Workplace, say};

#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// Everything this one was ever given, instead of what holds now anywhere
    organization: Option<String>,
}

pub async fn grants(workplace: &Workplace, arguments: Arguments) -> Result<ExitCode> {
    let slug = arguments.organization.as_deref().map(organization).transpose()?;
    let given = list::list(&workplace.platform, &workplace.deps, slug.as_ref()).await?;
    if given.is_empty() {
        say("nothing is given");
    }
    for one in given {
        say(in_words(&one));
    }
    Ok(ExitCode::SUCCESS)
}

fn in_words(one: &Override) -> String {
    let at = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let until = match (one.ended_at, one.expires_at) {
        (Some(ended_at), _) => format!("ended {}", at(ended_at)),
        (None, Some(expires_at)) => format!("until {}", at(expires_at)),
        (None, None) => "until it is taken back".to_owned(),
    };
    format!(
        "{}  {} ({})  from {} {until}  {}",
        one.slug,
        one.plan,
        one.kind.key(),
        at(one.starts_at),
        one.reason
    )
}
