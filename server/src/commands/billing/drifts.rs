//! `plinth billing drifts`

use std::process::ExitCode;

use anyhow::Result;
use chrono::SecondsFormat;
use domain::billing::drifts::list::{OpenDrift, list};

use crate::commands::{Workplace, say};

pub async fn drifts(workplace: &Workplace) -> Result<ExitCode> {
    let open = list(&workplace.platform).await?;
    if open.is_empty() {
        say("nothing differs that is known of");
    }
    for drift in &open {
        say(in_words(drift));
    }
    Ok(ExitCode::SUCCESS)
}

fn in_words(drift: &OpenDrift) -> String {
    format!(
        "{}  {:<22}  {}  expected {}, found {}",
        drift.found_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        drift.kind,
        drift.slug,
        drift.expected,
        drift.actual,
    )
}
