//! `plinth maintenance`: what is closed, closing, and the way back when nobody can sign in.

use anyhow::{Result, anyhow, bail};
use chrono::{SecondsFormat, TimeDelta};
use contract::{
    Error,
    maintenance::{MaintenanceLevel, Surface},
    slug::Slug,
    text::MaintenanceMessage,
};
use domain::maintenance::{
    Scope, Window,
    begin::{Order, Target},
    by_command,
};

use super::{Workplace, say};
use crate::config::Config;

#[derive(Debug, Clone, clap::Subcommand)]
pub enum Task {
    /// What is on, and what will be
    Status,
    /// Close everything, or what is named, from now on
    On(On),
    /// End whatever is on at this moment; what is scheduled stays
    Off,
}

#[derive(Debug, Clone, clap::Args)]
pub struct On {
    /// banner: only say so; `read_only`: change nothing; closed: answer nothing
    #[arg(long, default_value = "closed", value_parser = level)]
    level: MaintenanceLevel,
    /// Only a surface: site, account or organizations
    #[arg(long, conflicts_with = "organization", value_parser = surface)]
    surface: Option<Surface>,
    /// Only one organization: the part of its address behind /o/
    #[arg(long)]
    organization: Option<String>,
    /// What people read
    #[arg(long, default_value = "")]
    message: String,
    /// It ends by itself after so many minutes
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    minutes: Option<u16>,
}

fn level(key: &str) -> Result<MaintenanceLevel, String> {
    MaintenanceLevel::from_key(key).ok_or_else(|| "is none of banner, read_only and closed".to_owned())
}

fn surface(key: &str) -> Result<Surface, String> {
    Surface::from_key(key).ok_or_else(|| "is none of site, account and organizations".to_owned())
}

pub async fn maintenance(config: &Config, task: Task) -> Result<()> {
    let workplace = Workplace::open(config).await?;
    let done = match task {
        Task::Status => status(&workplace).await,
        Task::On(order) => on(&workplace, order).await,
        Task::Off => off(&workplace).await,
    };
    workplace.close().await?;
    done
}

async fn status(workplace: &Workplace) -> Result<()> {
    let now = workplace.deps.now();
    let windows = by_command::status(&workplace.deps).await?;
    if windows.is_empty() {
        say("nothing is on, and nothing is scheduled");
    }
    for window in windows {
        let state = if window.is_on(now) { "on       " } else { "scheduled" };
        say(format_args!("{state}  {}", in_words(&window)));
    }
    Ok(())
}

async fn on(workplace: &Workplace, order: On) -> Result<()> {
    let target = match (order.surface, &order.organization) {
        (Some(surface), _) => Target::Surface(surface),
        (None, Some(text)) => Target::Organization(
            Slug::parse(text)
                .map_err(|_| anyhow!("{text} is no address of an organization: it is the part behind /o/"))?,
        ),
        (None, None) => Target::Everything,
    };
    let message = MaintenanceMessage::parse(&order.message).map_err(|_| anyhow!("the message is too long"))?;
    let ends_at = order
        .minutes
        .map(|minutes| workplace.deps.now() + TimeDelta::minutes(i64::from(minutes)));
    let order = Order {
        level: order.level,
        target,
        message,
        starts_at: None,
        ends_at,
    };
    match by_command::on(&workplace.platform, &workplace.deps, &order).await {
        Ok(()) => {
            say("it is on: every node knows within a second");
            Ok(())
        }
        Err(domain::Error::Refused(Error::Invalid(_))) => bail!("there is no such organization"),
        Err(error) => Err(error.into()),
    }
}

async fn off(workplace: &Workplace) -> Result<()> {
    let ended = by_command::off(&workplace.platform, &workplace.deps).await?;
    if ended.is_empty() {
        say("nothing was on");
    }
    for window in ended {
        say(format_args!("ended  {}", in_words(&window)));
    }
    Ok(())
}

fn in_words(window: &Window) -> String {
    let scope = match window.scope {
        Scope::Everything => "everything".to_owned(),
        Scope::Surface(surface) => surface.key().to_owned(),
        Scope::Organization(tenant) => format!("organization {tenant}"),
    };
    let moment = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let end = window
        .ends_at
        .map_or_else(|| "until it is ended".to_owned(), |end| format!("to {}", moment(end)));
    format!(
        "{}: {scope}, from {} {end}",
        window.level.key(),
        moment(window.starts_at)
    )
}
