//! `plinth billing reconcile`

use std::process::ExitCode;

use anyhow::{Result, anyhow};
use domain::billing::drifts::{
    DriftKind,
    reconcile::{self, Reconciled},
};

use crate::commands::{Workplace, say};

#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The part of its address behind /o/; without it all of them
    organization: Option<String>,
}

/// Fails when anything differs, so that a job that runs this is heard of.
pub async fn reconcile(workplace: &Workplace, arguments: Arguments) -> Result<ExitCode> {
    let tenants = match &arguments.organization {
        Some(slug) => {
            let tenant = reconcile::at_slug(&workplace.platform, slug).await?;
            vec![tenant.ok_or_else(|| anyhow!("there is no organization at /o/{slug}"))?]
        }
        None => reconcile::candidates(&workplace.platform).await?,
    };
    let (mut compared, mut differ) = (0_u32, 0_u32);
    for tenant in tenants {
        match reconcile::reconcile(&workplace.platform, &workplace.deps, tenant).await? {
            Reconciled::Nothing => continue,
            Reconciled::Same => {}
            Reconciled::Differs(kinds) => {
                differ += 1;
                let kinds: Vec<&str> = kinds.into_iter().map(DriftKind::key).collect();
                say(format_args!("{tenant}  {}", kinds.join(", ")));
            }
            Reconciled::Outage(reason) => {
                differ += 1;
                say(format_args!("{tenant}  {reason}"));
            }
        }
        compared += 1;
    }
    say(format_args!("{compared} compared, {differ} of them differ"));
    Ok(if differ == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
