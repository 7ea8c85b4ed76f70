//! `plinth billing events`

use std::process::ExitCode;

use anyhow::{Result, anyhow};
use chrono::SecondsFormat;
use domain::billing::events::list::{Event, EventStatus, list};

use crate::commands::{Workplace, say};

#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// Only these: received, processed, ignored or failed
    #[arg(long)]
    status: Option<String>,
    /// How many
    #[arg(long, default_value_t = 50)]
    limit: u16,
}

pub async fn events(workplace: &Workplace, arguments: Arguments) -> Result<ExitCode> {
    let status = arguments
        .status
        .map(|key| EventStatus::from_key(&key).ok_or_else(|| anyhow!("there is no status {key}")))
        .transpose()?;
    let events = list(&workplace.platform, status, arguments.limit).await?;
    if events.is_empty() {
        say("no events");
    }
    for event in &events {
        say(in_words(event));
    }
    Ok(ExitCode::SUCCESS)
}

fn in_words(event: &Event) -> String {
    let diverged = if event.diverged_at.is_some() {
        "  ANOTHER MESSAGE CAME UNDER ITS ID"
    } else {
        ""
    };
    format!(
        "{}  {}  {:<9}  {}  {}  attempts {}{}{diverged}",
        event.received_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        event.id,
        event.status,
        event.event_type,
        event
            .about_tenant
            .map_or_else(|| "nobody's".to_owned(), |tenant| tenant.to_string()),
        event.attempts,
        event
            .last_error
            .as_ref()
            .map_or_else(String::new, |error| format!("  {error}")),
    )
}
