//! `plinth billing grant`

use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};
use chrono::TimeDelta;
use contract::text::OverrideReason;
use domain::billing::overrides::{
    OverrideKind,
    grant::{self, Grant, Granted},
};

use super::organization;
use crate::commands::{Workplace, say};

#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The part of its address behind /o/
    organization: String,
    /// The key of the plan
    #[arg(long)]
    plan: String,
    /// Why; for `plinth billing grants`, the organization does not read it
    #[arg(long)]
    reason: String,
    /// For how many days; without it until it is taken back
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: Option<u32>,
    /// The limits and features of the plan alone: who pays goes on paying, and who does not is not let in by it
    #[arg(long)]
    limits_only: bool,
}

pub async fn grant(workplace: &Workplace, arguments: Arguments) -> Result<ExitCode> {
    let Arguments {
        organization: slug,
        plan,
        reason,
        days,
        limits_only,
    } = arguments;
    let expires_at = days.map(|days| workplace.deps.now() + TimeDelta::days(days.into()));
    let wanted = Grant {
        organization: organization(&slug)?,
        kind: if limits_only {
            OverrideKind::Plan
        } else {
            OverrideKind::Complimentary
        },
        plan,
        reason: OverrideReason::parse(&reason)
            .map_err(|_| anyhow!("a reason has 1 to {} characters", OverrideReason::MAX))?,
        expires_at,
    };
    match grant::grant(&workplace.platform, &workplace.deps, &wanted).await? {
        Granted::Done => {
            let until = expires_at.map_or("it is taken back".to_owned(), |at| at.to_rfc3339());
            say(format_args!("given: {slug} has {} until {until}", wanted.plan));
            Ok(ExitCode::SUCCESS)
        }
        Granted::UnknownOrganization => bail!("there is no organization at /o/{slug}"),
        Granted::UnknownPlan => bail!("there is no plan {}", wanted.plan),
        Granted::GivenAlready => {
            bail!("{slug} is given something already: `plinth billing end {slug}` takes it back")
        }
        Granted::Over => bail!("it would be over before it began"),
    }
}
